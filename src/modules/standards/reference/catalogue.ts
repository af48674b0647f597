import type { Centralised, NeedKind } from '../model.ts'

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
