import { createHash } from 'node:crypto'
import type { Level, StatutoryPart } from '#kernel/pure/actor.ts'
import { namedId } from '#kernel/server/identifier.ts'
import type { OrganKind, Rank, RankHeadcount } from '../model.ts'
import { creditCodeCheck } from '../rules.ts'

/** An organ of the demonstration; `key` names it in the demonstration data of other modules. */
export type DemonstrationOrgan = {
  key: string
  jurisdictionCode: string
  level: Level
  name: string
  shortName: string
  kind: OrganKind
  parts: readonly StatutoryPart[]
  inCompound: boolean
  secretUnit: boolean
  tradeUnion: boolean
  formerName: string | null
}

type Line = [key: string, name: string, shortName: string, kind: OrganKind, part?: StatutoryPart]

const province: Line[] = [
  ['authority', '山西省机关事务管理局', '省机关事务局', 'K03', 'authority'],
  ['finance', '山西省财政厅', '省财政厅', 'K03', 'finance'],
  ['development', '山西省发展和改革委员会', '省发展改革委', 'K03', 'development-reform'],
  ['land', '山西省自然资源厅', '省自然资源厅', 'K03', 'natural-resources'],
  ['construction', '山西省住房和城乡建设厅', '省住建厅', 'K03', 'housing-construction'],
  ['audit', '山西省审计厅', '省审计厅', 'K03', 'audit'],
  ['statistics', '山西省统计局', '省统计局', 'K03', 'statistics'],
  ['education', '山西省教育厅', '省教育厅', 'K03'],
  ['organisation', '中共山西省委组织部', '省委组织部', 'K01'],
  ['congress', '山西省人大常委会办公厅', '省人大办公厅', 'K02'],
  ['conference', '政协山西省委员会办公厅', '省政协办公厅', 'K04'],
  ['supervision', '中共山西省纪律检查委员会、山西省监察委员会机关', '省纪委监委机关', 'K05'],
  ['court', '山西省高级人民法院', '省高级法院', 'K06'],
  ['procuratorate', '山西省人民检察院', '省检察院', 'K07'],
  ['party', '中国民主同盟山西省委员会', '民盟省委会', 'K08'],
  ['federation', '山西省工商业联合会', '省工商联', 'K09'],
  ['union', '山西省总工会', '省总工会', 'K10'],
  ['youth', '中国共产主义青年团山西省委员会', '团省委', 'K10'],
  ['petitions', '山西省信访局', '省信访局', 'K11'],
  ['zone', '山西转型综合改革示范区管理委员会', '综改区管委会', 'K12'],
  ['secrecy', '山西省国家保密局', '省保密局', 'K11'],
  ['archives', '山西省档案馆', '省档案馆', 'K13'],
]

const taiyuan: Line[] = [
  ['authority', '太原市机关事务管理局', '市机关事务局', 'K03', 'authority'],
  ['finance', '太原市财政局', '市财政局', 'K03', 'finance'],
  ['development', '太原市发展和改革委员会', '市发展改革委', 'K03', 'development-reform'],
  ['land', '太原市规划和自然资源局', '市规划和自然资源局', 'K03', 'natural-resources'],
  ['construction', '太原市住房和城乡建设局', '市住建局', 'K03', 'housing-construction'],
  ['audit', '太原市审计局', '市审计局', 'K03', 'audit'],
  ['statistics', '太原市统计局', '市统计局', 'K03', 'statistics'],
  ['education', '太原市教育局', '市教育局', 'K03'],
  ['police', '太原市公安局', '市公安局', 'K03'],
  ['organisation', '中共太原市委组织部', '市委组织部', 'K01'],
  ['congress', '太原市人大常委会办公室', '市人大办公室', 'K02'],
  ['conference', '政协太原市委员会办公室', '市政协办公室', 'K04'],
  ['court', '太原市中级人民法院', '市中级法院', 'K06'],
  ['procuratorate', '太原市人民检察院', '市检察院', 'K07'],
  ['party', '中国民主建国会太原市委员会', '民建市委会', 'K08'],
  ['union', '太原市总工会', '市总工会', 'K10'],
]

