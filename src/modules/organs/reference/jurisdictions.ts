import { codePrefix, isFunctionalZone, type Jurisdiction } from '../model.ts'

/** Where the list comes from; shown with it. */
export const jurisdictionsCitation =
  '《中华人民共和国行政区划代码》（GB/T 2260）；山西省现有11个设区市、117个县级行政区（26市辖区、11县级市、80县），另有4个功能区'

/** Cities of Shanxi with what lies under them, code and name together; x71 codes are functional zones 功能区. */
const areasOfCities: Readonly<Record<string, string>> = {
  '140100太原市': `
    140105小店区 140106迎泽区 140107杏花岭区 140108尖草坪区 140109万柏林区 140110晋源区 140121清徐县 140122阳曲县 140123娄烦县 140181古交市
    140171山西转型综合改革示范区`,
  '140200大同市': `
    140212新荣区 140213平城区 140214云冈区 140215云州区 140221阳高县 140222天镇县 140223广灵县 140224灵丘县 140225浑源县 140226左云县
    140271山西大同经济开发区`,
  '140300阳泉市': `
    140302城区 140303矿区 140311郊区 140321平定县 140322盂县`,
  '140400长治市': `
    140403潞州区 140404上党区 140405屯留区 140406潞城区 140423襄垣县 140425平顺县 140426黎城县 140427壶关县 140428长子县 140429武乡县
    140430沁县 140431沁源县`,
  '140500晋城市': `
    140502城区 140521沁水县 140522阳城县 140524陵川县 140525泽州县 140581高平市`,
  '140600朔州市': `
    140602朔城区 140603平鲁区 140621山阴县 140622应县 140623右玉县 140681怀仁市 140671山西朔州经济开发区`,
  '140700晋中市': `
    140702榆次区 140703太谷区 140721榆社县 140722左权县 140723和顺县 140724昔阳县 140725寿阳县 140727祁县 140728平遥县 140729灵石县
    140781介休市`,
  '140800运城市': `
    140802盐湖区 140821临猗县 140822万荣县 140823闻喜县 140824稷山县 140825新绛县 140826绛县 140827垣曲县 140828夏县 140829平陆县
    140830芮城县 140881永济市 140882河津市`,
  '140900忻州市': `
    140902忻府区 140921定襄县 140922五台县 140923代县 140924繁峙县 140925宁武县 140926静乐县 140927神池县 140928五寨县 140929岢岚县
    140930河曲县 140931保德县 140932偏关县 140981原平市 140971五台山风景名胜区`,
  '141000临汾市': `
    141002尧都区 141021曲沃县 141022翼城县 141023襄汾县 141024洪洞县 141025古县 141026安泽县 141027浮山县 141028吉县 141029乡宁县
    141030大宁县 141031隰县 141032永和县 141033蒲县 141034汾西县 141081侯马市 141082霍州市`,
  '141100吕梁市': `
    141102离石区 141121文水县 141122交城县 141123兴县 141124临县 141125柳林县 141126石楼县 141127岚县 141128方山县 141129中阳县
    141130交口县 141181孝义市 141182汾阳市`,
}

/** Shanxi, its cities, county-level units and functional zones, parents before children. */
export function shanxiJurisdictions(): Jurisdiction[] {
  const province = entry('140000山西省', 'province', null)
  return [
    province,
    ...Object.entries(areasOfCities).flatMap(([cityText, areas]) => {
      const city = entry(cityText, 'city', province.code)
      return [
        city,
        ...areas
          .trim()
          .split(/\s+/)
          .map((area) => entry(area, 'county', city.code)),
      ]
    }),
  ]
}

function entry(text: string, level: Jurisdiction['level'], parentCode: string | null): Jurisdiction {
  const code = text.slice(0, 6)
  return { code, name: text.slice(6), level, parentCode, functionalZone: isFunctionalZone(code) }
}

/** 市辖区, 县级市 or 县, by the third pair of the code (ORG-T02); null for what is no county-level unit. */
export function countyForm(code: string): 'district' | 'county-city' | 'county' | null {
  const third = Number(code.slice(4))
  if (codePrefix(code).length < 6 || isFunctionalZone(code)) return null
  return third <= 20 ? 'district' : third <= 80 ? 'county' : 'county-city'
}
