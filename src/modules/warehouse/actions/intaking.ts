import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { mayMoveNow, moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber, nextNumbers } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { engage, lockedCards, release, setCardState, type CardRow } from '#modules/assets/offers.ts'
import { intakeCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { IntakeState, Trigger } from '../model.ts'
import { can, readsOwnLevel } from '../policy.ts'
import { checkIntakeTerm, intakeDue, mayBegin, mayReceive, mayTakeIn, stateAfter } from '../rules/intake.ts'
import { changeIntake, insertIntake, intakeById, intakesPage, type IntakeRow } from '../store/intake.ts'
import { changeItems, insertItems, itemsOfIntake, numberItems } from '../store/item.ts'
import { itemOf, mayComeIn } from './arriving.ts'
import { givenBack, takenIn, takenUp } from './clearing.ts'
import {
  itemShown,
  lockedIntake,
  ownOrgan,
  seenIntake,
  warehouseStandards,
  withoutMarks,
  workCalendar,
} from './access.ts'
import { tellHolder, tellWarehouse } from './telling.ts'

type IntakeActions = Pick<
  ActionsOf<typeof contract>,
  | 'intakes'
  | 'viewIntake'
  | 'applyIntake'
  | 'callIntake'
  | 'handIn'
  | 'objectIntake'
  | 'approveIntake'
  | 'sendBackIntake'
  | 'resubmitIntake'
  | 'refuseIntake'
  | 'withdrawIntake'
  | 'receiveIntake'
>

type Begun = {
  cardIds: string[]
  trigger: Trigger
  triggeredOn: string
  bodyName: string
  reason: string
}

export const intakeActions: IntakeActions = {
  /** The organ's own, or the level's for who reads it. */
  async intakes(ctx) {
    const organ = ownOrgan(ctx)
    const { state, trigger, after, limit } = ctx.input
    const filter = {
      jurisdictionCode: organ.jurisdictionCode,
      organId: readsOwnLevel(ctx.actor) ? null : organ.id,
      state,
      trigger,
    }
    const rows = await intakesPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewIntake(ctx) {
    return view(ctx, await seenIntake(ctx, ctx.input.intakeId))
  },

  async applyIntake(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.applyIntake(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }))
    const cards = await lockedCards(ctx, ctx.input.cardIds)
    for (const card of cards) permit(can.applyIntake(ctx.actor, card))
    const intake = await begin(ctx, cards, ctx.input, 'holder')
    await tellWarehouse(
      ctx,
      intake,
      `${intake.organName}申请${intake.items}件资产入公物仓（${intake.number}），请审核。`,
    )
    return view(ctx, intake)
  },

  /** The authority calls for what is over standard, out of use, or left by a body that ended (G2 to G6). */
  async callIntake(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.runWarehouse(ctx.actor, organ))
    const cards = await lockedCards(ctx, ctx.input.cardIds)
    for (const card of cards) permit(can.runWarehouse(ctx.actor, card))
    const opened = await begin(ctx, cards, ctx.input, 'authority')
    await moveCase(ctx, intakeCase, opened.caseId, 'call', {
      opinion: opened.reason,
      ...(opened.dueOn === null ? {} : { dueOn: opened.dueOn }),
    })
    const intake = await changeIntake(ctx.tx, opened, { state: 'called' })
    await tellHolder(
      ctx,
      intake,
      `请移交${intake.items}件资产入公物仓（${intake.number}）${intake.dueOn === null ? '' : `，${intake.dueOn}前办理`}。`,
    )
    return view(ctx, intake)
  },

  handIn: (ctx) => moved(ctx, 'handIn', 'appraising', 'holder', null),
  objectIntake: (ctx) => moved(ctx, 'object', 'applied', 'holder', ctx.input.opinion),
  approveIntake: (ctx) => moved(ctx, 'approve', 'appraising', 'warehouse', ctx.input.opinion ?? null),
  sendBackIntake: (ctx) => moved(ctx, 'sendBack', 'returned', 'warehouse', ctx.input.opinion),
  refuseIntake: (ctx) => moved(ctx, 'refuse', 'refused', 'warehouse', ctx.input.opinion),
  withdrawIntake: (ctx) => moved(ctx, 'withdraw', 'withdrawn', 'holder', null),

  async resubmitIntake(ctx) {
    insist(withoutMarks(ctx.input.reason))
    return moved(ctx, 'resubmit', 'applied', 'holder', null, { reason: ctx.input.reason })
  },

  /** GWC-R04: with card, photo, appraisal and both signatures the things are taken in; holder and book stay as they are. */
  async receiveIntake(ctx) {
    const { handedByName, receiverName } = ctx.input
    const intake = await lockedIntake(ctx)
    permit(can.runWarehouse(ctx.actor, intake))
    const items = await itemsOfIntake(ctx.tx, intake.id, true)
    insist(
      allOf(
        mayReceive(
          items.map((item) => ({
            label: item.name,
            hasCard: item.cardId !== null,
            hasPhoto: item.photoSha256 !== null,
            grade: item.grade,
            storeId: item.storeId,
          })),
          ctx.input,
        ),
        withoutMarks(handedByName, receiverName),
      ),
    )
    await moveCase(ctx, intakeCase, intake.caseId, 'receive', {})
    const first = await nextNumbers(ctx.tx, `GWC-${intake.jurisdictionCode}`, items.length)
    await numberItems(ctx.tx, new Map(items.map(({ id }, at) => [id, `G-${String(first + at).padStart(4, '0')}`])))
    const step = {
      effectiveOn: ctx.today,
      reason: `入公物仓 ${intake.number}`,
      document: intake.number,
      caseId: intake.caseId,
    }
    for (const [state, of] of Map.groupBy(items, ({ grade }) => stateAfter(grade ?? 'D'))) {
      await changeItems(
        ctx.tx,
        of.map(({ id }) => id),
        { state, takenOn: ctx.today, ...(state === 'disposal' ? { leftOn: ctx.today } : {}) },
      )
      const cardIds = of.map(({ cardId }) => cardId)
      // What is beyond repair waits for disposal, which takes the card over.
      if (state === 'disposal') await release(ctx, cardIds)
      await setCardState(ctx, cardIds, state === 'disposal' ? 'disposal-pending' : 'in-warehouse', step)
    }
    const received = await changeIntake(ctx.tx, intake, {
      state: 'received',
      receivedOn: ctx.today,
      handedByName,
      receiverName,
    })
    await takenIn(
      ctx,
      received,
      items.map(({ cardId }) => cardId),
    )
    await recorded(ctx, received, 'warehouse.intake-received', { handedByName, receiverName, items: items.length })
    await tellHolder(ctx, received, `${items.length}件资产已验收入公物仓（${intake.number}）。`)
    return view(ctx, received)
  },
}

