import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { lockedCards } from '#modules/assets/offers.ts'
import { organById } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can, maySeeMatter, readsOwnLevel } from '../policy.ts'
import { checkIntakeTerm } from '../rules/intake.ts'
import { bodyById, usedThings } from '../store/body.ts'
import {
  cardsToClear,
  clearanceById,
  clearancesPage,
  openThings,
  settleThings,
  thingsPage,
  type ClearanceRow,
  type ThingRow,
} from '../store/clearance.ts'
import { ownOrgan, warehouseStandards, withoutMarks } from './access.ts'
import { takeBack } from './bodies.ts'
import { endIfClear, openClearance, tellAuthorityOf, tellOrganOf } from './clearing.ts'
import { begin } from './intaking.ts'
import { tellWarehouse } from './telling.ts'

type ClearanceActions = Pick<
  ActionsOf<typeof contract>,
  'clearances' | 'viewClearance' | 'clearanceThings' | 'callClearance' | 'handInThings' | 'keepThings'
>

export const clearanceActions: ClearanceActions = {
  /** The organ's own, or the level's for who reads it. */
  async clearances(ctx) {
    const organ = ownOrgan(ctx)
    const { state, trigger, late, after, limit } = ctx.input
    const filter = {
      jurisdictionCode: organ.jurisdictionCode,
      organId: readsOwnLevel(ctx.actor) ? null : organ.id,
      state,
      trigger,
      ...(late ? { lateOn: ctx.today } : {}),
    }
    const rows = await clearancesPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewClearance(ctx) {
    return view(ctx, await seenClearance(ctx, ctx.input.clearanceId))
  },

  async clearanceThings(ctx) {
    const organ = ownOrgan(ctx)
    const clearance = await seenClearance(ctx, ctx.input.clearanceId)
    const { outcome, after, limit } = ctx.input
    const rows = await thingsPage(ctx.tx, clearance.id, outcome, after, limit + 1)
    const page = pageFrom(rows, limit, ({ cardId }) => cardId)
    return { ...page, items: page.items.map((row) => thingShown(row, organ.id)) }
  },

  /** G5: what an organ holds that is merged, dissolved or moved is the authority's to see cleared away. */
  async callClearance(ctx) {
    const authority = ownOrgan(ctx)
    permit(can.runWarehouse(ctx.actor, authority))
    const { organId, triggeredOn, document, reason } = ctx.input
    const organ = found(await organById(ctx.tx, organId, triggeredOn), '机关')
    if (organ.jurisdictionCode !== authority.jurisdictionCode) throw new Missing('机关')
    const things = await cardsToClear(ctx.tx, organ.id)
    insist(
      allOf(
        provided(triggeredOn <= ctx.today, {
          code: 'future-date',
          message: '机构变动的日期不能晚于今天。',
          remedy: '请改为实际发生的日期。',
        }),
        provided(things.length > 0, {
          code: 'nothing-held',
          message: `${organ.name}的资产台账中没有待清理的资产。`,
          basis: law.warehouse,
        }),
        withoutMarks(document, reason),
      ),
    )
    const clearance = await openClearance(ctx, {
      organ,
      trigger: 'G5',
      triggeredOn,
      clockFrom: triggeredOn,
      bodyId: null,
      document,
      reason,
      things,
    })
    await tellOrganOf(
      ctx,
      clearance,
      `因机构变动（${document}），请于${clearance.dueOn}前清理${things.length}件资产（${clearance.number}）。`,
    )
    return view(ctx, clearance)
  },

  /** One act for many: the things are applied for together, on the ground and day of the clearance. */
  async handInThings(ctx) {
    const clearance = await lockedClearance(ctx, ctx.input.clearanceId)
    permit(can.keepThings(ctx.actor, clearance))
    const things = await chosenThings(ctx, clearance, ctx.input.cardIds)
    const cards = await lockedCards(
      ctx,
      things.map(({ cardId }) => cardId),
    )
    for (const card of cards) permit(can.applyIntake(ctx.actor, card))
    const { trigger, triggeredOn, reason } = clearance
    const given = { cardIds: cards.map(({ id }) => id), trigger, triggeredOn, bodyName: clearance.bodyName, reason }
    const intake = await begin(ctx, cards, given, 'holder')
    await tellWarehouse(
      ctx,
      intake,
      `${intake.organName}申请${intake.items}件资产入公物仓（${intake.number}，清理任务${clearance.number}），请审核。`,
    )
    return { intakeId: intake.id, number: intake.number, items: intake.items }
  },

  /** What the organ still needs it keeps and says why (AST-R23); the authority is told. */
  async keepThings(ctx) {
    const clearance = await lockedClearance(ctx, ctx.input.clearanceId)
    permit(can.keepThings(ctx.actor, clearance))
    const { reason } = ctx.input
    const things = await chosenThings(ctx, clearance, ctx.input.cardIds)
    for (const thing of things) permit(can.keepThings(ctx.actor, thing))
    insist(withoutMarks(reason))
    const cardIds = things.map(({ cardId }) => cardId)
    const body = clearance.bodyId === null ? undefined : await bodyById(ctx.tx, clearance.bodyId, true)
    const used = body ? await usedThings(ctx.tx, body.id, cardIds) : []
    if (body && used.length > 0) await takeBack(ctx, body, used, reason)
    const settled = await settleThings(ctx.tx, cardIds, { outcome: 'kept', reason, on: ctx.today })
    await record(ctx, 'warehouse.things-kept', {
      subject: { kind: 'warehouse.clearance', id: clearance.id },
      organId: clearance.organId,
      after: { reason, cards: things.map(({ number }) => number) },
    })
    await endIfClear(ctx, settled)
    await tellAuthorityOf(
      ctx,
      clearance,
      `${clearance.organName}清理任务${clearance.number}中${things.length}件资产留用：${reason}`,
    )
    return view(ctx, found(await clearanceById(ctx.tx, clearance.id), '清理任务'))
  },
}

/** Those of the things chosen that are still open; all of them must be. */
async function chosenThings(act: Act, clearance: ClearanceRow, cardIds: readonly string[]): Promise<ThingRow[]> {
  const things = await openThings(act.tx, clearance.id, cardIds)
  insist(
    provided(things.length === new Set(cardIds).size, {
      code: 'settled',
      message: `所选资产中有${new Set(cardIds).size - things.length}件不在待处理的清单中。`,
      basis: law.warehouse,
      remedy: '请刷新后重新选择。',
    }),
  )
  return things
}

async function seenClearance({ tx, actor }: Act, id: string, lock = false): Promise<ClearanceRow> {
  const clearance = found(await clearanceById(tx, id, lock), '清理任务')
  if (!maySeeMatter(actor, clearance)) throw new Missing('清理任务')
  return clearance
}

const lockedClearance = (act: Act, id: string) => seenClearance(act, id, true)

const shown = ({ organId: _, jurisdictionCode: __, ...row }: ClearanceRow) => row

const thingShown = (row: ThingRow, ownOrganId: string) => ({
  cardId: row.cardId,
  number: row.number,
  name: row.name,
  model: row.model,
  costFen: row.costFen,
  organName: row.organName,
  own: row.organId === ownOrganId,
  outcome: row.outcome,
  intakeId: row.intakeId,
  reason: row.reason,
  settledOn: row.settledOn,
})

async function view(act: Act, clearance: ClearanceRow) {
  const { trigger, triggeredOn, dueOn, open } = clearance
  const acts = allOf(
    can.keepThings(act.actor, clearance),
    provided(clearance.state === 'open', { code: 'cleared', message: '清理任务已经办结。' }),
  )
  const standards = await warehouseStandards(act, clearance.jurisdictionCode)
  return {
    clearance: shown(clearance),
    findings: [checkIntakeTerm(standards, { trigger, triggeredOn, dueOn, open, today: act.today })],
    may: { handIn: mayOf(acts), keep: mayOf(acts) },
  }
}
