import { holdsAny, officeRoles } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, inState as stands, mayOf, provided, verdictOf, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { organNames, partyOrgan } from '#modules/organs/offers.ts'
import { consolidatedReportCase, organReportCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { reportStateLabels } from '../model.ts'
import { can, maySeeLevel } from '../policy.ts'
import { checkTexts, checkTotals, maySendConsolidated, reportDueOn } from '../rules/report.ts'
import { issueReportDocument, reportFile } from '../documents/report.ts'
import { draftReportTexts } from '../documents/report-texts.ts'
import {
  insertReport,
  lockReport,
  reportById,
  reportOf,
  reportsPage,
  saveReport,
  type ReportRow,
  type ReportState,
} from '../store/report.ts'
import { ownJurisdiction } from './cycle.ts'
import { caseOf, expectVersion } from './demand.ts'
import { figuresOf, ledgerTotalsFor } from './report-figures.ts'

type Operation =
  | 'reports'
  | 'draftReport'
  | 'viewReport'
  | 'saveReport'
  | 'refreshReport'
  | 'signReport'
  | 'sendReport'
  | 'receiveReport'
  | 'returnReport'
  | 'reportFile'

export const reportActions: Pick<ActionsOf<typeof contract>, Operation> = {
  async reports(ctx) {
    const { after, limit, ...asked } = ctx.input
    const jurisdictionCode = ownJurisdiction(ctx)
    const wholeLevel = maySeeLevel(ctx.actor, { jurisdictionCode })
    const own = ctx.actor.organ?.id
    const rows = await reportsPage(
      ctx.tx,
      { ...asked, jurisdictionCode, ...(wholeLevel ? { sentOrOwn: own } : { organId: own }) },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await asReports(ctx, page.items) }
  },

  /** A36-1, A36-2: made from the ledger; nobody types a figure. */
  async draftReport(ctx) {
    const organ = found(ctx.actor.organ, '所代表的机关')
    const { year, kind } = ctx.input
    const subject = { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }
    permit(kind === 'organ' ? can.editOrganReport(ctx.actor, subject) : can.editConsolidatedReport(ctx.actor, subject))
    const existing = await reportOf(ctx.tx, organ.id, year, kind)
    if (existing) return reportView(ctx, existing)
    const figures = await figuresOf(ctx, { kind, year, ...subject })
    insist(
      provided(figures.plannedFen > 0, {
        code: 'no-plan',
        message: `${year}年度没有生效的保障计划，无法生成执行情况报告。`,
        remedy: '请核对年度。',
      }),
    )
    const id = newId()
    const dueOn = reportDueOn(kind, year)
    const opened = await openCase(ctx, kindOf(kind), {
      subjectId: id,
      title: kind === 'organ' ? `${year}年度计划执行情况报告` : `${year}年度计划执行情况汇总报告`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      dueOn,
    })
    const serial = await nextNumber(ctx.tx, `report-${kind}-${organ.id}-${year}`)
    const row: ReportRow = {
      id,
      jurisdictionCode: organ.jurisdictionCode,
      year,
      kind,
      organId: organ.id,
      number: `${kind === 'organ' ? '执行报告' : '汇总报告'}〔${year + 1}〕${serial}号`,
      state: 'draft',
      caseId: opened.id,
      texts: draftReportTexts(year, kind === 'organ' ? organ.name : '本级各机关', figures),
      figures,
      dueOn,
      sentAt: null,
      copiedToFinanceAt: null,
      documentId: null,
      version: 1,
    }
    await insertReport(ctx.tx, row)
    await record(ctx, 'plans.report-drafted', {
      subject: { kind: 'plans.report', id },
      organId: organ.id,
      after: { number: row.number, figures },
    })
    return reportView(ctx, row)
  },

  async viewReport(ctx) {
    return reportView(ctx, await seenReport(ctx, ctx.input.reportId))
  },

  async saveReport(ctx) {
    const row = await reportToEdit(ctx, ctx.input.reportId, ctx.input.version)
    const saved = await saveReport(ctx.tx, row, { texts: ctx.input.texts })
    await record(ctx, 'plans.report-saved', {
      subject: { kind: 'plans.report', id: row.id },
      organId: row.organId,
      before: row.texts,
      after: saved.texts,
    })
    return reportView(ctx, saved)
  },

  async refreshReport(ctx) {
    const row = await lockedReport(ctx, ctx.input.reportId, ctx.input.version)
    permit(mayEdit(ctx, row))
    insist(inState(row, ['draft', 'returned', 'signed']))
    const figures = await figuresOf(ctx, row)
    // What was signed with other figures has to be signed anew.
    const reopened = row.state === 'signed'
    const saved = await saveReport(ctx.tx, row, { figures, ...(reopened ? { state: 'draft' as const } : {}) })
    if (reopened) await moveCase(ctx, kindOf(row.kind), caseOf(row), 'reopen', { dueOn: row.dueOn })
    await record(ctx, 'plans.report-refreshed', {
      subject: { kind: 'plans.report', id: row.id },
      organId: row.organId,
      before: row.figures,
      after: figures,
    })
    return reportView(ctx, saved)
  },

  /** PLAN-R19: only with the ledger's totals does a report get its signature. */
  async signReport(ctx) {
    const row = await lockedReport(ctx, ctx.input.reportId, ctx.input.version)
    permit(maySign(ctx, row))
    insist(
      allOf(
        inState(row, ['draft', 'returned']),
        verdictOf(checkTotals(asTotals(row), await ledgerTotalsFor(ctx, row))),
      ),
    )
    const signed = await saveReport(ctx.tx, row, { state: 'signed', documentId: await issueReportDocument(ctx, row) })
    await moveCase(ctx, kindOf(row.kind), caseOf(row), 'sign', { opinion: ctx.input.opinion, dueOn: row.dueOn })
    await recordMove(ctx, row, signed)
    return reportView(ctx, signed)
  },

  /** A36-2, PLAN-R18: to the government with copy to finance, or not at all; an organ's report goes to the authority. */
  async sendReport(ctx) {
    const row = await lockedReport(ctx, ctx.input.reportId, ctx.input.version)
    permit(mayEdit(ctx, row))
    insist(allOf(inState(row, ['signed']), verdictOf(checkTotals(asTotals(row), await ledgerTotalsFor(ctx, row)))))
    const finance = await partyOrgan(ctx.tx, row.jurisdictionCode, 'finance', ctx.today)
    const consolidated = row.kind === 'consolidated'
    if (consolidated) insist(maySendConsolidated(ctx.input.copyToFinance, finance !== null))
    const sent = await saveReport(ctx.tx, row, {
      state: 'sent',
      sentAt: ctx.now,
      copiedToFinanceAt: consolidated ? ctx.now : null,
    })
    await moveCase(ctx, kindOf(row.kind), caseOf(row), 'send', { opinion: ctx.input.opinion })
    if (consolidated && finance)
      await notify(ctx, {
        organId: finance.id,
        roles: ['finance-reviewer', 'organ-clerk'],
        link: `/plans/reports/${row.id}`,
        text: `${row.number}已抄送贵单位。`,
      })
    await recordMove(ctx, row, sent)
    return reportView(ctx, sent)
  },

  async receiveReport(ctx) {
    return byAuthority(ctx, ctx.input, 'receive', 'received')
  },
  async returnReport(ctx) {
    return byAuthority(ctx, ctx.input, 'return', 'returned')
  },

  async reportFile(ctx) {
    const row = await seenReport(ctx, ctx.input.reportId)
    return reportFile(ctx, row, ctx.input.format)
  },
}

function kindOf(kind: ReportRow['kind']) {
  return kind === 'organ' ? organReportCase : consolidatedReportCase
}

async function byAuthority(
  ctx: Act,
  input: { reportId: string; version: number; opinion?: string | undefined },
  transition: 'receive' | 'return',
  to: ReportState,
) {
  const row = await lockedReport(ctx, input.reportId, input.version)
  permit(can.editConsolidatedReport(ctx.actor, row))
  insist(
    allOf(
      inState(row, ['sent']),
      provided(row.kind === 'organ', { code: 'kind', message: '汇总报告已报告本级人民政府，不在此办理。' }),
    ),
  )
  const moved = await saveReport(ctx.tx, row, { state: to })
  await moveCase(ctx, organReportCase, caseOf(row), transition, {
    opinion: input.opinion,
    // Sent back, it is owed by the same day as before.
    ...(transition === 'return' ? { dueOn: row.dueOn } : {}),
  })
  await recordMove(ctx, row, moved)
  return reportView(ctx, moved)
}

async function recordMove(ctx: Act, before: ReportRow, after: ReportRow): Promise<void> {
  await record(ctx, `plans.report-${after.state}`, {
    subject: { kind: 'plans.report', id: before.id },
    organId: before.organId,
    before: { state: before.state },
    after: { state: after.state, sentAt: after.sentAt, copiedToFinanceAt: after.copiedToFinanceAt },
    basis: { ledgerEntryId: after.figures.ledgerEntryId },
  })
}

function mayEdit(ctx: Act, row: ReportRow): Verdict {
  return row.kind === 'organ' ? can.editOrganReport(ctx.actor, row) : can.editConsolidatedReport(ctx.actor, row)
}

function maySign(ctx: Act, row: ReportRow): Verdict {
  return row.kind === 'organ' ? can.signOrganReport(ctx.actor, row) : can.signConsolidatedReport(ctx.actor, row)
}

function inState(row: ReportRow, states: readonly ReportState[]): Verdict {
  return stands('报告', reportStateLabels, row.state, states)
}

/** Sent reports are seen by authority, finance and audit; a draft only by its own organ. */
async function seenReport({ tx, actor }: Act, id: string): Promise<ReportRow> {
  const row = found(await reportById(tx, id), '执行情况报告')
  const own = actor.organ?.id === row.organId && holdsAny(actor, officeRoles)
  const published = row.state === 'sent' || row.state === 'received' || row.state === 'returned'
  if (!own && !(published && maySeeLevel(actor, row))) throw new Missing('执行情况报告')
  return row
}

async function lockedReport(ctx: Act, id: string, version: number): Promise<ReportRow> {
  await seenReport(ctx, id)
  const row = found(await lockReport(ctx.tx, id), '执行情况报告')
  expectVersion(row, version, '执行情况报告')
  return row
}

async function reportToEdit(ctx: Act, id: string, version: number): Promise<ReportRow> {
  const row = await lockedReport(ctx, id, version)
  permit(mayEdit(ctx, row))
  insist(inState(row, ['draft', 'returned']))
  return row
}

function asTotals({ figures }: ReportRow): { plannedFen: number; executedFen: number } {
  return { plannedFen: figures.plannedFen + figures.adjustedFen, executedFen: figures.executedFen }
}

async function asReports({ tx, today }: Pick<Act, 'tx' | 'today'>, rows: readonly ReportRow[]) {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ texts: _, figures: __, documentId: ___, ...row }) => ({
    ...row,
    organName: names.get(row.organId) ?? '',
    overdue: row.sentAt === null && today > row.dueOn,
  }))
}

