import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { caseById, saveCase } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { assignUse, metCards } from '#modules/assets/offers.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { termEnd } from '#modules/standards/rules/terms.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { bodyKindLabels } from '../model/body.ts'
import { askingRoles, can, maySeeCatalogue, maySeeMatter } from '../policy.ts'
import { mayComeBy, mayEnd, mayRun, mayUse, stillRunning } from '../rules/body.ts'
import {
  bodiesPage,
  bodyById,
  bodyThingsPage,
  changeBodyRow,
  endUse,
  insertBody,
  insertBodyThings,
  usedThings,
  type BodyRow,
  type BodyThingRow,
} from '../store/body.ts'
import { settleThings } from '../store/clearance.ts'
import { changeRequest, loansOfBody } from '../store/request.ts'
import { insistCatalogue, ownOrgan, requestShown, warehouseStandards, withoutMarks, workCalendar } from './access.ts'
import { endIfClear, openClearance, tellAuthorityOf } from './clearing.ts'

type BodyActions = Pick<
  ActionsOf<typeof contract>,
  'bodies' | 'viewBody' | 'bodyThings' | 'registerBody' | 'changeBody' | 'assignThings' | 'takeOffThings' | 'endBody'
>

export const bodyActions: BodyActions = {
  /** Every office of the level knows which bodies there are; whose things they use it does not (second wall). */
  async bodies(ctx) {
    const organ = ownOrgan(ctx)
    insistCatalogue(ctx.actor, organ.jurisdictionCode)
    const { kind, state, after, limit } = ctx.input
    const filter = { jurisdictionCode: organ.jurisdictionCode, kind, state }
    const rows = await bodiesPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(bodyShown) }
  },

  async viewBody(ctx) {
    return bodyView(ctx, await seenBody(ctx, ctx.input.bodyId))
  },

  async bodyThings(ctx) {
    const organ = ownOrgan(ctx)
    const body = await seenBody(ctx, ctx.input.bodyId)
    const { after, limit } = ctx.input
    const rows = await bodyThingsPage(ctx.tx, body.id, after, limit + 1)
    const page = pageFrom(rows, limit, ({ cardId }) => cardId)
    return { ...page, items: page.items.map((row) => thingShown(row, organ.id)) }
  },

  async registerBody(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.leadBody(ctx.actor, { organId: organ.id }))
    const { kind, name, document, beginsOn, endsOn } = ctx.input
    insist(allOf(mayRun({ beginsOn, endsOn }), withoutMarks(name, document)))
    const id = newId()
    const row = {
      id,
      organId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      kind,
      name,
      document,
      beginsOn,
      endsOn,
    }
    if (!(await insertBody(ctx.tx, row)))
      throw new Conflict(
        '临时机构、大型会议活动',
        `本级已登记自${beginsOn}起的“${name}”。请在列表中打开，或核对名称和开始日期。`,
      )
    await recorded(ctx, row, 'warehouse.body-registered', { kind, name, document, beginsOn, endsOn })
    return bodyView(ctx, await seenBody(ctx, id))
  },

  async changeBody(ctx) {
    const body = await lockedBody(ctx, ctx.input.bodyId, ctx.input.version)
    permit(can.leadBody(ctx.actor, body))
    const { name, document, endsOn } = ctx.input
    insist(allOf(stillRunning(body), mayRun({ beginsOn: body.beginsOn, endsOn }), withoutMarks(name, document)))
    await changeBodyRow(ctx.tx, body, { name, document, endsOn })
    await record(ctx, 'warehouse.body-changed', {
      subject: { kind: 'warehouse.body', id: body.id },
      organId: body.organId,
      before: { name: body.name, document: body.document, endsOn: body.endsOn },
      after: { name, document, endsOn },
    })
    return bodyView(ctx, await seenBody(ctx, body.id))
  },

  /** The lead organ notes its own things, another organ of the level lends its own; the card tells who uses it (A12-2). */
  async assignThings(ctx) {
    const body = await lockedBody(ctx, ctx.input.bodyId)
    const { cardIds, way } = ctx.input
    const met = await metCards(ctx, cardIds)
    if (met.length !== new Set(cardIds).size) throw new Missing('资产卡片')
    for (const { card } of met) permit(can.keepThings(ctx.actor, card))
    insist(
      allOf(
        stillRunning(body),
        ...met.map(({ card }) => mayUse(card)),
        ...met.map(({ card }) => mayComeBy(way, card.organId === body.organId)),
        ...met.map(({ card, engagement }) =>
          provided(engagement === null, {
            code: 'engaged',
            message: `资产${card.number}正在办理其他事项，不能登记给临时机构、会议活动使用。`,
            remedy: '请先办结。',
          }),
        ),
      ),
    )
    await insertBodyThings(
      ctx.tx,
      met.map(({ card }) => ({
        bodyId: body.id,
        cardId: card.id,
        organId: card.organId,
        leadOrganId: body.organId,
        jurisdictionCode: body.jurisdictionCode,
        way,
        number: card.number,
        name: card.name,
        model: card.model,
        costFen: card.costFen,
        departmentBefore: card.department,
        assignedOn: ctx.today,
      })),
    )
    await assignUse(
      ctx,
      met.map(({ card }) => ({
        cardId: card.id,
        department: body.name,
        state: way === 'lent' ? ('lent' as const) : ('in-use' as const),
      })),
      { reason: `${bodyKindLabels[body.kind]}使用`, document: body.document, caseId: null },
    )
    await recorded(ctx, body, 'warehouse.things-assigned', { way, cards: met.map(({ card }) => card.number) })
    return bodyView(ctx, await seenBody(ctx, body.id))
  },

  /** The holder takes things back: a lender what it lent, the lead organ its own, with a reason that stays. */
  async takeOffThings(ctx) {
    const body = await lockedBody(ctx, ctx.input.bodyId)
    const { cardIds, reason } = ctx.input
    const things = await usedThings(ctx.tx, body.id, cardIds)
    if (things.length !== new Set(cardIds).size) throw new Missing('使用的资产')
    for (const thing of things) permit(can.keepThings(ctx.actor, thing))
    insist(withoutMarks(reason))
    await takeBack(ctx, body, things, reason)
    return bodyView(ctx, await seenBody(ctx, body.id))
  },

  /** The body is no more: what it uses is to be cleared away within the term, and its loans end with it (G3, G4; GWC-R03). */
  async endBody(ctx) {
    const body = await lockedBody(ctx, ctx.input.bodyId, ctx.input.version)
    permit(can.leadBody(ctx.actor, body))
    const { endedOn, document } = ctx.input
    insist(allOf(mayEnd(body, endedOn, ctx.today), withoutMarks(document)))
    const things = await usedThings(ctx.tx, body.id)
    const what = `${bodyKindLabels[body.kind]}“${body.name}”${body.kind === 'body' ? '撤销' : '结束'}`
    const clearance = await openClearance(ctx, {
      organ: { id: body.organId, jurisdictionCode: body.jurisdictionCode },
      trigger: body.kind === 'body' ? 'G3' : 'G4',
      triggeredOn: endedOn,
      clockFrom: endedOn,
      bodyId: body.id,
      document,
      reason: what,
      things,
    })
    const after = found(await bodyById(ctx.tx, body.id, true), '临时机构、大型会议活动')
    await changeBodyRow(ctx.tx, after, {
      endedOn,
      endDocument: document,
      dueOn: clearance.dueOn,
      clearanceId: clearance.id,
      ...(clearance.state === 'cleared' ? { clearedOn: ctx.today } : {}),
    })
    await endLoans(ctx, body, endedOn)
    await recorded(ctx, body, 'warehouse.body-ended', {
      endedOn,
      document,
      dueOn: clearance.dueOn,
      open: things.length,
    })
    if (things.length > 0)
      await tellAuthorityOf(ctx, clearance, `${what}，${things.length}件资产应于${clearance.dueOn}前清理完毕。`)
    for (const [organId, lent] of Map.groupBy(
      things.filter((thing) => thing.organId !== body.organId),
      (thing) => thing.organId,
    ))
      await notify(ctx, {
        organId,
        roles: askingRoles,
        link: bodyPage(body.id),
        text: `${what}，本机关借出的${lent.length}件资产请收回，并登记去向。`,
      })
    return bodyView(ctx, await seenBody(ctx, body.id))
  },
}

