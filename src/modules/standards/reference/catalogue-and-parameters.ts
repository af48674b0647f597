import type { Centralised, Confidence, NeedKind } from '../model.ts'

const regulation = '《山西省机关运行保障条例》'

/** Guidance catalogue 指导目录 as the Regulation itself lays it down; a jurisdiction may add its own later versions. */
export const catalogueEntries: readonly {
  needKind: NeedKind
  centralised: Centralised
  provided: boolean
  note: string
  citation: string
}[] = [
  {
    needKind: 'N01',
    centralised: 'no',
    provided: false,
    note: '日常运行经费由各机关自行制定计划',
    citation: `${regulation}第三十三条`,
  },
  { needKind: 'N02', centralised: 'yes', provided: true, note: '机关用地', citation: `${regulation}第十条、第十七条` },
  {
    needKind: 'N03',
    centralised: 'yes',
    provided: true,
    note: '办公用房配置维修',
    citation: `${regulation}第十条、第十八条`,
  },
  {
    needKind: 'N04',
    centralised: 'yes',
    provided: true,
    note: '周转住房、人才公寓',
    citation: `${regulation}第二十九条`,
  },
  {
    needKind: 'N05',
    centralised: 'yes',
    provided: true,
    note: '公务用车配备更新',
    citation: `${regulation}第十条、第二十一条`,
  },
  {
    needKind: 'N06',
    centralised: 'important-only',
    provided: false,
    note: '重要公务接待由机关事务管理部门负责',
    citation: `${regulation}第二十六条`,
  },
  { needKind: 'N07', centralised: 'yes', provided: true, note: '节能改造', citation: `${regulation}第二十八条` },
  {
    needKind: 'N08',
    centralised: 'in-compound',
    provided: true,
    note: '集中办公区后勤保障',
    citation: `${regulation}第十条、第二十四条`,
  },
  {
    needKind: 'N09',
    centralised: 'where-provided',
    provided: false,
    note: '具备条件的由机关事务管理部门统一保障',
    citation: `${regulation}第二十二条`,
  },
]

/** Parameters of procedure. D = no legal figure was found and the project chose one (项目默认值). */
export const parameters: readonly {
  code: string
  title: string
  value: number
  unit: string
  citation: string
  confidence: Confidence
}[] = [
  {
    code: 'plan.store-query-days',
    title: '公物仓查询有效期',
    value: 30,
    unit: '天',
    citation: '财资〔2022〕124号；天数为项目默认值',
    confidence: 'D',
  },
  {
    code: 'plan.growth-warn-percent',
    title: '较上年增长提示线',
    value: 20,
    unit: '%',
    citation: '项目默认值',
    confidence: 'D',
  },
  {
    code: 'plan.notice-workdays',
    title: '书面通知送达期限',
    value: 5,
    unit: '工作日',
    citation: `${regulation}第三十三条；天数为项目默认值`,
    confidence: 'D',
  },
  {
    code: 'plan.correction-workdays',
    title: '退回补正期限',
    value: 5,
    unit: '工作日',
    citation: '项目默认值',
    confidence: 'D',
  },
  {
    code: 'plan.filing-workdays',
    title: '计划调整备案期限',
    value: 15,
    unit: '工作日',
    citation: `${regulation}第三十五条`,
    confidence: 'A',
  },
  {
    code: 'plan.control-cut-workdays',
    title: '计划按控制数调整期限',
    value: 10,
    unit: '工作日',
    citation: '项目默认值',
    confidence: 'D',
  },
]
