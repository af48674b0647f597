import { daysLeft, statutoryDeadline } from '#kernel/pure/deadline.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import {
  allOf,
  inState as stands,
  mayOf,
  provided,
  verdictOf,
  type Finding,
  type Verdict,
} from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import type { Decided } from '#kernel/server/decisions.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { durationOf } from '#modules/duties/reference/terms.ts'
import { organNames } from '#modules/organs/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { adjustmentCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { adjustmentStateLabels, type AdjustmentChange, type AdjustmentState } from '../model.ts'
import { can, maySeeLevel, maySeeOfOrgan } from '../policy.ts'
import { checkAdjustment, needsFinance } from '../rules/adjustment.ts'
import { indexStandards } from '../rules/facts.ts'
import { issueFilingDocument } from '../documents/filing.ts'
import {
  adjustmentById,
  adjustmentsPage,
  insertAdjustment,
  lockAdjustment,
  saveAdjustment,
  type AdjustmentRow,
} from '../store/adjustment.ts'
import { decideFiling } from './adjustment-filing.ts'
import { changeLedger, linesToChange, postToLedger } from './adjustment-ledger.ts'
import { ownJurisdiction } from './cycle.ts'
import { caseOf, expectVersion } from './demand.ts'

type Operation =
  | 'adjustments'
  | 'viewAdjustment'
  | 'checkAdjustment'
  | 'makeAdjustment'
  | 'changeAdjustment'
  | 'fileAdjustment'
  | 'receiveAdjustment'
  | 'returnAdjustment'
  | 'objectToAdjustment'
  | 'approveAdjustment'
  | 'refuseAdjustment'
  | 'withdrawAdjustment'

type Content = Pick<AdjustmentRow, 'type' | 'cause' | 'basisDocument' | 'adjustedOn' | 'fundSource' | 'changes'>

