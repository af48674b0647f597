import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { readsLevel } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { moveCase, mayMoveNow } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { jurisdictions, organById } from '#modules/organs/offers.ts'
import { levelRequestCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can, maySeeLevelRequest } from '../policy.ts'
import { mayHold, remainingMonths } from '../rules/holding.ts'
import { mayAskLevel, ownLevelFirst, relationOf } from '../rules/level.ts'
import { holdItems, releaseRequest } from '../store/hold.ts'
import { freeItems, lockItems } from '../store/item.ts'
import {
  changeLevelRequest,
  itemsOfLevelRequest,
  levelRequestById,
  levelRequestsPage,
  offeredPage,
  type LevelRequestChanges,
  type LevelRequestRow,
} from '../store/level.ts'
import { heldOf, longWaiting, ownOrgan, warehouseStandards, withoutMarks } from './access.ts'
import { tellLevelSource } from './ended.ts'
import { catalogueOnly, offeredOf, openLevelRequest, recordedOf } from './level-asking.ts'
import { openReceipt } from './level-receipt.ts'
import { tellLevel, tellLevelFinance } from './level-telling.ts'

type LevelActions = Pick<
  ActionsOf<typeof contract>,
  | 'levelStock'
  | 'levelRequests'
  | 'viewLevelRequest'
  | 'askLevel'
  | 'agreeLevel'
  | 'refuseLevel'
  | 'consentLevel'
  | 'declineLevel'
  | 'withdrawLevel'
>

