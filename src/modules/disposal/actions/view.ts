import { allOf, allowed, mayOf, provided, verdictOf, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { metCards } from '#modules/assets/offers.ts'
import type { Application } from '../model.ts'
import { can } from '../policy.ts'
import { judgeApplication, storesData, type JudgedApplication } from '../rules/application.ts'
import { isLate } from '../rules/proceeds.ts'
import { itemsOf, papersOf, type ApplicationRow, type ItemRow } from '../store/application.ts'
import { proceedsOf } from '../store/proceeds.ts'
import { inState } from './access.ts'
import { applicationFacts, itemShown } from './facts.ts'

export function shown(row: ApplicationRow): Application {
  const {
    jurisdictionCode: _jurisdiction,
    receiverJurisdictionCode: _receiver,
    findings: _findings,
    reviewedOn: _reviewed,
    consentListId: _list,
    approvedOn: _approved,
    receiptCaseId: _receipt,
    receivedById: _receivedBy,
    carriedOut: _carriedOut,
    ...application
  } = row
  return application
}

export const receiverOf = ({ form, receiverName, counterparty }: ApplicationRow): string =>
  form === 'D1' ? (receiverName ?? '') : counterparty

export const isVehicle = ({ classCode }: Pick<ItemRow, 'classCode'>): boolean => classCode?.startsWith('A0203') ?? false

/** What the rules say of an application: of a draft as things are today, later as they were when it was submitted. */
export async function judgementOf(act: Act, row: ApplicationRow, items: readonly ItemRow[]) {
  const draft = row.state === 'draft'
  const met = draft
    ? await metCards(
        act,
        items.map(({ cardId }) => cardId),
      )
    : null
  const facts = await applicationFacts(
    act,
    { ...row, receiver: receiverOf(row) },
    { items, papers: await papersOf(act.tx, row.id), met, on: draft ? act.today : (row.appliedOn ?? act.today) },
  )
  return { facts, ...judgeApplication(facts) }
}

export function judgementShown({ tier, needed, judged }: JudgedApplication, costFen: number) {
  return {
    tier: tier.key,
    title: tier.title,
    path: tier.path,
    findings: [...judged.findings],
    papers: needed.map(({ kind, required, why }) => ({ kind, required, why })),
    costFen,
  }
}

/** An application with what may be done of it, by whom it is asked for. */
export async function applicationView(act: Act, row: ApplicationRow) {
  const { tx, actor, today } = act
  const items = await itemsOf(tx, row.id)
  const judgement = judgementShown(await judgementOf(act, row, items), row.costFen)
  const proceeds = await proceedsOf(tx, row.id)
  return {
    application: shown(row),
    items: items.map(itemShown),
    papers: await papersOf(tx, row.id),
    judgement: {
      ...judgement,
      ...(row.state !== 'draft' && row.findings !== null
        ? { findings: row.findings, tier: row.tier ?? judgement.tier, path: row.path ?? judgement.path }
        : {}),
    },
    carriedOut: row.carriedOut,
    proceeds: proceeds && { ...proceeds, late: isLate(proceeds.dueOn, proceeds.paidOn, today) },
    storingData: items.filter(({ classCode }) => storesData(classCode)).length,
    vehicles: items.filter(isVehicle).length,
    receiptCaseId: row.receiptCaseId,
    may: mayDo(actor, row, judgement.findings, proceeds !== null),
  }
}

type Findings = ReturnType<typeof judgementShown>['findings']

function mayDo(actor: Act['actor'], row: ApplicationRow, findings: Findings, recorded: boolean) {
  const apply = can.apply(actor, row)
  const carry = can.carryOut(actor, row)
  return {
    change: mayOf(allOf(apply, inState(row, 'draft'))),
    submit: mayOf(allOf(apply, inState(row, 'draft'), row.state === 'draft' ? verdictOf(findings) : allowed)),
    withdraw: mayOf(allOf(apply, inState(row, 'draft', 'applied'))),
    review: mayOf(allOf(can.review(actor, row), inState(row, 'applied'))),
    consent: mayOf(allOf(can.consent(actor, row), inState(row, 'reviewed'))),
    government: mayOf(allOf(can.review(actor, row), inState(row, 'government'))),
    receive: mayOf(allOf(can.receive(actor, row), inState(row, 'approved'), notReceived(row))),
    carryOut: mayOf(allOf(carry, inState(row, 'approved'), receivedFirst(row))),
    abandon: mayOf(allOf(carry, inState(row, 'approved'))),
    recordProceeds: mayOf(allOf(carry, inState(row, 'proceeds'))),
    pay: mayOf(
      allOf(
        carry,
        inState(row, 'proceeds'),
        provided(recorded, { code: 'no-proceeds', message: '尚未登记处置收入。', remedy: '请先登记处置收入。' }),
      ),
    ),
  }
}

export function notReceived({ receivedOn }: Pick<ApplicationRow, 'receivedOn'>): Verdict {
  return provided(receivedOn === null, { code: 'received', message: '划转资产已经签收。' })
}

function receivedFirst({ form, receivedOn }: Pick<ApplicationRow, 'form' | 'receivedOn'>): Verdict {
  return provided(form !== 'D1' || receivedOn !== null, {
    code: 'not-received',
    message: '接收机关尚未签收，不能移交。',
    remedy: '请等接收机关核对签收。',
  })
}