const qingxu: Line[] = [
  ['authority', '清徐县机关事务服务中心', '县机关事务中心', 'K13', 'authority'],
  ['finance', '清徐县财政局', '县财政局', 'K03', 'finance'],
  ['development', '清徐县发展和改革局', '县发展改革局', 'K03', 'development-reform'],
  ['land', '清徐县自然资源局', '县自然资源局', 'K03', 'natural-resources'],
  ['construction', '清徐县住房和城乡建设局', '县住建局', 'K03', 'housing-construction'],
  ['audit', '清徐县审计局', '县审计局', 'K03', 'audit'],
  ['statistics', '清徐县统计局', '县统计局', 'K03', 'statistics'],
  ['education', '清徐县教育局', '县教育局', 'K03'],
  ['committee', '中共清徐县委办公室', '县委办公室', 'K01'],
  ['congress', '清徐县人大常委会办公室', '县人大办公室', 'K02'],
  ['conference', '政协清徐县委员会办公室', '县政协办公室', 'K04'],
  ['court', '清徐县人民法院', '县法院', 'K06'],
  ['procuratorate', '清徐县人民检察院', '县检察院', 'K07'],
  ['union', '清徐县总工会', '县总工会', 'K10'],
]

/** Organs outside a compound with shared logistics. */
const ownCompound = new Set(['court', 'procuratorate', 'police', 'zone', 'archives', 'union'])

export const demonstrationOrgans: readonly DemonstrationOrgan[] = [
  ...organsAt('province', '140000', 'province', province),
  ...organsAt('taiyuan', '140100', 'city', taiyuan),
  ...organsAt('qingxu', '140121', 'county', qingxu),
]

function organsAt(place: string, jurisdictionCode: string, level: Level, lines: readonly Line[]): DemonstrationOrgan[] {
  return lines.map(([key, name, shortName, kind, part]) => ({
    key: `${place}-${key}`,
    jurisdictionCode,
    level,
    name,
    shortName,
    kind,
    parts: part ? [part] : [],
    inCompound: !ownCompound.has(key),
    secretUnit: key === 'secrecy',
    tradeUnion: key === 'union',
    formerName: place === 'qingxu' && key === 'authority' ? '清徐县机关事务管理局' : null,
  }))
}

/** Id of a demonstration organ, e.g. `demonstrationOrganId('taiyuan-authority')`. */
export function demonstrationOrganId(key: string): string {
  if (!demonstrationOrgans.some((organ) => organ.key === key)) throw new Error(`the demonstration has no organ ${key}`)
  return namedId(`organ.${key}`)
}

/** A fraction in [0, 1) that follows from a name: the demonstration looks varied and is the same every time. */
function fraction(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32
}

/** Posts of an organ of middling size at each level (facts 7.3: some 90, 45 and 22 posts). */
const postsByLevel: Record<Level, readonly [Rank, number][]> = {
  province: [
    ['bureau-chief', 1],
    ['bureau-deputy', 4],
    ['division-chief', 10],
    ['division-deputy', 14],
    ['clerk', 61],
  ],
  city: [
    ['division-chief', 1],
    ['division-deputy', 4],
    ['section-chief', 8],
    ['section-deputy', 10],
    ['clerk', 22],
  ],
  county: [
    ['section-chief', 1],
    ['section-deputy', 3],
    ['clerk', 18],
  ],
}

/** Approved posts and people in post by rank: between three and five quarters of the middling organ, a few posts vacant. */
export function demonstrationHeadcount({ key, level, kind }: DemonstrationOrgan): RankHeadcount[] {
  const small = kind === 'K08' || kind === 'K09'
  const size = small ? 0.3 : 0.75 + fraction(`size ${key}`) / 2
  return postsByLevel[level].map(([rank, middling], index) => {
    const approved = index === 0 ? middling : Math.max(1, Math.round(middling * (index === 1 && !small ? 1 : size)))
    const vacant = index === 0 ? 0 : Math.floor(approved * 0.12 * fraction(`vacant ${key} ${rank}`))
    return { rank, approved, inPost: approved - vacant }
  })
}

/** A credit code with a true check character; registering department and class as for organs, unions, institutions. */
export function demonstrationCreditCode({ key, jurisdictionCode, kind }: DemonstrationOrgan): string {
  const registrar = kind === 'K13' ? '12' : kind === 'K10' ? '13' : '11'
  const serial = Math.floor(fraction(`credit ${key}`) * 1e9)
    .toString()
    .padStart(9, '0')
  const first17 = `${registrar}${jurisdictionCode}${serial}`
  return first17 + (creditCodeCheck(first17) as string)
}