export const levelActions: LevelActions = {
  /** What related levels have on the shelf: catalogue data, for those who may ask for it. */
  async levelStock(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.askLevel(ctx.actor, organ))
    const { jurisdictionCode, itemCode, text, after, limit } = ctx.input
    if (jurisdictionCode !== undefined) insist(mayAskLevel(organ.jurisdictionCode, jurisdictionCode))
    const names = await levelNames(ctx)
    const related = [...names.keys()].filter((code) => relationOf(organ.jurisdictionCode, code) !== null)
    const filter = {
      jurisdictionCodes: jurisdictionCode === undefined ? related : [jurisdictionCode],
      today: ctx.today,
      ...(itemCode === undefined ? {} : { itemCodes: [itemCode] }),
      text,
    }
    const rows = await beyondScope(ctx, catalogueOnly, () => offeredPage(ctx.tx, filter, after, limit + 1))
    const page = pageFrom(rows, limit, ({ itemId }) => itemId)
    const longSince = await longWaiting(ctx, organ.jurisdictionCode, 'second-round')
    return {
      ...page,
      items: page.items.map(({ classCode: _, repairFen: __, transportFen: ___, lifeUntil, ...row }) => ({
        ...row,
        number: row.number ?? '',
        storeName: row.storeName ?? '',
        remainingMonths: remainingMonths(lifeUntil, ctx.today),
        jurisdictionName: names.get(row.jurisdictionCode) ?? row.jurisdictionCode,
        relation: relationOf(organ.jurisdictionCode, row.jurisdictionCode) ?? 'beside',
        secondRound: row.takenOn <= longSince,
      })),
    }
  },

  /** What the own level asked and is asked, for who reads it; what is to come, for an organ. */
  async levelRequests(ctx) {
    const organ = ownOrgan(ctx)
    const { state, after, limit } = ctx.input
    const jurisdictionCode = readsLevel(ctx.actor, organ.jurisdictionCode) ? organ.jurisdictionCode : null
    const rows = await levelRequestsPage(ctx.tx, { jurisdictionCode, organId: organ.id, state }, after, limit + 1)
    const page = pageFrom(rows, limit)
    const names = await levelNames(ctx)
    return { ...page, items: page.items.map((row) => shown(row, names)) }
  },

  async viewLevelRequest(ctx) {
    return view(ctx, await seenLevelRequest(ctx, ctx.input.levelRequestId))
  },

  /** The own level has none left: another level's authority is asked for an organ of the own, within its standard (GWC-R11). */
  async askLevel(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.askLevel(ctx.actor, organ))
    const { giverJurisdictionCode, receiverOrganId, itemIds, purpose, reason, document, inUse } = ctx.input
    const receiver = found(await organById(ctx.tx, receiverOrganId, ctx.today), '接收机关')
    if (receiver.jurisdictionCode !== organ.jurisdictionCode) throw new Missing('接收机关')
    insist(allOf(mayAskLevel(organ.jurisdictionCode, giverJurisdictionCode), withoutMarks(reason, document)))
    const offered = await offeredOf(ctx, giverJurisdictionCode, itemIds)
    const standards = await warehouseStandards(ctx, organ.jurisdictionCode)
    const wanted = new Map<string, number>()
    for (const { itemCode, quantity } of offered)
      if (itemCode !== null) wanted.set(itemCode, (wanted.get(itemCode) ?? 0) + quantity)
    const own = new Map<string, number>()
    for (const { itemCode, quantity } of await freeItems(ctx.tx, {
      itemCodes: [...wanted.keys()],
      jurisdictionCodes: [organ.jurisdictionCode],
      today: ctx.today,
    }))
      if (itemCode !== null) own.set(itemCode, (own.get(itemCode) ?? 0) + quantity)
    const titles = new Map(standards.rows.map(({ code, title }) => [code, title]))
    insist(ownLevelFirst(wanted, own, (code) => titles.get(code) ?? code))
    const row = await openLevelRequest(
      ctx,
      organ,
      { giverJurisdictionCode, receiver, purpose, reason, document, inUse, source: null },
      offered,
    )
    return view(ctx, row)
  },

  /** The giving level's authority agrees: from now on the things are held for the receiver (GWC-R12). */
  async agreeLevel(ctx) {
    const row = await lockedLevelRequest(ctx)
    permit(can.decide(ctx.actor, { jurisdictionCode: row.giverJurisdictionCode }))
    insist(withoutMarks(ctx.input.opinion))
    const asked = await itemsOfLevelRequest(ctx.tx, row.id)
    await moveCase(ctx, levelRequestCase, row.caseId, 'agree', { opinion: ctx.input.opinion })
    const items = await lockItems(
      ctx.tx,
      asked.map(({ itemId }) => itemId),
    )
    const asking = { organId: row.receiverOrganId, today: ctx.today }
    insist(allOf(...items.map((item) => mayHold(item, heldOf(item), asking))))
    const held = await holdItems(
      ctx.tx,
      items.map(({ id }) => id),
      {
        organId: row.receiverOrganId,
        organName: row.receiverName,
        // Of the giving level, whose offices must see who has it.
        jurisdictionCode: row.giverJurisdictionCode,
        heldUntil: null,
        requestId: row.id,
        reason: row.reason,
        heldOn: ctx.today,
      },
    )
    insist(
      provided(held.length === asked.length, {
        code: 'GWC-R12',
        message: '所请物品中有已被其他机关预约、申请的。',
        basis: law.sharing,
        remedy: '请在目录中核对后再答复。',
      }),
    )
    const next = await changed(ctx, row, 'warehouse.level-agreed', { state: 'agreed', agreedOn: ctx.today })
    await tellLevelFinance(ctx, next)
    return view(ctx, next)
  },

  refuseLevel: (ctx) => ended(ctx, 'refuse', 'refused', 'warehouse.level-refused', ctx.input.opinion),
  declineLevel: (ctx) => ended(ctx, 'decline', 'declined', 'warehouse.level-declined', ctx.input.opinion),
  withdrawLevel: (ctx) => ended(ctx, 'withdraw', 'withdrawn', 'warehouse.level-withdrawn', ''),

  /** A12-3: finance of the giving level consents; the receiver signs at its own level, and the card goes over at book value. */
  async consentLevel(ctx) {
    const row = await lockedLevelRequest(ctx)
    permit(can.consent(ctx.actor, { jurisdictionCode: row.giverJurisdictionCode }))
    const { document, opinion } = ctx.input
    insist(withoutMarks(document, opinion))
    await moveCase(ctx, levelRequestCase, row.caseId, 'consent', { opinion: opinion === '' ? document : opinion })
    const requestId = await openReceipt(ctx, row, document)
    const next = await changed(ctx, row, 'warehouse.level-consented', {
      state: 'consented',
      consentDocument: document,
      consentedOn: ctx.today,
      requestId,
    })
    await tellLevel(
      ctx,
      row.jurisdictionCode,
      next,
      `商请调剂${row.number}已经对方财政部门同意（${document}），由${row.receiverName}签收。`,
    )
    return view(ctx, next)
  },
}

const endedBy = { refuse: 'level', decline: 'level-finance', withdraw: 'asker' } as const

