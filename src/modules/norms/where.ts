import { contract as budget } from '#modules/budget/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'

/** What the pages that carry norms are called in the navigation. */
export const placeTitles: Readonly<Record<string, string>> = {
  '/organs': '机关名录',
  '/plans/demands': '需求申请',
  '/plans/notices': '审核通知',
  '/plans/plans': '保障计划',
  '/plans/adjustments': '计划调整',
  '/plans/reports': '执行报告',
  '/budget/budgets': '预算',
  '/ledger/lines': '执行台账',
}

/** `plans.submitDemand` → 提交需求申请, as the API documentation words it, without what only a machine needs to know. */
export const summaries: ReadonlyMap<string, string> = new Map(
  [budget, ledger, organs, plans].flatMap((contract) =>
    Object.values(contract).map(
      ({ module, name, summary }) =>
        [`${module}.${name}`, summary.replace(/（[^（）]*If-Match[^（）]*）/, '')] as const,
    ),
  ),
)