async function reportView(ctx: Act, row: ReportRow) {
  const totals = await ledgerTotalsFor(ctx, row)
  const findings =
    row.state === 'draft' || row.state === 'returned' || row.state === 'signed'
      ? [...checkTotals(asTotals(row), totals), ...checkTexts(row.texts)]
      : []
  const edit = allOf(mayEdit(ctx, row), inState(row, ['draft', 'returned']))
  const received = allOf(
    can.editConsolidatedReport(ctx.actor, row),
    inState(row, ['sent']),
    provided(row.kind === 'organ', { code: 'kind', message: '汇总报告不在此接收。' }),
  )
  return {
    report: found((await asReports(ctx, [row]))[0], '执行情况报告'),
    texts: row.texts,
    figures: row.figures,
    stale: totals.plannedFen !== asTotals(row).plannedFen || totals.executedFen !== row.figures.executedFen,
    findings,
    may: {
      edit: mayOf(edit),
      refresh: mayOf(allOf(mayEdit(ctx, row), inState(row, ['draft', 'returned', 'signed']))),
      sign: mayOf(allOf(maySign(ctx, row), inState(row, ['draft', 'returned']), verdictOf(findings))),
      send: mayOf(allOf(mayEdit(ctx, row), inState(row, ['signed']))),
      receive: mayOf(received),
      returnForCorrection: mayOf(received),
    },
  }
}