/** Opens an intake of cards that this act has locked, all of one organ. */
export async function begin(
  act: Act,
  cards: readonly CardRow[],
  given: Begun,
  by: 'holder' | 'authority',
): Promise<IntakeRow> {
  const [first] = cards
  const organ = { organId: first?.organId ?? '', jurisdictionCode: first?.jurisdictionCode ?? '' }
  const standards = await warehouseStandards(act, organ.jurisdictionCode)
  insist(
    allOf(
      mayBegin(given.trigger, by),
      provided(given.triggeredOn <= act.today, {
        code: 'future-date',
        message: '情形发生的日期不能晚于今天。',
        remedy: '请改为实际发生的日期。',
      }),
      provided(
        cards.every(({ organId }) => organId === organ.organId),
        { code: 'one-organ', message: '一份申请只能包含一个机关的资产。', remedy: '请按机关分别办理。' },
      ),
      ...cards.map(mayTakeIn),
      ...cards.map(mayComeIn),
      withoutMarks(given.reason, given.bodyName),
    ),
  )
  const id = newId()
  const year = act.today.slice(0, 4)
  const number = `RC-${year}-${String(await nextNumber(act.tx, `RC-${organ.organId}-${year}`)).padStart(4, '0')}`
  const dueOn = intakeDue(standards, given.trigger, given.triggeredOn, await workCalendar(act))
  const opened = await openCase(act, intakeCase, {
    subjectId: id,
    title: `入公物仓 ${number}（${cards.length}件）`,
    applicantOrganId: organ.organId,
    jurisdictionCode: organ.jurisdictionCode,
    ...(dueOn === null ? {} : { dueOn }),
  })
  const { trigger, triggeredOn, bodyName, reason } = given
  await insertIntake(act.tx, {
    id,
    ...organ,
    number,
    trigger,
    triggeredOn,
    dueOn,
    bodyName,
    reason,
    called: by === 'authority',
    state: 'applied',
    caseId: opened.id,
    appliedOn: act.today,
  })
  await insertItems(
    act.tx,
    cards.map((card) => itemOf(card, id, standards)),
  )
  await engage(
    act,
    cards.map((card) => card.id),
    'intake',
    id,
    `/warehouse/intakes/${id}`,
  )
  await takenUp(
    act,
    cards.map((card) => card.id),
    id,
  )
  const intake = found(await intakeById(act.tx, id), '入仓申请')
  await recorded(act, intake, by === 'holder' ? 'warehouse.intake-applied' : 'warehouse.intake-called', {
    number,
    trigger,
    triggeredOn,
    dueOn,
    bodyName,
    reason,
    cards: cards.map((card) => card.number),
  })
  return intake
}

