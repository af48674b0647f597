import { contract as assets } from '#modules/assets/contract.ts'
import { contract as budget } from '#modules/budget/contract.ts'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { contract as decisions } from '#modules/decisions/contract.ts'
import { contract as drafting } from '#modules/drafting/contract.ts'
import { contract as duties } from '#modules/duties/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract as regulations } from '#modules/regulations/contract.ts'
import { contract as standards } from '#modules/standards/contract.ts'
import { contract as whatif } from '#modules/whatif/contract.ts'

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
  '/standards': '标准总览',
  '/standards/catalogue': '指导目录',
  '/standards/comparison': '标准对照',
  '/standards/drafts': '标准制定',
  '/standards/expenditure-reviews': '支出标准复核',
  '/consultation/consultations': '征求意见',
  '/regulations': '制度库',
  '/regulations/system': '标准体系',
  '/decisions': '决定与依据',
  '/consultation/surveys': '满意度调查',
  '/duties': '法定时限',
  '/duties/overdue': '逾期清单',
  '/whatif': '模拟测算',
  '/assets/cards': '资产卡片',
  '/assets/handovers': '资产交接',
}

/** `plans.submitDemand` → 提交需求申请, as the API documentation words it, without what only a machine needs to know. */
export const summaries: ReadonlyMap<string, string> = new Map(
  [
    assets,
    budget,
    consultation,
    decisions,
    drafting,
    duties,
    ledger,
    organs,
    plans,
    regulations,
    standards,
    whatif,
  ].flatMap((contract) =>
    Object.values(contract).map(
      ({ module, name, summary }) =>
        [
          `${module}.${name}`,
          summary.replace(/（[^（）]*）/g, (aside: string) => (aside.includes('If-Match') ? '' : aside)),
        ] as const,
    ),
  ),
)
