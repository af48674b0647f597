import type { Article, Norm } from '../model.ts'
import { generalNorms } from './general.ts'
import { guaranteeNorms } from './guarantees.ts'
import { propertyNorms } from './land-premises.ts'
import { planNorms } from './plan.ts'
import { serviceNorms } from './services.ts'
import { supervisionNorms } from './supervision.ts'

/** Chapters of 《山西省机关运行保障条例》 (announcement no. 58 of 2020), by number. */
export const chapters: Readonly<Record<number, string>> = {
  1: '总则',
  2: '保障制度',
  3: '服务保障事项',
  4: '保障计划',
  5: '监督检查',
  6: '法律责任',
  7: '附则',
}

const titles: readonly (readonly [chapter: number, title: string])[] = [
  [1, '立法目的'],
  [1, '适用范围'],
  [1, '定义'],
  [1, '原则'],
  [1, '服务要求'],
  [1, '职责分工'],
  [1, '协作共享'],
  [1, '机关责任'],
  [2, '定额和标准'],
  [2, '经费归口'],
  [2, '采购'],
  [2, '资产管理'],
  [2, '服务社会化'],
  [2, '成本统计'],
  [2, '标准体系'],
  [2, '信息化'],
  [3, '用地管理'],
  [3, '办公用房'],
  [3, '闲置用房'],
  [3, '建设项目'],
  [3, '公务用车'],
  [3, '设备家具'],
  [3, '公物仓'],
  [3, '后勤服务'],
  [3, '会议活动'],
  [3, '公务接待'],
  [3, '制止餐饮浪费'],
  [3, '节约能源'],
  [3, '住房保障'],
  [3, '应急保障'],
  [4, '年度保障计划'],
  [4, '需求申请'],
  [4, '审核与预算'],
  [4, '计划执行'],
  [4, '计划调整'],
  [4, '执行报告'],
  [5, '公开'],
  [5, '征求意见'],
  [5, '监督检查'],
  [5, '部门监督'],
  [5, '投诉举报'],
  [6, '责任衔接'],
  [6, '人员责任'],
  [7, '国家秘密'],
  [7, '施行日期'],
]

/** All 45 articles in order, under headings of our own. */
export const articles: readonly Article[] = titles.map(([chapter, title], index) => ({
  number: index + 1,
  chapter,
  title,
}))

/** All norms of the Regulation, in its order. */
export const norms: readonly Norm[] = [
  ...generalNorms,
  ...guaranteeNorms,
  ...propertyNorms,
  ...serviceNorms,
  ...planNorms,
  ...supervisionNorms,
]

/** The norm of an id; undefined when the catalogue has none. */
export function normOf(id: string): Norm | undefined {
  return byId.get(id)
}

const byId = new Map(norms.map((norm) => [norm.id, norm]))