async function ended(
  ctx: Act & { input: { levelRequestId: string; version: number } },
  transition: 'refuse' | 'decline' | 'withdraw',
  state: 'refused' | 'declined' | 'withdrawn',
  fact: string,
  opinion: string,
) {
  const row = await lockedLevelRequest(ctx)
  const giver = { jurisdictionCode: row.giverJurisdictionCode }
  permit(
    transition === 'refuse'
      ? can.decide(ctx.actor, giver)
      : transition === 'decline'
        ? can.consent(ctx.actor, giver)
        : can.askLevel(ctx.actor, row),
  )
  insist(withoutMarks(opinion))
  await moveCase(ctx, levelRequestCase, row.caseId, transition, { opinion })
  // Who asked lets go what is held at the other level.
  await beyondScope(ctx, 'what was held for a request between levels is free when it ends (Art. 23)', () =>
    releaseRequest(ctx.tx, row.id),
  )
  const next = await changed(ctx, row, fact, { state, closedOn: ctx.today, opinion })
  if (transition === 'withdraw')
    await tellLevel(ctx, row.giverJurisdictionCode, next, `${row.askingName}撤回商请调剂${row.number}。`)
  else await tellLevel(ctx, row.jurisdictionCode, next, `商请调剂${row.number}未获同意：${opinion}`)
  await tellLevelSource(ctx, next, endedBy[transition], opinion)
  return view(ctx, next)
}

async function changed(
  act: Act,
  row: LevelRequestRow,
  fact: string,
  changes: LevelRequestChanges,
): Promise<LevelRequestRow> {
  await changeLevelRequest(act.tx, row, changes)
  await recordedOf(act, row, fact, changes, { state: row.state })
  return found(await levelRequestById(act.tx, row.id), '跨级调剂')
}

async function seenLevelRequest({ tx, actor }: Act, id: string, lock = false): Promise<LevelRequestRow> {
  const row = found(await levelRequestById(tx, id, lock), '跨级调剂')
  if (!maySeeLevelRequest(actor, row)) throw new Missing('跨级调剂')
  return row
}

async function lockedLevelRequest(
  act: Act & { input: { levelRequestId: string; version: number } },
): Promise<LevelRequestRow> {
  const row = await seenLevelRequest(act, act.input.levelRequestId, true)
  if (row.version !== act.input.version) throw new Conflict('跨级调剂')
  return row
}

async function levelNames({ tx, today }: Act): Promise<Map<string, string>> {
  return new Map((await jurisdictions(tx, today)).map(({ code, name }) => [code, name]))
}

function shown(row: LevelRequestRow, names: ReadonlyMap<string, string>) {
  const {
    organId: _,
    receiverOrganId: __,
    inUse: ___,
    findings: ____,
    sourceKind: _____,
    sourceId: ______,
    jurisdictionCode,
    ...rest
  } = row
  return {
    ...rest,
    jurisdictionName: names.get(jurisdictionCode) ?? jurisdictionCode,
    giverName: names.get(row.giverJurisdictionCode) ?? row.giverJurisdictionCode,
  }
}

async function view(act: Act, given: LevelRequestRow) {
  const row = await seenLevelRequest(act, given.id)
  const giver = { jurisdictionCode: row.giverJurisdictionCode }
  // The case is the giving level's and the asker's; the receiver reads the request alone.
  const kase = await caseById(act.tx, row.caseId, false)
  const may = (transition: keyof typeof levelRequestCase.transitions, verdict: ReturnType<typeof can.decide>) =>
    mayOf(kase === null ? verdict : allOf(mayMoveNow(act, levelRequestCase, kase, transition), verdict))
  return {
    levelRequest: shown(row, await levelNames(act)),
    items: (await itemsOfLevelRequest(act.tx, row.id)).map(({ classCode: _, itemCode: __, ...item }) => item),
    findings: row.findings,
    giving: act.actor.organ?.jurisdictionCode === row.giverJurisdictionCode,
    may: {
      agree: may('agree', can.decide(act.actor, giver)),
      refuse: may('refuse', can.decide(act.actor, giver)),
      consent: may('consent', can.consent(act.actor, giver)),
      decline: may('decline', can.consent(act.actor, giver)),
      withdraw: may('withdraw', can.askLevel(act.actor, row)),
    },
  }
}
