import type { StandardValue } from '../model/value.ts'
import { amountYuan, area, percent, quantity, rowsOf, term, texts, type StandardSeed } from './seed.ts'

const officeMeasures = rowsOf('《党政机关办公用房管理办法》第十五条', '2017-12-05', 'A')
const buildings = rowsOf('《机关团体建设楼堂馆所管理条例》（国务院令第688号）', '2017-12-01', 'A')
const investment = rowsOf('《政府投资条例》（国务院令第712号）', '2019-07-01', 'A')
const tendering = rowsOf('《必须招标的工程项目规定》（国家发展改革委令第16号）', '2018-06-01', 'B')
const permits = rowsOf('《建筑工程施工许可管理办法》第二条', '2014-10-25', 'A')
const quality = rowsOf('《建设工程质量管理条例》（2019年修订）', '2019-04-23', 'A')
const finalAccounts = rowsOf('《基本建设项目竣工财务决算管理暂行办法》（财建〔2016〕503号）', '2016-09-01', 'A')
const stateAssets = rowsOf('《行政事业性国有资产管理条例》（国务院令第738号）', '2021-04-01', 'A')
const land = rowsOf('《中华人民共和国土地管理法》', '2020-01-01', 'A')
const idleLand = rowsOf('《闲置土地处置办法》', '2012-07-01', 'B')

type Approver = Extract<StandardValue, { form: 'authority' }>['approver']
const approvedBy = (approver: Approver, delegableTo: Approver | null = null, reviewedBy = ''): StandardValue => ({
  form: 'authority',
  approver,
  reviewedBy,
  delegableTo,
})

/** Who approves, limits of tender and permit, terms after acceptance; land of organs. */
export const constructionStandards: readonly StandardSeed[] = [
  officeMeasures('project.approver-province', approvedBy('state-council', null, '国家发展改革委')),
  officeMeasures('project.approver-province-department', approvedBy('province-government'), '', {
    confidence: 'C',
    note: '省直部门属“本级”还是“其他”有歧义，2007年文件由省政府审批；默认省政府，待法制机构确认。',
  }),
  officeMeasures('project.approver-city', approvedBy('province-government')),
  officeMeasures('project.approver-county', approvedBy('province-government')),
  officeMeasures('project.approver-county-unit', approvedBy('province-government', 'city-government'), '', {
    note: '可以委托设区的市人民政府审批，须有委托文件。',
  }),
  officeMeasures('project.approver-vertical', approvedBy('province-government'), '：由省规定', {
    confidence: 'C',
    note: '山西省规定待查，默认省政府。',
  }),
  investment('project.estimate-excess', percent(10, '投资估算'), '第十二条', {
    note: '超过的须报告，可要求重新报批可行性研究报告。',
  }),
  tendering('project.tender-works', amountYuan(4_000_000, '单项合同', 'at-least')),
  tendering('project.tender-goods', amountYuan(2_000_000, '单项合同', 'at-least')),
  tendering('project.tender-survey', amountYuan(1_000_000, '单项合同', 'at-least')),
  tendering('project.tender-budget-money', amountYuan(2_000_000, '项目', 'at-least'), '', {
    note: '与预算资金占比同时具备。',
  }),
  tendering('project.tender-budget-share', percent(10, '项目投资额', 'at-least')),
  permits('project.permit-cost', amountYuan(300_000, '项目'), '', {
    note: '投资额或者建筑面积任一不超过即可；省可调整，山西限额待查。',
  }),
  permits('project.permit-area', area(300, '项目'), '', {
    note: '投资额或者建筑面积任一不超过即可；省可调整，山西限额待查。',
  }),
  quality('project.acceptance-filing', term(15, 'day'), '第四十九条'),
  finalAccounts('project.final-account', term(3, 'month'), '第二条'),
  finalAccounts('project.final-account-extension-small', term(2, 'month'), '第二条'),
  finalAccounts('project.final-account-extension-large', term(6, 'month'), '第二条'),
  stateAssets('project.final-account-limit', term(1, 'year'), '第三十一条', { note: '自验收合格之日起。' }),
  finalAccounts('project.large-project', amountYuan(30_000_000, '项目', 'at-least'), '', {
    confidence: 'B',
    note: '非经营性项目大中型起点，条文待核。',
  }),
  quality('project.warranty-waterproofing', term(5, 'year'), '第四十条'),
  quality('project.warranty-heating', quantity(2, '个采暖期、供冷期', 'at-least'), '第四十条'),
  quality('project.warranty-installation', term(2, 'year'), '第四十条'),
  rowsOf(
    '《建设工程质量保证金管理办法》（建质〔2017〕138号）',
    '2017-07-01',
    'B',
  )('project.retention', percent(3, '工程价款结算总额')),
  buildings('project.forbidden-content', texts('住宿', '会议', '餐饮等接待功能'), '第五条', {
    note: '培训中心及其他具有住宿、会议、餐饮等接待功能的场所一律不批。',
  }),
  buildings(
    'project.forbidden-funding',
    texts('挪用专项资金', '摊派', '借款', '接受赞助、捐赠', '施工单位垫资', '直接使用土地、资产收益'),
    '第十三条',
  ),
  investment(
    'project.stages',
    texts(
      '项目建议书',
      '可行性研究报告',
      '初步设计与投资概算',
      '列入年度投资计划与预算',
      '施工图与审查',
      '招标采购',
      '开工',
      '实施',
      '竣工验收',
      '竣工财务决算',
      '资产交付与登记',
      '保修',
      '档案移交、后评价与公开',
    ),
    '第九条至第三十条',
    { note: '经审批机关同意，前三阶段可以合并；购置项目不编初步设计。' },
  ),
  land('land.temporary-use', term(2, 'year'), '第五十七条', { note: '不得修建永久性建筑物。' }),
  idleLand('land.idle-fee-term', term(1, 'year')),
  idleLand('land.idle-fee-share', percent(20, '土地出让价款', 'exactly')),
  idleLand('land.idle-reclaim-term', term(2, 'year')),
  rowsOf('《山西省机关运行保障条例》', '2021-01-01', 'A')(
    'land.barred-acts',
    texts('土地利用', '土地调整', '土地处置', '商业开发', '拆迁占地'),
    '第十七条',
  ),
]
