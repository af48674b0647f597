import { sql } from 'kysely'
import type { z } from 'zod'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { openLines } from '#modules/ledger/offers.ts'
import { directory } from '#modules/people/offers.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import type { PurchaseRequest } from '../model.ts'
import procurement from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-09-29'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [procurement],
  steppedUp: true,
  cast: {
    clerk: ['taiyuan-education', 'organ-clerk'],
    head: ['taiyuan-education', 'organ-head'],
    staff: ['taiyuan-education', 'staff'],
    other: ['taiyuan-police', 'organ-clerk'],
    otherHead: ['taiyuan-police', 'organ-head'],
    reviewer: ['taiyuan-authority', 'plan-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    county: ['qingxu-authority', 'plan-reviewer'],
    countyClerk: ['qingxu-education', 'organ-clerk'],
    authorityClerk: ['taiyuan-authority', 'organ-clerk'],
    authorityHead: ['taiyuan-authority', 'organ-head'],
    countyHead: ['qingxu-education', 'organ-head'],
    countyFinance: ['qingxu-finance', 'finance-reviewer'],
  },
})
export const { actors, theDatabase, inActOf, inTx, close: closeProcurementStage } = stage
/** Plan lines by name. */
export const lines: Record<string, string> = {}

/** Standards, the demonstration's organs and people, some plan lines in force; for `beforeAll`. */
export async function openProcurementStage(): Promise<void> {
  await stage.open()
  await openPlan('clerk', {
    desktops: ['台式计算机', 'N09', '台', 20, 9_600_000],
    chairs: ['办公椅', 'N09', '把', 25, 2_000_000],
    servers: ['服务器', 'N09', '台', 10, 300_000_000],
    repairs: ['设备维保服务', 'N01', '项', 10, 300_000_000],
    cleaning: ['物业管理费', 'N08', '项', 2, 60_000_000],
    paper: ['复印纸', 'N01', '箱', 100, 1_500_000],
  })
  await openPlan('countyClerk', { countyServers: ['服务器', 'N09', '台', 10, 300_000_000] })
}

/** Opens plan lines of an actor's organ: name, kind of need, unit, quantity, 分. */
export async function openPlan(
  who: string,
  planned: Record<string, [string, string, string, number, number]>,
  /** Whom they are for, where another organ carries them out. */
  servedBy: Record<string, string> = {},
  year = 2026,
): Promise<void> {
  const organ = actors[who]?.organ
  if (!organ) throw new Error(who)
  const planId = newId()
  await inTx((tx) =>
    openLines(
      testAct({ tx, today, directory }),
      Object.entries(planned).map(([name, [itemName, needKind, unit, quantity, amountFen]], at) => {
        const id = newId()
        lines[name] = id
        return {
          id,
          jurisdictionCode: organ.jurisdictionCode,
          year,
          number: `JH-${year}-${planId.slice(-6)}-${at}`,
          planId,
          holderOrganId: organ.id,
          servedOrganId: actors[servedBy[name] ?? who]?.organ?.id ?? organ.id,
          needKind,
          itemName,
          economicCode: '31002',
          unit,
          centralised: name in servedBy,
          amountFen,
          quantity,
        }
      }),
      `${year}-01-20`,
    ),
  )
}

/** Through the contract, as a named person, on a day. */
export const call = stage.calling(contract, actions)

/** Balances of a plan line, 分 and pieces. */
export const balanceOf = (name: string) =>
  inTx(async (tx) => {
    const { rows } = await sql<{ committed: number; executed: number; pieces: number }>`
      select committed_fen as committed, executed_fen as executed, (committed_quantity + executed_quantity)::float8 as pieces
      from ledger.line where id = ${lines[name]}`.execute(tx)
    return rows[0]
  })

type Request = z.input<typeof PurchaseRequest>
/** 20 desktops of 4,600 元: in the catalogue, by the e-mall. */
export const desktops: () => Request = () => ({
  title: '2026年台式计算机采购',
  kind: 'goods',
  requirement: '办公用台式计算机，含正版操作系统，三年上门保修。',
  expectedOn: '2026-09-29',
  method: 'framework',
  organisation: 'agency',
  items: [
    {
      ledgerLineId: lines['desktops'] as string,
      name: '台式计算机',
      requirement: '八核处理器，16GB内存',
      unit: '台',
      quantity: 20,
      unitPriceFen: 460_000,
      standardCode: 'item.desktop',
    },
  ],
})

export type View = z.output<(typeof contract)['viewPurchase']['output']>
export const stepOf = ({ purchase }: Pick<View, 'purchase'>) => ({ purchaseId: purchase.id, version: purchase.version })

/** An approved request of the education bureau. */
export async function approved(request: Request, on = today): Promise<View> {
  const drafted = await call('clerk', 'draftPurchase', request, on)
  const submitted = await call('clerk', 'submitPurchase', stepOf(drafted), on)
  return call('head', 'approvePurchase', stepOf(submitted), on)
}

export const bidder = (name: string, priceFen: number, valid = true, at = 0) => ({
  name,
  creditCode: `91140100MA0K${String(10_000 + at)}X`,
  priceFen,
  valid,
  size: 'small' as const,
})

/** Started and awarded on a day to one supplier at a price. */
export async function awarded(view: View, amountFen: number, on = today): Promise<View> {
  const begun = await call(
    'clerk',
    'startPurchase',
    { ...stepOf(view), projectNumber: 'DZMC-2026-0001', startedOn: on },
    on,
  )
  return call(
    'clerk',
    'recordAward',
    {
      ...stepOf(begun),
      openedOn: on,
      awardedOn: on,
      bidders: [bidder('山西晋源办公设备有限公司', amountFen)],
      winner: 0,
      amountFen,
      reason: '框架协议内直接选定，价格最低。',
    },
    on,
  )
}

export const terms = (view: View, priceFen: number, quantity?: number, signedOn = today) => ({
  ...stepOf(view),
  number: `HT-${view.purchase.number}`,
  signedOn,
  deliverBy: '2026-10-20',
  warrantyMonths: 36,
  paymentTerms: '验收合格并收到发票后30日内一次付清',
  qualityTerms: '符合国家标准和采购文件要求',
  acceptanceTerms: '到货后双方当场验收',
  breachTerms: '逾期交货每日按合同金额万分之五支付违约金',
  disputeTerms: '协商不成的，向采购人所在地人民法院起诉',
  items: view.items.map((item) => ({
    itemId: item.id,
    quantity: quantity ?? item.quantity,
    unitPriceFen: priceFen,
    model: '联想启天 M455',
  })),
})

/** Delivered and accepted by two people. */
export async function accepted(view: View, quantity: number, on = today): Promise<View> {
  const drafted = await call(
    'clerk',
    'draftAcceptance',
    {
      ...stepOf(view),
      deliveredOn: on,
      conclusion: '数量、规格与合同一致，验收合格。',
      items: view.items.map(({ id }) => ({ itemId: id, delivered: quantity, accepted: quantity })),
    },
    on,
  )
  return call('head', 'signAcceptance', stepOf(drafted), on)
}