export const adjustmentActions: Pick<ActionsOf<typeof contract>, Operation> = {
  async adjustments(ctx) {
    const { after, limit, ...asked } = ctx.input
    const jurisdictionCode = ownJurisdiction(ctx)
    const wholeLevel = maySeeLevel(ctx.actor, { jurisdictionCode })
    const rows = await adjustmentsPage(
      ctx.tx,
      { ...asked, jurisdictionCode, organId: wholeLevel ? undefined : ctx.actor.organ?.id },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await asAdjustments(ctx, page.items) }
  },

  async viewAdjustment(ctx) {
    return adjustmentView(ctx, await seenAdjustment(ctx, ctx.input.adjustmentId))
  },

  async checkAdjustment(ctx) {
    const { year, ...content } = ctx.input
    const findings = await findingsOf(ctx, year, content)
    const term = await filingTerm(ctx, content.adjustedOn)
    return {
      findings,
      dueOn: term.dueOn,
      dueProvisional: term.provisional,
      deadlineExplanation: term.explanation,
      needsFinance: needsFinance(findings),
    }
  },

  /** A35-1: adjust first; the ledger follows at once, unless finance must approve the transfer before (R15, R16). */
  async makeAdjustment(ctx) {
    const organ = found(ctx.actor.organ, '所代表的机关')
    permit(can.makeAdjustment(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }))
    const { year, ...content } = ctx.input
    const findings = await findingsOf(ctx, year, content)
    insist(verdictOf(findings))
    const lines = await linesToChange(ctx, { organId: organ.id, year }, content.changes)
    const term = await filingTerm(ctx, content.adjustedOn)
    const serial = await nextNumber(ctx.tx, `adjustment-${organ.id}-${year}`)
    const id = newId()
    const opened = await openCase(ctx, adjustmentCase, {
      subjectId: id,
      title: `${year}年度计划调整备案`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      clockFrom: content.adjustedOn,
    })
    const row: AdjustmentRow = {
      ...content,
      id,
      number: `BA-${year}-${organ.id.slice(-6).toUpperCase()}-${String(serial).padStart(4, '0')}`,
      jurisdictionCode: organ.jurisdictionCode,
      organId: organ.id,
      year,
      findings,
      needsFinance: needsFinance(findings),
      financeDocument: null,
      state: 'made',
      caseId: opened.id,
      dueOn: term.dueOn,
      dueProvisional: term.provisional,
      filedAt: null,
      overdue: !term.provisional && term.dueOn < ctx.today,
      ledgerPosted: false,
      amountFen: movedFen(content.changes),
      version: 1,
    }
    await insertAdjustment(ctx.tx, { ...row, createdBy: ctx.actor.personId })
    await record(ctx, 'plans.adjustment-made', {
      subject: { kind: 'plans.adjustment', id },
      organId: organ.id,
      after: { ...content, number: row.number },
      basis: findings,
    })
    const stored = found(await lockAdjustment(ctx.tx, id), '调整备案')
    return adjustmentView(ctx, row.needsFinance ? stored : await postToLedger(ctx, stored, lines))
  },

  async changeAdjustment(ctx) {
    const { adjustmentId, version, ...content } = ctx.input
    const row = await lockedAdjustment(ctx, adjustmentId, version)
    permit(can.makeAdjustment(ctx.actor, row))
    insist(inState(row, ['made', 'returned', 'objected']))
    const sameMoney = JSON.stringify(content.changes) === JSON.stringify(row.changes)
    insist(
      provided(!row.ledgerPosted || (sameMoney && content.adjustedOn === row.adjustedOn), {
        code: 'ledger-posted',
        message: '调整已记入台账，金额、数量和调整日期不能再改。',
        remedy: '金额有误的，请撤销本次调整后重新登记。',
      }),
    )
    const findings = await findingsOf(ctx, row.year, content)
    insist(verdictOf(findings))
    const lines = row.ledgerPosted ? null : await linesToChange(ctx, row, content.changes)
    const term = await filingTerm(ctx, content.adjustedOn)
    const saved = await saveAdjustment(ctx.tx, row, {
      ...content,
      findings,
      needsFinance: needsFinance(findings),
      dueOn: term.dueOn,
      dueProvisional: term.provisional,
      amountFen: movedFen(content.changes),
    })
    await record(ctx, 'plans.adjustment-changed', {
      subject: { kind: 'plans.adjustment', id: row.id },
      organId: row.organId,
      before: contentOf(row),
      after: content,
    })
    // What no longer needs finance takes effect now, as if made so from the start.
    return adjustmentView(ctx, lines === null || saved.needsFinance ? saved : await postToLedger(ctx, saved, lines))
  },

  /** A35-2, PLAN-R13: filed in time or late, it is accepted; late is marked and supervision is told. */
  async fileAdjustment(ctx) {
    const row = await lockedAdjustment(ctx, ctx.input.adjustmentId, ctx.input.version)
    permit(can.makeAdjustment(ctx.actor, row))
    insist(inState(row, ['made', 'returned', 'objected']))
    const first = row.filedAt === null
    const overdue = first ? !row.dueProvisional && localDateOf(ctx.now) > row.dueOn : row.overdue
    const toFinance = row.needsFinance && !row.ledgerPosted
    const state: AdjustmentState = toFinance ? 'awaiting-finance' : 'filed'
    const filed = await saveAdjustment(ctx.tx, row, { state, filedAt: row.filedAt ?? ctx.now, overdue })
    await moveCase(ctx, adjustmentCase, caseOf(row), toFinance ? 'fileForFinance' : 'file', {
      opinion: ctx.input.opinion,
    })
    await issueFilingDocument(ctx, filed)
    const decided = await decideFiling(ctx, filed)
    await recordMove(ctx, row, filed, ctx.input.opinion, [decided])
    return adjustmentView(ctx, filed)
  },

  async approveAdjustment(ctx) {
    const row = await lockedAdjustment(ctx, ctx.input.adjustmentId, ctx.input.version)
    permit(can.approveAdjustment(ctx.actor, row))
    insist(inState(row, ['awaiting-finance']))
    const approved = await saveAdjustment(ctx.tx, row, { state: 'filed', financeDocument: ctx.input.document })
    await moveCase(ctx, adjustmentCase, caseOf(row), 'approve', { opinion: ctx.input.opinion })
    await recordMove(ctx, row, approved, ctx.input.opinion)
    return adjustmentView(ctx, await postToLedger(ctx, approved, await linesToChange(ctx, row, row.changes)))
  },

  async refuseAdjustment(ctx) {
    const row = await lockedAdjustment(ctx, ctx.input.adjustmentId, ctx.input.version)
    permit(can.approveAdjustment(ctx.actor, row))
    insist(inState(row, ['awaiting-finance']))
    return moved(ctx, row, 'refuse', 'withdrawn', ctx.input.opinion)
  },

  async receiveAdjustment(ctx) {
    return byAuthority(ctx, ctx.input, 'receive', 'received')
  },
  async returnAdjustment(ctx) {
    return byAuthority(ctx, ctx.input, 'return', 'returned')
  },
  async objectToAdjustment(ctx) {
    return byAuthority(ctx, ctx.input, 'object', 'objected')
  },

  /** Takes the adjustment back; what it changed on the ledger is reversed by entries of its own. */
  async withdrawAdjustment(ctx) {
    const row = await lockedAdjustment(ctx, ctx.input.adjustmentId, ctx.input.version)
    permit(can.makeAdjustment(ctx.actor, row))
    insist(inState(row, ['made', 'returned', 'objected']))
    if (row.ledgerPosted) {
      const back = row.changes.map((change) => ({
        ...change,
        beforeFen: change.afterFen,
        afterFen: change.beforeFen,
        beforeQuantity: change.afterQuantity,
        afterQuantity: change.beforeQuantity,
      }))
      await linesToChange(ctx, row, back)
      await changeLedger(ctx, row, back, `撤销调整${row.number}`, 'plans.adjustment-withdrawal')
    }
    return moved(ctx, row, 'withdraw', 'withdrawn', ctx.input.opinion)
  },
}