const bodyPage = (id: string) => `/warehouse/bodies/${id}`

/** The body or event that a loan is for: one that goes on, led by the organ that asks. */
export async function bodyToLendTo(act: Act, bodyId: string, organId: string): Promise<BodyRow> {
  const body = await seenBody(act, bodyId)
  insist(
    allOf(
      provided(body.organId === organId, {
        code: 'not-lead-organ',
        message: `“${body.name}”由${body.organName}牵头，借用由牵头机关申请。`,
        basis: law.warehouse,
      }),
      stillRunning(body),
    ),
  )
  return body
}

/** Ends the use of things by a body and says what became of them; cards tell their former department again. */
export async function takeBack(
  act: Act,
  body: Pick<BodyRow, 'id' | 'organId' | 'name' | 'document'>,
  things: readonly BodyThingRow[],
  reason: string,
): Promise<void> {
  const ids = things.map(({ cardId }) => cardId)
  const lent = things.filter(({ way }) => way === 'lent').map(({ cardId }) => cardId)
  const own = things.filter(({ way }) => way !== 'lent').map(({ cardId }) => cardId)
  await assignUse(
    act,
    things.map(({ cardId, departmentBefore, way }) => ({
      cardId,
      department: departmentBefore,
      ...(way === 'lent' ? { state: 'in-use' as const } : {}),
    })),
    { reason: `${body.name}使用后收回：${reason}`, document: body.document, caseId: null },
  )
  await endUse(act.tx, ids, act.today, reason)
  const on = act.today
  const settled = await beyondScope(
    act,
    'a lender takes back what a body of another organ used (Art. 23)',
    async () => [
      ...(await settleThings(act.tx, lent, { outcome: 'returned', reason, on })),
      ...(await settleThings(act.tx, own, { outcome: 'kept', reason, on })),
    ],
  )
  await recorded(act, body, 'warehouse.things-taken-off', { reason, cards: things.map(({ number }) => number) })
  await endIfClear(act, settled)
}

