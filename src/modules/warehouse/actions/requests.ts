import { allOf, allowed, mayOf, provided, verdictOf, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { mayMoveNow, moveCase } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { CaseKind } from '#kernel/pure/case-kind.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { allotmentCase, levelReceiptCase, levelSource, loanCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can, readsOwnLevel } from '../policy.ts'
import { compareRequests } from '../rules/allotment.ts'
import { checkOverdue, checkRenewal } from '../rules/lending.ts'
import { releaseRequest } from '../store/hold.ts'
import {
  changeRequest,
  changeRequestItems,
  itemsOfRequest,
  requestsPage,
  type RequestChanges,
  type RequestRow,
} from '../store/request.ts'
import {
  lockedRequest,
  ownOrgan,
  requestShown,
  seenRequest,
  warehouseStandards,
  withoutMarks,
  workCalendar,
} from './access.ts'
import { bodyToLendTo } from './bodies.ts'
import { tellSource } from './ended.ts'
import { receiptEnded } from './level-receipt.ts'
import { judgeAllotment, openRequest } from './requesting.ts'
import { tellAsking, tellAuthority, tellFinance } from './telling.ts'

type RequestActions = Pick<
  ActionsOf<typeof contract>,
  | 'requests'
  | 'viewRequest'
  | 'fileRequest'
  | 'approveRequest'
  | 'refuseRequest'
  | 'withdrawRequest'
  | 'consentRequest'
  | 'declineRequest'
  | 'askRenewal'
  | 'decideRenewal'
  | 'handBack'
>

export const requestActions: RequestActions = {
  /** The organ's own, or the level's for who reads it. */
  async requests(ctx) {
    const organ = ownOrgan(ctx)
    const { kind, state, late, after, limit } = ctx.input
    const filter = {
      jurisdictionCode: organ.jurisdictionCode,
      organId: readsOwnLevel(ctx.actor) ? null : organ.id,
      kind,
      state,
      ...(late ? { lateOn: ctx.today } : {}),
    }
    const rows = await requestsPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return {
      // What waits is shown in the order in which things are given out.
      ...page,
      items: (state === 'applied' ? page.items.toSorted(compareRequests) : page.items).map(requestShown),
    }
  },

  async viewRequest(ctx) {
    return requestView(ctx, await seenRequest(ctx, ctx.input.requestId))
  },

  async fileRequest(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.ask(ctx.actor, { organId: organ.id }))
    const { dueOn = null, kind, bodyId = null, ...given } = ctx.input
    const body = kind === 'loan' && bodyId !== null ? await bodyToLendTo(ctx, bodyId, organ.id) : null
    const eventEndsOn = body?.endsOn ?? given.eventEndsOn ?? null
    const request = await openRequest(ctx, {
      ...given,
      kind,
      holder: organ,
      // An allotment has no end; a loan that is none says so (GWC-R06).
      dueOn: kind === 'loan' ? dueOn : null,
      eventEndsOn: kind === 'loan' ? eventEndsOn : null,
      bodyId: body?.id ?? null,
      insteadOfPurchase: kind === 'allotment' || given.insteadOfPurchase,
      source: null,
    })
    await tellAuthority(
      ctx,
      request,
      `${request.organName}申请${kind === 'loan' ? '借用' : '调拨'}公物仓物品${request.items}件（${request.number}），请审核。`,
    )
    return requestView(ctx, request)
  },

  /** All that was asked for, or the part that is given; the standard is judged again for that part (GWC-R11). */
  async approveRequest(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.decide(ctx.actor, request))
    insist(ownLevelOnly(request))
    const asked = await itemsOfRequest(ctx.tx, request.id)
    const given = ctx.input.itemIds ?? asked.map(({ itemId }) => itemId)
    insist(
      allOf(
        withoutMarks(ctx.input.opinion ?? ''),
        provided(
          given.every((id) => asked.some(({ itemId }) => itemId === id)),
          { code: 'not-asked', message: '所选物品不在申请之内。', remedy: '请从申请的物品中选择。' },
        ),
      ),
    )
    const kept = asked.filter(({ itemId }) => given.includes(itemId))
    const dropped = asked.filter(({ itemId }) => !given.includes(itemId)).map(({ itemId }) => itemId)
    const findings = await findingsFor(ctx, request, kept)
    await moveCase(ctx, kindOf(request), request.caseId, 'approve', { opinion: ctx.input.opinion })
    if (dropped.length > 0) {
      await changeRequestItems(ctx.tx, request.id, dropped, { state: 'dropped' })
      await releaseRequest(ctx.tx, request.id, dropped)
    }
    const next = await change(
      ctx,
      request,
      'warehouse.request-approved',
      {
        state: request.kind === 'loan' ? 'approved' : 'consenting',
        approvedOn: ctx.today,
        findings,
      },
      { given: kept.length, dropped: dropped.length, opinion: ctx.input.opinion ?? null },
    )
    if (request.kind === 'allotment') await tellFinance(ctx, next)
    else await tellAsking(ctx, next, `公物仓借用${next.number}已同意${kept.length}件，请领取签收。`)
    return requestView(ctx, next)
  },

  async refuseRequest(ctx) {
    return closed(ctx, 'refuse', 'refused', 'warehouse.request-refused', ctx.input.opinion)
  },

  async withdrawRequest(ctx) {
    return closed(ctx, 'withdraw', 'withdrawn', 'warehouse.request-withdrawn', null)
  },

  /** A12-3: finance consents to every allotment between organs, with the number of its paper. */
  async consentRequest(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.consent(ctx.actor, request))
    const { document, opinion } = ctx.input
    insist(allOf(onlyAllotment(request), withoutMarks(document, opinion ?? '')))
    await moveCase(ctx, allotmentCase, request.caseId, 'consent', { opinion: opinion ?? document })
    const next = await change(
      ctx,
      request,
      'warehouse.request-consented',
      { state: 'approved', consentDocument: document, consentedOn: ctx.today },
      { document },
    )
    await tellAsking(ctx, next, `公物仓调拨${next.number}已经财政同意（${document}），请领取签收。`)
    return requestView(ctx, next)
  },

  async declineRequest(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.consent(ctx.actor, request))
    insist(onlyAllotment(request))
    return closed(ctx, 'decline', 'refused', 'warehouse.request-declined', ctx.input.opinion)
  },

  async askRenewal(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.ask(ctx.actor, request))
    const { until, reason } = ctx.input
    insist(allOf(onlyLoan(request), withoutMarks(reason)))
    insist(verdictOf([await renewal(ctx, request, until)]))
    await moveCase(ctx, loanCase, request.caseId, 'askRenewal', { opinion: reason, ...dueOf(request) })
    const next = await change(
      ctx,
      request,
      'warehouse.renewal-asked',
      { state: 'renewing', renewalUntil: until },
      { until, reason },
    )
    await tellAuthority(ctx, next, `${next.organName}申请将借用${next.number}续借至${until}，请审核。`)
    return requestView(ctx, next)
  },

  async decideRenewal(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.decide(ctx.actor, request))
    const { granted, opinion } = ctx.input
    insist(allOf(onlyLoan(request), withoutMarks(opinion ?? '')))
    const until = request.renewalUntil ?? request.dueOn
    await moveCase(ctx, loanCase, request.caseId, granted ? 'grantRenewal' : 'denyRenewal', {
      opinion,
      ...dueOf({ dueOn: granted ? until : request.dueOn }),
    })
    const next = await change(
      ctx,
      request,
      granted ? 'warehouse.renewal-granted' : 'warehouse.renewal-denied',
      granted
        ? { state: 'lent', dueOn: until, renewed: true, renewalUntil: null }
        : { state: 'lent', renewalUntil: null },
      { until, opinion: opinion ?? null },
    )
    await tellAsking(
      ctx,
      next,
      granted ? `借用${next.number}已同意续借至${until}。` : `借用${next.number}未同意续借，请于${next.dueOn}前归还。`,
    )
    return requestView(ctx, next)
  },

  async handBack(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.ask(ctx.actor, request))
    insist(allOf(onlyLoan(request), withoutMarks(ctx.input.opinion ?? '')))
    await moveCase(ctx, loanCase, request.caseId, 'handBack', { opinion: ctx.input.opinion, ...dueOf(request) })
    const next = await change(ctx, request, 'warehouse.loan-handed-back', { state: 'returning' }, {})
    await tellAuthority(ctx, next, `${next.organName}归还公物仓物品${next.items}件（${next.number}），请验收。`)
    return requestView(ctx, next)
  },
}