type Step = Act & { input: { intakeId: string; version: number } }

const factOf = {
  handIn: 'warehouse.intake-handed-in',
  object: 'warehouse.intake-objected',
  approve: 'warehouse.intake-approved',
  sendBack: 'warehouse.intake-returned',
  refuse: 'warehouse.intake-refused',
  withdraw: 'warehouse.intake-withdrawn',
  resubmit: 'warehouse.intake-resubmitted',
} as const

async function moved(
  ctx: Step,
  transition: keyof typeof factOf,
  state: IntakeState,
  by: 'holder' | 'warehouse',
  opinion: string | null,
  changes: { reason?: string } = {},
) {
  const intake = await lockedIntake(ctx)
  permit(by === 'holder' ? can.applyIntake(ctx.actor, intake) : can.runWarehouse(ctx.actor, intake))
  insist(withoutMarks(opinion ?? ''))
  await moveCase(ctx, intakeCase, intake.caseId, transition, { opinion })
  if (state === 'refused' || state === 'withdrawn') await giveBack(ctx, intake)
  const next = await changeIntake(ctx.tx, intake, { state, ...changes })
  await recorded(ctx, next, factOf[transition], { state, opinion })
  if (by === 'holder')
    await tellWarehouse(ctx, next, `入公物仓${next.number}：${intakeCase.transitions[transition].label}。`)
  else
    await tellHolder(
      ctx,
      next,
      `入公物仓${next.number}：${intakeCase.transitions[transition].label}${opinion ? `（${opinion}）` : ''}。`,
    )
  return view(ctx, next)
}

/** The cards are their organ's to dispose of again. */
async function giveBack(act: Act, intake: IntakeRow): Promise<void> {
  const items = await itemsOfIntake(act.tx, intake.id, true)
  await changeItems(
    act.tx,
    items.map(({ id }) => id),
    { state: 'not-taken' },
  )
  await release(
    act,
    items.map(({ cardId }) => cardId),
  )
  await givenBack(act, intake.id)
}

const recorded = (act: Act, intake: IntakeRow, fact: string, after: unknown) =>
  record(act, fact, { subject: { kind: 'warehouse.intake', id: intake.id }, organId: intake.organId, after })

const shown = ({ organId: _, jurisdictionCode: __, ...row }: IntakeRow) => row

async function view(act: Act, intake: IntakeRow) {
  const { actor, today } = act
  const items = await itemsOfIntake(act.tx, intake.id)
  const row = found(await caseById(act.tx, intake.caseId, false), '办理事项')
  const may = (transition: keyof typeof intakeCase.transitions) => mayOf(mayMoveNow(act, intakeCase, row, transition))
  const open = intake.state !== 'received' && intake.state !== 'refused' && intake.state !== 'withdrawn'
  const findings =
    intake.dueOn === null
      ? []
      : [
          checkIntakeTerm(await warehouseStandards(act, intake.jurisdictionCode), {
            trigger: intake.trigger,
            triggeredOn: intake.triggeredOn,
            dueOn: intake.dueOn,
            open: open ? intake.items : 0,
            today,
          }),
        ]
  return {
    intake: shown(intake),
    items: items.map((item) => ({ ...itemShown(item, today), cardId: item.cardId })),
    findings,
    may: {
      handIn: may('handIn'),
      object: may('object'),
      approve: may('approve'),
      sendBack: may('sendBack'),
      resubmit: may('resubmit'),
      refuse: may('refuse'),
      withdraw: may('withdraw'),
      receive: mayOf(allOf(mayMoveNow(act, intakeCase, row, 'receive'), can.runWarehouse(actor, intake))),
    },
  }
}
