import type { Basis, Finding } from '#kernel/pure/verdict.ts'
import { checkTradePrice, type DisposalForm } from '#modules/standards/rules/disposal.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import type { CarriedOut } from '../model.ts'

export type CarryingOutFacts = Readonly<{
  form: DisposalForm
  approvedOn: string
  today: string
  /** Things with data on them, and vehicles, among those disposed of. */
  storingData: number
  vehicles: number
  /** Of a free transfer: the receiver has signed. */
  received: boolean
  done: CarriedOut
  table: StandardTable
}>

/** What must be shown before things go for good (AST-R09, R10, R13; A12-3). All reasons at once. */
export function checkCarryingOut(facts: CarryingOutFacts): Finding[] {
  const { form, done, approvedOn, today, storingData, vehicles, received, table } = facts
  const block = (rule: string, field: string, message: string, remedy: string, basis: Basis = law.financeConsent) => ({
    rule,
    outcome: 'block' as const,
    basis,
    field,
    message,
    remedy,
    facts: {},
    parameters: [],
    steps: [],
  })
  const appraised = form === 'D3' || form === 'D4'
  const priced = form === 'D3' ? done.priceFen : form === 'D4' ? done.receivedFen : null
  return [
    ...(done.carriedOutOn < approvedOn || done.carriedOutOn > today
      ? [block('AST-R08', 'carriedOutOn', `实施日期应在批复（${approvedOn}）之后，不晚于今天。`, '请核对日期。')]
      : []),
    ...(storingData > 0 && done.erasureRecord === ''
      ? [
          block(
            'AST-R13',
            'erasureRecord',
            `${storingData}项资产有存储部件，没有数据清除记录，不能处置。`,
            '请清除数据并填写记录编号。',
            law.erasure,
          ),
        ]
      : []),
    ...(appraised && (done.appraisalReport === '' || done.appraiser === '' || done.appraisedFen === null)
      ? [
          block(
            'AST-R09',
            'appraisalReport',
            '没有有资质的评估机构出具的评估报告和评估价。',
            '请填写评估机构、报告编号和评估价。',
          ),
        ]
      : []),
    ...(form === 'D3' && (done.tradingPlatform === '' || done.tradeNumber === '' || done.priceFen === null)
      ? [
          block(
            'AST-R09',
            'tradeNumber',
            '转让须公开交易，没有交易平台、交易编号和成交价。',
            '请通过公共资源交易平台、产权交易机构或者拍卖公开交易。',
          ),
        ]
      : []),
    ...(form === 'D4' && done.receivedFen === null
      ? [block('AST-R09', 'receivedFen', '置换须评估双方资产，没有换入资产的评估价。', '请填写换入资产的评估价。')]
      : []),
    ...(appraised && done.appraisedFen !== null && priced !== null
      ? [repriced(checkTradePrice(table, { appraisedFen: done.appraisedFen, priceFen: priced }), done.repriceDocument)]
      : []),
    ...((form === 'D1' || form === 'D2') && done.transferDocument === ''
      ? [
          block(
            'AST-R08',
            'transferDocument',
            form === 'D1' ? '没有双方签字的交接单编号。' : '没有捐赠票据或者交接单编号。',
            '请填写编号。',
          ),
        ]
      : []),
    ...(form === 'D1' && !received
      ? [block('AST-R20', 'received', '接收机关尚未签收，不能移交。', '请等接收机关核对签收。', law.dailyCare)]
      : []),
    ...(form === 'D5' && vehicles > 0 && done.scrapCertificate === ''
      ? [block('AST-R08', 'scrapCertificate', '车辆报废没有报废机动车回收证明。', '请填写证明编号。')]
      : []),
  ]
}

/** AST-R10: a price somewhat below the appraised value stands with the consent of who decided; one far below does not. */
function repriced(finding: Finding, document: string): Finding {
  if (finding.outcome !== 'needs-approval') return { ...finding, field: 'priceFen' }
  return document === ''
    ? { ...finding, outcome: 'block', field: 'repriceDocument', remedy: '请报原批准机关同意，填写同意文号。' }
    : { ...finding, outcome: 'warn', remedy: `原批准机关已同意（${document}）。` }
}

/** Whether money comes in; a free transfer and a gift bring none, a sale always does. */
export function bringsProceeds(form: DisposalForm, done: CarriedOut): boolean {
  if (form === 'D1' || form === 'D2') return false
  return form === 'D3' || done.proceedsExpected
}