async function byAuthority(
  ctx: Act,
  input: { adjustmentId: string; version: number; opinion?: string | undefined },
  transition: 'receive' | 'return' | 'object',
  to: AdjustmentState,
) {
  const row = await lockedAdjustment(ctx, input.adjustmentId, input.version)
  permit(can.receiveAdjustment(ctx.actor, row))
  insist(inState(row, ['filed']))
  return moved(ctx, row, transition, to, input.opinion)
}

async function moved(
  ctx: Act,
  row: AdjustmentRow,
  transition: 'receive' | 'return' | 'object' | 'withdraw' | 'refuse',
  to: AdjustmentState,
  opinion: string | undefined,
) {
  const next = await saveAdjustment(ctx.tx, row, { state: to })
  await moveCase(ctx, adjustmentCase, caseOf(row), transition, { opinion })
  await recordMove(ctx, row, next, opinion)
  return adjustmentView(ctx, next)
}

async function recordMove(
  ctx: Act,
  before: AdjustmentRow,
  after: AdjustmentRow,
  opinion: string | undefined,
  decisions: readonly Decided[] = [],
): Promise<void> {
  await record(ctx, `plans.adjustment-${after.state}`, {
    subject: { kind: 'plans.adjustment', id: before.id },
    organId: before.organId,
    before: { state: before.state },
    after: {
      state: after.state,
      opinion: opinion ?? null,
      overdue: after.overdue,
      financeDocument: after.financeDocument,
    },
    basis: { findings: after.findings, decisions },
  })
}

async function findingsOf(ctx: Act, year: number, content: Content): Promise<Finding[]> {
  const standards = indexStandards(await standardsInForce(ctx.tx, ownJurisdiction(ctx), ctx.today, year))
  return checkAdjustment({ ...content, year, today: ctx.today, economicCodes: standards.economicByCode })
}

/** The filing term counts from the day after the adjustment, in working days (A35-2). */
async function filingTerm(ctx: Act, adjustedOn: string) {
  return statutoryDeadline({
    from: adjustedOn,
    duration: durationOf('adjustment-filing'),
    calendar: await currentCalendar(ctx.tx),
    region: ownJurisdiction(ctx),
  })
}

/** Money moved: what was added, or taken, whichever is more. */
function movedFen(changes: readonly AdjustmentChange[]): number {
  const differences = changes.map(({ beforeFen, afterFen }) => afterFen - beforeFen)
  const up = differences.filter((difference) => difference > 0).reduce((a, b) => a + b, 0)
  const down = -differences.filter((difference) => difference < 0).reduce((a, b) => a + b, 0)
  return Math.max(up, down)
}

function contentOf({ type, cause, basisDocument, adjustedOn, fundSource, changes }: AdjustmentRow): Content {
  return { type, cause, basisDocument, adjustedOn, fundSource, changes }
}

function inState(row: AdjustmentRow, states: readonly AdjustmentState[]): Verdict {
  return stands('备案', adjustmentStateLabels, row.state, states)
}

async function seenAdjustment({ tx, actor }: Act, id: string): Promise<AdjustmentRow> {
  const row = found(await adjustmentById(tx, id), '调整备案')
  if (!maySeeOfOrgan(actor, row)) throw new Missing('调整备案')
  return row
}

async function lockedAdjustment(ctx: Act, id: string, version: number): Promise<AdjustmentRow> {
  await seenAdjustment(ctx, id)
  const row = found(await lockAdjustment(ctx.tx, id), '调整备案')
  expectVersion(row, version, '调整备案')
  return row
}

async function asAdjustments({ tx }: Pick<Act, 'tx'>, rows: readonly AdjustmentRow[]) {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ jurisdictionCode: _, findings: __, ledgerPosted: ___, amountFen: ____, ...row }) => ({
    ...row,
    organName: names.get(row.organId) ?? '',
  }))
}

async function adjustmentView(ctx: Act, row: AdjustmentRow) {
  const term = await filingTerm(ctx, row.adjustedOn)
  const calendar = await currentCalendar(ctx.tx)
  const own = can.makeAdjustment(ctx.actor, row)
  const authority = can.receiveAdjustment(ctx.actor, row)
  const finance = can.approveAdjustment(ctx.actor, row)
  const open = inState(row, ['made', 'returned', 'objected'])
  return {
    adjustment: found((await asAdjustments(ctx, [row]))[0], '调整备案'),
    findings: row.findings,
    deadlineExplanation: term.explanation,
    workdaysLeft: row.filedAt !== null ? null : daysLeft(ctx.today, row.dueOn, calendar, row.jurisdictionCode),
    may: {
      edit: mayOf(allOf(own, open)),
      file: mayOf(allOf(own, open)),
      receive: mayOf(allOf(authority, inState(row, ['filed']))),
      returnForCorrection: mayOf(allOf(authority, inState(row, ['filed']))),
      object: mayOf(allOf(authority, inState(row, ['filed']))),
      approve: mayOf(allOf(finance, inState(row, ['awaiting-finance']))),
      refuse: mayOf(allOf(finance, inState(row, ['awaiting-finance']))),
      withdraw: mayOf(allOf(own, open)),
    },
  }
}