async function closed(
  ctx: Act & { input: { requestId: string; version: number } },
  transition: 'refuse' | 'withdraw' | 'decline',
  state: 'refused' | 'withdrawn',
  fact: string,
  opinion: string | null,
) {
  const request = await lockedRequest(ctx)
  if (transition !== 'decline')
    permit(transition === 'refuse' ? can.decide(ctx.actor, request) : can.ask(ctx.actor, request))
  insist(allOf(withoutMarks(opinion ?? ''), transition === 'withdraw' ? allowed : ownLevelOnly(request)))
  await moveCase(ctx, kindOf(request), request.caseId, transition, { opinion })
  // What another level gave is held at that level.
  await beyondScope(ctx, 'what was held for a request is free when it ends (Art. 23)', () =>
    releaseRequest(ctx.tx, request.id),
  )
  const next = await change(ctx, request, fact, { state, closedOn: ctx.today }, { opinion })
  if (transition === 'withdraw') await tellAuthority(ctx, next, `${next.organName}撤回${next.number}。`)
  else await tellAsking(ctx, next, `公物仓申请${next.number}未获同意：${opinion}`)
  if (transition === 'withdraw') await receiptEnded(ctx, request, 'withdrawn')
  if (transition === 'withdraw') await tellSource(ctx, next, { by: 'organ', reason: '' })
  if (transition === 'decline') await tellSource(ctx, next, { by: 'finance', reason: opinion ?? '' })
  return requestView(ctx, next)
}

