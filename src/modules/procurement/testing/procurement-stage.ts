import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { ModuleCase } from '#kernel/server/cases/case-row.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { perform } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { scopeOf, systemScope } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { openLines } from '#modules/ledger/offers.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import type { PurchaseRequest } from '../model.ts'
import procurement from '../module.ts'

export const today = '2026-09-29'
let database: FreshDatabase
export const actors: Record<string, Actor> = {}
export const theDatabase = () => database
/** Plan lines by name. */
export const lines: Record<string, string> = {}

const caseKinds = new Map<string, ModuleCase>(
  (procurement.cases ?? []).map((declared) => [declared.kind.kind, declared]),
)

/** Standards, the demonstration's organs and people, some plan lines in force; for `beforeAll`. */
export async function openProcurementStage(): Promise<void> {
  database = await freshDatabase()
  await inTx(async (tx) => {
    for (const { reference, seed } of [organs, people, standards]) {
      await reference?.(testAct({ tx, today, directory }), () => {})
      await seed?.(testAct({ tx, today, directory }), () => {})
    }
    const hire = async (name: string, organKey: string, roles: readonly Role[]) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      const [person] = await peopleWithRoles(tx, { organId: organ.id, roles }, today)
      actors[name] = testActor(organ, roles, person ? { id: person.id, name: person.name } : { name })
    }
    await hire('clerk', 'taiyuan-education', ['organ-clerk'])
    await hire('head', 'taiyuan-education', ['organ-head'])
    await hire('staff', 'taiyuan-education', ['staff'])
    await hire('other', 'taiyuan-police', ['organ-clerk'])
    await hire('otherHead', 'taiyuan-police', ['organ-head'])
    await hire('reviewer', 'taiyuan-authority', ['plan-reviewer'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('county', 'qingxu-authority', ['plan-reviewer'])
    await hire('countyClerk', 'qingxu-education', ['organ-clerk'])
    await hire('countyHead', 'qingxu-education', ['organ-head'])
    await hire('countyFinance', 'qingxu-finance', ['finance-reviewer'])
  })
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
export const closeProcurementStage = () => database.drop()
export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work, { scope: systemScope })

/** Opens plan lines of an actor's organ: name, kind of need, unit, quantity, 分. */
export async function openPlan(
  who: string,
  planned: Record<string, [string, string, string, number, number]>,
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
          year: 2026,
          number: `JH-2026-${planId.slice(-6)}-${at}`,
          planId,
          holderOrganId: organ.id,
          servedOrganId: organ.id,
          needKind,
          itemName,
          economicCode: '31002',
          unit,
          centralised: false,
          amountFen,
          quantity,
        }
      }),
      '2026-01-20',
    ),
  )
}

/** Work as somebody behind row-level security, as a request of theirs would run. */
export const inActOf = <T>(who: string, work: (act: ReturnType<typeof testAct>) => Promise<T>, on = today) => {
  const actor = actors[who] as Actor
  return transaction(
    database.db,
    (tx) => work(testAct({ tx, today: on, directory, caseKinds, actor: { ...actor, steppedUp: true } })),
    {
      scope: scopeOf(actor),
    },
  )
}

/** Through the contract, as a named person, on a day. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
  on = today,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const operation = contract[name]
  const parsed = operation.input.parse(input) as Record<string, unknown>
  return inActOf(
    who,
    (act) => perform(act, { operation, action: actions[name] as never, ifMatch: null, session: noSession }, parsed),
    on,
  ) as Promise<z.output<(typeof contract)[N]['output']>>
}

/** Codes of the refusals an act meets; anything else it throws goes on. */
export async function refusalsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

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

export const terms = (view: View, priceFen: number, quantity?: number) => ({
  ...stepOf(view),
  number: `HT-${view.purchase.number}`,
  signedOn: today,
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
