import type { Field } from '../model.ts'

/** Which articles of the Regulation speak of a field; those of no field of their own are general. */
const articlesOfField: readonly (readonly [from: number, to: number, field: Field])[] = [
  [10, 10, 'finance'],
  [11, 11, 'procurement'],
  [12, 12, 'assets'],
  [13, 13, 'services'],
  [17, 17, 'land'],
  [18, 19, 'premises'],
  [20, 20, 'construction'],
  [21, 21, 'vehicles'],
  [22, 22, 'equipment'],
  [23, 23, 'assets'],
  [24, 24, 'services'],
  [25, 26, 'meetings'],
  [27, 27, 'catering'],
  [28, 28, 'energy'],
  [29, 29, 'housing'],
  [30, 30, 'emergency'],
  [31, 36, 'plans'],
  [37, 43, 'supervision'],
]

/** The field of an article of the Regulation. */
export function fieldOfArticle(article: number): Field {
  return articlesOfField.find(([from, to]) => from <= article && article <= to)?.[2] ?? 'general'
}

/** Words at the beginning of a standard's code, the longer first. */
const fieldsOfCodes: readonly (readonly [start: string, field: Field])[] = [
  ['item.vehicle', 'vehicles'],
  ['item.', 'equipment'],
  ['vehicle', 'vehicles'],
  ['office', 'premises'],
  ['premises', 'premises'],
  ['repair', 'construction'],
  ['construction', 'construction'],
  ['procurement', 'procurement'],
  ['warehouse', 'assets'],
  ['asset', 'assets'],
  ['depreciation', 'assets'],
  ['plan.', 'plans'],
  ['meeting', 'meetings'],
  ['reception', 'meetings'],
  ['training', 'meetings'],
  ['service.', 'services'],
  ['quota.', 'finance'],
  ['spending.', 'finance'],
  ['cost', 'finance'],
  ['disclosure', 'supervision'],
  ['energy', 'energy'],
  ['housing', 'housing'],
]

/** The field of a standard: by its code, else by the article of the first norm it serves. */
export function fieldOfStandard({ code, norms }: { code: string; norms: readonly string[] }): Field {
  const named = fieldsOfCodes.find(([start]) => code.startsWith(start))?.[1]
  const article = Number(/^A(\d{1,2})-/.exec(norms[0] ?? '')?.[1] ?? 0)
  return named ?? fieldOfArticle(article)
}

const fieldWords: readonly (readonly [pattern: RegExp, field: Field])[] = [
  [/办公用房/u, 'premises'],
  [/公务用车|车辆/u, 'vehicles'],
  [/设备|家具/u, 'equipment'],
  [/公务接待|会议|培训|活动/u, 'meetings'],
  [/餐饮|食堂|用餐/u, 'catering'],
  [/节能|节约能源|能耗/u, 'energy'],
  [/周转住房|人才公寓|住房/u, 'housing'],
  [/公物仓|资产/u, 'assets'],
  [/采购/u, 'procurement'],
  [/差旅|经费|预算|开支/u, 'finance'],
  [/物业|后勤服务|安保|绿化/u, 'services'],
  [/用地|土地/u, 'land'],
  [/项目建设|基本建设|维修/u, 'construction'],
  [/应急|突发/u, 'emergency'],
  [/年度计划|保障计划/u, 'plans'],
  [/监督|投诉|公开/u, 'supervision'],
]

/** The fields a title speaks of; general where it names none. For the clerk to check. */
export function fieldsOfTitle(title: string): Field[] {
  const found = fieldWords.filter(([pattern]) => pattern.test(title)).map(([, field]) => field)
  return found.length > 0 ? found : ['general']
}
