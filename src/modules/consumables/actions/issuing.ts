import { officeRoles, keeperRoles, type Role } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { caseById, saveCase } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { issueCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { IssueLine } from '../model.ts'
import { can, listScope, maySeeStock } from '../policy.ts'
import { fellBelow, issued, mayIssue, mayTakeBack, takenBack } from '../rules/stock.ts'
import {
  answerIssue,
  insertIssue,
  issueById,
  issueLines,
  issuesPage,
  returnLines,
  type IssueRow,
} from '../store/issue.ts'
import { lockItems, moveStock, type ItemRow } from '../store/stock.ts'
import { checkSecrecy, idCursor, ownOrgan, subjectOf } from './access.ts'

type IssueActions = Pick<
  ActionsOf<typeof contract>,
  'receivers' | 'issues' | 'viewIssue' | 'issueItems' | 'acceptIssue' | 'declineIssue' | 'withdrawIssue' | 'takeBack'
>

const receiving: readonly Role[] = [...officeRoles, 'staff', 'driver']

export const issueActions: IssueActions = {
  async receivers(ctx) {
    const organ = ownOrgan(ctx)
    const people = await peopleWithRoles(ctx.tx, { organId: organ.id, roles: receiving }, ctx.today)
    return { items: people.map(({ id, name }) => ({ id, name })) }
  },

  /** The organ's, the level's, or for those without office what they took themselves. */
  async issues(ctx) {
    const { state, after, limit } = ctx.input
    const { organ, personId } = ctx.actor
    const scope = listScope(ctx.actor)
    if (organ === null || personId === null) return { items: [], next: null, total: 0 }
    const filter = {
      jurisdictionCode: organ.jurisdictionCode,
      organId: scope?.organId ?? null,
      personId: scope ? null : personId,
      state,
    }
    const rows = await issuesPage(ctx.tx, filter, idCursor(after), limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewIssue(ctx) {
    return view(ctx, await seenIssue(ctx, ctx.input.issueId))
  },

  /** Leaves the stock at once, so that nobody promises it twice; declined or withdrawn it comes back as it went. */
  async issueItems(ctx) {
    const { toPersonId, place, purpose, lines } = ctx.input
    const organ = ownOrgan(ctx)
    permit(can.issue(ctx.actor, subjectOf(organ)))
    const wanted = new Map(lines.map(({ itemId, quantity }) => [itemId, quantity]))
    if (wanted.size !== lines.length)
      throw new BadInput([{ pointer: '/lines', message: '同一种物品填写了两次。请合并为一行。' }])
    const items = await lockItems(ctx.tx, [...wanted.keys()])
    if (items.length !== wanted.size || items.some(({ organId }) => organId !== organ.id)) throw new Missing('物品')
    const people = await peopleWithRoles(ctx.tx, { organId: organ.id, roles: receiving }, ctx.today)
    const receiver = people.find(({ id }) => id === toPersonId)
    insist(
      allOf(
        checkSecrecy(place, purpose),
        provided(receiver !== undefined, {
          code: 'no-receiver',
          message: '领用人不是本机关在岗人员。',
          remedy: '请重新选择领用人。',
        }),
        ...items.map((item) => mayIssue(item, wanted.get(item.id) ?? 0)),
      ),
    )
    const id = newId()
    const year = ctx.today.slice(0, 4)
    const number = `LY-${year}-${String(await nextNumber(ctx.tx, `LY-${organ.id}-${year}`)).padStart(4, '0')}`
    const toName = receiver?.name ?? ''
    const opened = await openCase(ctx, issueCase, {
      subjectId: id,
      title: `领用 ${number}（${items.length}种物品，领用人${toName}）`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
    })
    await assignTo(ctx, opened.id, { id: toPersonId, name: toName })
    const moved = items.map((item) => ({ item, ...issued(item, wanted.get(item.id) ?? 0) }))
    await insertIssue(
      ctx.tx,
      {
        id,
        ...subjectOf(organ),
        number,
        toPersonId,
        toName,
        place,
        purpose,
        offeredOn: ctx.today,
        offeredBy: ctx.actor.personId,
        offeredByName: ctx.actor.name,
        caseId: opened.id,
      },
      moved.map(({ item, quantity, valueFen }) => ({ itemId: item.id, quantity: -quantity, amountFen: -valueFen })),
    )
    await moveStock(
      ctx.tx,
      moved.map(({ item, quantity, valueFen }) => ({
        item,
        kind: 'issue' as const,
        quantity,
        amountFen: valueFen,
        happenedOn: ctx.today,
        reason: `${toName}领用：${purpose}`,
        document: number,
        issueId: id,
      })),
      { personId: ctx.actor.personId, name: ctx.actor.name, at: ctx.now },
    )
    await record(ctx, 'consumables.issue-offered', {
      subject: { kind: 'consumables.issue', id },
      organId: organ.id,
      after: { number, toName, place, purpose, lines: lines.length },
    })
    await notify(ctx, {
      organId: organ.id,
      roles: receiving,
      personId: toPersonId,
      link: `/consumables/issues/${id}`,
      text: `${ctx.actor.name}为您办理了领用（${number}），请核对后签收。`,
    })
    await tellOfLow(ctx, moved)
    return view(ctx, await seenIssue(ctx, id))
  },

  async acceptIssue(ctx) {
    const row = await lockedIssue(ctx)
    permit(can.answer(ctx.actor, row))
    await moveCase(ctx, issueCase, row.caseId, 'accept', {})
    return answered(ctx, row, 'accepted', '')
  },

  async declineIssue(ctx) {
    const row = await lockedIssue(ctx)
    permit(can.answer(ctx.actor, row))
    await moveCase(ctx, issueCase, row.caseId, 'decline', { opinion: ctx.input.opinion })
    await allBack(ctx, row, `${row.toName}退回：${ctx.input.opinion}`)
    return answered(ctx, row, 'declined', ctx.input.opinion)
  },

  async withdrawIssue(ctx) {
    const row = await lockedIssue(ctx)
    permit(can.issue(ctx.actor, row))
    await moveCase(ctx, issueCase, row.caseId, 'withdraw', {})
    await allBack(ctx, row, '撤回领用')
    return answered(ctx, row, 'withdrawn', '')
  },

  async takeBack(ctx) {
    const row = await lockedIssue(ctx)
    permit(can.issue(ctx.actor, row))
    const wanted = new Map(ctx.input.lines.map(({ itemId, quantity }) => [itemId, quantity]))
    if (wanted.size !== ctx.input.lines.length)
      throw new BadInput([{ pointer: '/lines', message: '同一种物品填写了两次。请合并为一行。' }])
    const lines = (await issueLines(ctx.tx, row.id)).filter(({ itemId }) => wanted.has(itemId))
    if (lines.length !== wanted.size) throw new Missing('领用的物品')
    insist(
      allOf(
        checkSecrecy(ctx.input.reason),
        signed(row),
        ...lines.map((line) => mayTakeBack(line, wanted.get(line.itemId) ?? 0)),
      ),
    )
    await bringBack(
      ctx,
      row,
      lines.map((line) => ({ line, pieces: wanted.get(line.itemId) ?? 0 })),
      ctx.input.reason,
    )
    await record(ctx, 'consumables.issue-taken-back', {
      subject: { kind: 'consumables.issue', id: row.id },
      organId: row.organId,
      after: {
        reason: ctx.input.reason,
        lines: lines.map(({ number, itemId }) => ({ number, quantity: wanted.get(itemId) })),
      },
    })
    return view(ctx, await seenIssue(ctx, row.id))
  },
}

/** Everything of an issue comes back into the stock as it went out. */
async function allBack(act: Act, row: IssueRow, reason: string): Promise<void> {
  insist(checkSecrecy(reason))
  const lines = await issueLines(act.tx, row.id)
  await bringBack(
    act,
    row,
    lines.map((line) => ({ line, pieces: line.quantity - line.returned })),
    reason,
  )
}

async function bringBack(
  act: Act,
  row: IssueRow,
  backs: readonly { line: IssueLine; pieces: number }[],
  reason: string,
): Promise<void> {
  const items = new Map(
    (
      await lockItems(
        act.tx,
        backs.map(({ line }) => line.itemId),
      )
    ).map((item) => [item.id, item]),
  )
  const moved = backs.map(({ line, pieces }) => ({
    item: found(items.get(line.itemId), '物品'),
    ...takenBack(line, pieces),
  }))
  await returnLines(
    act.tx,
    row,
    moved.map(({ item, quantity, valueFen }) => ({ itemId: item.id, quantity, amountFen: valueFen })),
  )
  await moveStock(
    act.tx,
    moved.map(({ item, quantity, valueFen }) => ({
      item,
      kind: 'return' as const,
      quantity,
      amountFen: valueFen,
      happenedOn: act.today,
      reason,
      document: row.number,
      issueId: row.id,
    })),
    { personId: act.actor.personId, name: act.actor.name, at: act.now },
  )
}

async function answered(act: Act, row: IssueRow, state: 'accepted' | 'declined' | 'withdrawn', answer: string) {
  const locked = found(await issueById(act.tx, row.id), '领用')
  await answerIssue(act.tx, locked, { state, on: act.today, answer })
  await record(act, `consumables.issue-${state}`, {
    subject: { kind: 'consumables.issue', id: row.id },
    organId: row.organId,
    before: { state: row.state },
    after: { state, answer },
  })
  if (state === 'declined')
    await notify(act, {
      organId: row.organId,
      roles: keeperRoles,
      link: `/consumables/issues/${row.id}`,
      text: `领用${row.number}被${row.toName}退回：${answer}，物品已退回库存。`,
    })
  return view(act, await seenIssue(act, row.id))
}

/** Keepers are told of every item that has just fallen below its minimum. */
async function tellOfLow(act: Act, moved: readonly { item: ItemRow; quantity: number }[]): Promise<void> {
  for (const { item, quantity } of moved)
    if (fellBelow(item.minimum, item.quantity, item.quantity + quantity))
      await notify(act, {
        organId: item.organId,
        roles: keeperRoles,
        link: `/consumables/items/${item.id}`,
        text: `“${item.name}${item.spec ? ` ${item.spec}` : ''}”库存${item.quantity + quantity}${item.unit}，低于下限${item.minimum}${item.unit}，请及时补充。`,
      })
}

/** In the receiver's inbox alone. */
async function assignTo({ tx }: Act, caseId: string, person: { id: string; name: string }): Promise<void> {
  const row = found(await caseById(tx, caseId, true), '办理事项')
  await saveCase(tx, { ...row, assignedPersonId: person.id, assignedPersonName: person.name })
}

async function seenIssue({ tx, actor }: Act, id: string, lock = false): Promise<IssueRow> {
  const row = found(await issueById(tx, id, lock), '领用')
  const mine = actor.personId === row.toPersonId && actor.organ?.id === row.organId
  if (!mine && !maySeeStock(actor, row)) throw new Missing('领用')
  return row
}

async function lockedIssue(ctx: Act & { input: { issueId: string; version: number } }): Promise<IssueRow> {
  const row = await seenIssue(ctx, ctx.input.issueId, true)
  if (row.version !== ctx.input.version) throw new Conflict('领用')
  return row
}

const shown = ({ jurisdictionCode: _, ...row }: IssueRow) => row

const signed = ({ state }: IssueRow): Verdict =>
  provided(state === 'accepted', {
    code: 'not-signed',
    message: '领用签收后才能办理退库。',
    remedy: '未签收的请撤回。',
  })

async function view(act: Act, row: IssueRow) {
  const open = provided(row.state === 'offered', { code: 'issue-closed', message: '领用已经办结。' })
  const lines = await issueLines(act.tx, row.id)
  const out = provided(
    lines.some(({ quantity, returned }) => returned < quantity),
    { code: 'nothing-out', message: '领用的物品已全部退回。' },
  )
  return {
    issue: shown(row),
    lines,
    may: {
      accept: mayOf(allOf(open, can.answer(act.actor, row))),
      decline: mayOf(allOf(open, can.answer(act.actor, row))),
      withdraw: mayOf(allOf(open, can.issue(act.actor, row))),
      takeBack: mayOf(allOf(signed(row), out, can.issue(act.actor, row))),
    },
  }
}