export const kindOf = ({ kind, sourceKind }: Pick<RequestRow, 'kind' | 'sourceKind'>): CaseKind =>
  kind === 'loan' ? loanCase : sourceKind === levelSource ? levelReceiptCase : allotmentCase
export const dueOf = ({ dueOn }: Pick<RequestRow, 'dueOn'>) => (dueOn === null ? {} : { dueOn })

export const onlyLoan = ({ kind }: RequestRow): Verdict =>
  provided(kind === 'loan', { code: 'not-a-loan', message: '调拨的物品归接收机关所有，不用归还或续借。' })
/** What another level gave was decided there (Art. 6); here it is only signed for. */
const ownLevelOnly = ({ sourceKind }: RequestRow): Verdict =>
  provided(sourceKind !== levelSource, {
    code: 'level-receipt',
    message: '跨级调剂的物品已由对方层级同意，本级不再审核。',
    basis: law.ownLevel,
  })
const onlyAllotment = ({ kind }: RequestRow): Verdict =>
  provided(kind === 'allotment', { code: 'not-an-allotment', message: '借用不改变账面持有机关，不需要财政同意。' })

/** Saves what was decided of a request that this act has locked, and remembers it. */
export async function change(
  act: Act,
  request: RequestRow,
  fact: string,
  changes: RequestChanges,
  after: Record<string, unknown>,
): Promise<RequestRow> {
  const next = await changeRequest(act.tx, request, changes)
  await record(act, fact, {
    subject: { kind: 'warehouse.request', id: request.id },
    organId: request.organId,
    before: { state: request.state },
    after: { state: next.state, ...after },
  })
  return next
}

async function renewal(act: Act, request: RequestRow, until: string): Promise<Finding> {
  const standards = await warehouseStandards(act, request.jurisdictionCode)
  const { dueOn, renewed } = request
  return checkRenewal(standards, { dueOn: dueOn ?? until, until, renewed, today: act.today })
}

async function findingsFor(
  act: Act,
  request: RequestRow,
  kept: readonly { itemCode: string | null; quantity: number }[],
): Promise<Finding[]> {
  if (request.kind === 'loan') return request.findings
  const standards = await warehouseStandards(act, request.jurisdictionCode)
  const holder = { id: request.organId, name: request.organName, jurisdictionCode: request.jurisdictionCode }
  return (await judgeAllotment(act, standards, { holder, inUse: request.inUse }, kept)).findings
}

export async function requestView(act: Act, given: RequestRow) {
  const { actor, today } = act
  const request = await seenRequest(act, given.id)
  const kind = kindOf(request)
  const row = found(await caseById(act.tx, request.caseId, false), '办理事项')
  const may = (transition: string, verdict: Verdict) =>
    mayOf(transition in kind.transitions ? allOf(mayMoveNow(act, kind, row, transition), verdict) : onlyFor(request))
  const read = () => itemsOfRequest(act.tx, request.id)
  const rows =
    request.sourceKind === levelSource
      ? await beyondScope(act, 'the receiver reads what another level gave it (Art. 23)', read)
      : await read()
  const runs = can.runWarehouse(actor, request).ok
  const items = rows.map(({ itemCode: _, ...item }) => ({ ...item, cardId: runs ? item.cardId : null }))
  return {
    request: requestShown(request),
    items,
    findings: [...request.findings, ...(await overdue(act, request))],
    may: {
      approve: may('approve', can.decide(actor, request)),
      refuse: may('refuse', can.decide(actor, request)),
      withdraw: may('withdraw', can.ask(actor, request)),
      consent: may('consent', can.consent(actor, request)),
      decline: may('decline', can.consent(actor, request)),
      sign: may('sign', can.ask(actor, request)),
      askRenewal: may(
        'askRenewal',
        provided(!request.renewed && (request.dueOn ?? today) >= today, {
          code: 'GWC-R06',
          message: request.renewed ? '已经续借过一次，不能再续。' : '已经逾期，不能续借。',
          basis: law.sharing,
        }),
      ),
      decideRenewal: may('grantRenewal', can.decide(actor, request)),
      handBack: may('handBack', can.ask(actor, request)),
      takeBack: may('takeBack', can.runWarehouse(actor, request)),
    },
  }
}

const onlyFor = (request: RequestRow): Verdict =>
  provided(false, {
    code: 'other-kind',
    message: request.kind === 'loan' ? '借用不需要财政同意。' : '调拨的物品不用归还。',
  })

async function overdue(act: Act, request: RequestRow): Promise<Finding[]> {
  const { dueOn, number, state } = request
  if (dueOn === null || !(state === 'lent' || state === 'renewing' || state === 'returning')) return []
  const standards = await warehouseStandards(act, request.jurisdictionCode)
  return [checkOverdue(standards, { number, dueOn, today: act.today }, await workCalendar(act))]
}
