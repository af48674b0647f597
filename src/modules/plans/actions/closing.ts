import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { closeYear, openInYear, samePosition, yearPosition } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import { closingCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { closingStateLabels } from '../model/closing.ts'
import { can, maySeeLevel } from '../policy.ts'
import { mayClose } from '../rules/cycle.ts'
import { askForClosing, closingOf, decideClosing, type ClosingRow } from '../store/closing.ts'
import { cycleById, lockCycle, moveCycle, type CycleRow } from '../store/cycle.ts'
import { adjustmentCounts } from '../store/overview.ts'
import { asCycle, seenCycle } from './cycle.ts'

type ClosingActions = Pick<
  ActionsOf<typeof contract>,
  'viewClosing' | 'openCommitments' | 'askClosing' | 'consentClosing' | 'returnClosing'
>

export const closingActions: ClosingActions = {
  async viewClosing(ctx) {
    return view(ctx, await seenCycle(ctx, ctx.input.cycleId))
  },

  async openCommitments(ctx) {
    const { cycleId, after, limit } = ctx.input
    const rows = await openInYear(ctx, await seenCycle(ctx, cycleId), after, limit + 1)
    const page = pageFrom(rows, limit)
    const names = await organNames(ctx.tx, [...new Set(page.items.map(({ holderOrganId }) => holderOrganId))])
    return {
      ...page,
      items: page.items.map(
        ({ id, lineId, lineNumber, itemName, holderOrganId, title, openFen, committedOn, carriedOn, owner }) => ({
          id,
          lineId,
          lineNumber,
          itemName,
          organName: names.get(holderOrganId) ?? '',
          title,
          openFen,
          committedOn,
          carriedOn,
          owner,
        }),
      ),
    }
  },

  /** With the ledger's figures as they stand: finance consents to these and no others. */
  async askClosing(ctx) {
    const { carryReason } = ctx.input
    const cycle = await lockedCycle(ctx)
    permit(can.changeCycle(ctx.actor, cycle))
    const figures = await yearPosition(ctx.tx, cycle)
    const before = await closingOf(ctx.tx, cycle.id, true)
    insist(
      allOf(
        mayClose(cycle, { ...(await openOf(ctx, cycle)), openCount: figures.openCount, carryReason }, ctx.today),
        notAsked(before),
      ),
    )
    const caseId = before?.caseId ?? (await opened(ctx, cycle))
    await moveCase(ctx, closingCase, caseId, 'ask', { opinion: carryReason })
    const asked = {
      cycleId: cycle.id,
      jurisdictionCode: cycle.jurisdictionCode,
      year: cycle.year,
      state: 'asked' as const,
      ...figures,
      // Nothing is carried over where nothing is held.
      carryReason: figures.openCount === 0 ? '' : carryReason,
      document: null,
      opinion: null,
      askedOn: ctx.today,
      askedByName: ctx.actor.name,
      decidedOn: null,
      decidedByName: null,
      caseId,
    }
    await askForClosing(ctx.tx, asked)
    await record(ctx, 'plans.closing-asked', { ...subjectOf(cycle), after: { ...figures, carryReason } })
    return view(ctx, cycle)
  },

  /** From now on the ledger of the year stands as it is; what was carried over may still be paid. */
  async consentClosing(ctx) {
    const { document } = ctx.input
    const { cycle, closing } = await lockedClosing(ctx)
    permit(can.consentClosing(ctx.actor, cycle))
    insist(allOf(isAsked(closing), mayClose(cycle, { ...(await openOf(ctx, cycle)), ...closing }, ctx.today)))
    await moveCase(ctx, closingCase, closing.caseId, 'consent', { opinion: document })
    const position = await closeYear(ctx, cycle, closing)
    await decideClosing(ctx.tx, closing, {
      state: 'closed',
      document,
      opinion: null,
      decidedOn: ctx.today,
      decidedByName: ctx.actor.name,
    })
    await moveCycle(ctx.tx, cycle, 'closed')
    await record(ctx, 'plans.cycle-closed', {
      ...subjectOf(cycle),
      before: { state: cycle.state },
      after: { state: 'closed', document, ...position },
    })
    return view(ctx, found(await cycleById(ctx.tx, cycle.id), '年度周期'))
  },

  async returnClosing(ctx) {
    const { opinion } = ctx.input
    const { cycle, closing } = await lockedClosing(ctx)
    permit(can.consentClosing(ctx.actor, cycle))
    insist(isAsked(closing))
    await moveCase(ctx, closingCase, closing.caseId, 'giveBack', { opinion })
    await decideClosing(ctx.tx, closing, {
      state: 'returned',
      document: null,
      opinion,
      decidedOn: ctx.today,
      decidedByName: ctx.actor.name,
    })
    await record(ctx, 'plans.closing-returned', { ...subjectOf(cycle), after: { opinion } })
    return view(ctx, cycle)
  },
}

const subjectOf = ({ id }: Pick<CycleRow, 'id'>) => ({ subject: { kind: 'plans.cycle', id } })

/** The cycle first, then its closing: the order in which every step locks. */
async function lockedCycle(act: Act & { input: { cycleId: string } }): Promise<CycleRow> {
  const cycle = found(await lockCycle(act.tx, act.input.cycleId), '年度周期')
  if (!maySeeLevel(act.actor, cycle)) throw new Missing('年度周期')
  return cycle
}

async function lockedClosing(act: Act & { input: { cycleId: string; version: number } }) {
  const cycle = await lockedCycle(act)
  const closing = await closingOf(act.tx, cycle.id, true)
  if (!closing) {
    permit(can.consentClosing(act.actor, cycle))
    throw new Missing('年度结束')
  }
  if (closing.version !== act.input.version) throw new Conflict('年度结束')
  return { cycle, closing }
}

async function opened(act: Act, cycle: CycleRow): Promise<string> {
  const { id } = await openCase(act, closingCase, {
    subjectId: cycle.id,
    title: `${cycle.year}年度结束`,
    applicantOrganId: found(act.actor.organ, '所代表的机关').id,
    jurisdictionCode: cycle.jurisdictionCode,
  })
  return id
}

async function openOf({ tx }: Act, { jurisdictionCode, year }: CycleRow): Promise<{ openAdjustments: number }> {
  return { openAdjustments: (await adjustmentCounts(tx, jurisdictionCode, year)).open }
}

const notAsked = (closing: ClosingRow | undefined): Verdict =>
  provided(closing === undefined || closing.state === 'returned', {
    code: 'asked-already',
    message: `年度结束${closing ? closingStateLabels[closing.state] : ''}，不能重复提请。`,
  })

const isAsked = ({ state }: Pick<ClosingRow, 'state'>): Verdict =>
  provided(state === 'asked', { code: 'state', message: `年度结束处于“${closingStateLabels[state]}”。` })

async function view(act: Act, cycle: CycleRow) {
  const { actor, tx, today } = act
  const figures = await yearPosition(tx, cycle)
  const closing = await closingOf(tx, cycle.id)
  const { openAdjustments } = await openOf(act, cycle)
  const moved = closing?.state === 'asked' && !samePosition(figures, closing)
  const consent = allOf(
    can.consentClosing(actor, cycle),
    closing
      ? isAsked(closing)
      : provided(false, { code: 'not-asked', message: '机关事务管理部门还没有提请年度结束。', basis: law.budgetYear }),
  )
  return {
    cycle: await asCycle(act, cycle),
    figures,
    closing: closing ? withoutPlace(closing) : null,
    moved,
    openAdjustments,
    may: {
      // The reason is asked for with the act.
      ask: mayOf(
        allOf(
          can.changeCycle(actor, cycle),
          mayClose(cycle, { openAdjustments, openCount: figures.openCount, carryReason: '—' }, today),
          notAsked(closing),
        ),
      ),
      consent: mayOf(
        allOf(
          consent,
          provided(!moved, {
            code: 'ledger-moved',
            message: '提请之后台账有变动，不能按原数字同意。',
            remedy: '请退回，由机关事务管理部门核对后重新提请。',
          }),
        ),
      ),
      giveBack: mayOf(consent),
    },
  }
}

function withoutPlace({ jurisdictionCode: _, ...closing }: ClosingRow) {
  return closing
}