/** GWC-R06: loans for a body are back within the working days of `warehouse.event-return` after its end, or as agreed before. */
async function endLoans(act: Act, body: BodyRow, endedOn: string): Promise<void> {
  const standards = await warehouseStandards(act, body.jurisdictionCode)
  const limit = termEnd(
    figureFor(standards, 'warehouse.event-return', 'term').value,
    endedOn,
    await workCalendar(act),
    body.jurisdictionCode,
  )
  for (const loan of await loansOfBody(act.tx, body.id, true)) {
    if (loan.dueOn !== null && loan.dueOn <= limit) continue
    await changeRequest(act.tx, loan, { dueOn: limit })
    const row = found(await caseById(act.tx, loan.caseId, true), '办理事项')
    if (row.dueOn !== null) await saveCase(act.tx, { ...row, dueOn: limit })
    await record(act, 'warehouse.loan-shortened', {
      subject: { kind: 'warehouse.request', id: loan.id },
      organId: loan.organId,
      before: { dueOn: loan.dueOn },
      after: { dueOn: limit, reason: `${body.name}已于${endedOn}撤销、结束` },
    })
    await notify(act, {
      organId: loan.organId,
      roles: askingRoles,
      link: `/warehouse/requests/${loan.id}`,
      text: `“${body.name}”已撤销、结束，借用${loan.number}应于${limit}前归还。`,
    })
  }
}

async function seenBody({ tx, actor }: Act, id: string, lock = false): Promise<BodyRow> {
  const body = found(await bodyById(tx, id, lock), '临时机构、大型会议活动')
  if (!maySeeCatalogue(actor, body.jurisdictionCode)) throw new Missing('临时机构、大型会议活动')
  return body
}

async function lockedBody(act: Act, id: string, version?: number): Promise<BodyRow> {
  const body = await seenBody(act, id, true)
  if (version !== undefined && body.version !== version) throw new Conflict('临时机构、大型会议活动')
  return body
}

const recorded = (act: Act, body: { id: string; organId: string }, fact: string, after: unknown) =>
  record(act, fact, { subject: { kind: 'warehouse.body', id: body.id }, organId: body.organId, after })

const bodyShown = ({ organId: _, jurisdictionCode: __, clearanceId: ___, ...row }: BodyRow) => row

const thingShown = ({ organId, ...row }: BodyThingRow, ownOrganId: string) => ({
  cardId: row.cardId,
  number: row.number,
  name: row.name,
  model: row.model,
  costFen: row.costFen,
  organName: row.organName,
  own: organId === ownOrganId,
  way: row.way,
  assignedOn: row.assignedOn,
  takenOffOn: row.takenOffOn,
  reason: row.reason,
})

async function bodyView(act: Act, body: BodyRow) {
  const { actor } = act
  const organ = ownOrgan(act)
  const leading = can.leadBody(actor, body)
  const ofMatter = maySeeMatter(actor, body)
  return {
    body: bodyShown(body),
    clearanceId: ofMatter ? body.clearanceId : null,
    loans: ofMatter ? (await loansOfBody(act.tx, body.id)).map(requestShown) : [],
    leads: organ.id === body.organId,
    may: {
      change: mayOf(allOf(leading, stillRunning(body))),
      assign: mayOf(allOf(can.keepThings(actor, { organId: organ.id }), stillRunning(body))),
      takeOff: mayOf(can.keepThings(actor, { organId: organ.id })),
      end: mayOf(allOf(leading, stillRunning(body))),
    },
  }
}
