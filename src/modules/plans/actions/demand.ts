import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, worstOutcome, type May, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { decide, undoDecisions } from '#kernel/server/decisions.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { executedByLine } from '#modules/ledger/offers.ts'
import { organByName, organNames, organsOf } from '#modules/organs/offers.ts'
import { demandCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { Demand, DemandLineDraft, StoreQuery } from '../model.ts'
import { can, maySeeLevel, maySeeOfOrgan } from '../policy.ts'
import { demandAcceptanceKind } from '../rules/decisions/demand-acceptance.ts'
import { maySubmitDemand } from '../rules/demand.ts'
import { judgeLines } from '../rules/judging.ts'
import { calendarOf, cycleById } from '../store/cycle.ts'
import {
  demandOf,
  demandsPage,
  linesOf,
  replaceLines,
  saveDemand,
  saveStoreQueries,
  type DemandRow,
  type JudgedLine,
} from '../store/demand.ts'
import { eraseReviews, reviewsOf } from '../store/review.ts'
import { ownJurisdiction } from './cycle.ts'
import { idleOffers } from './holdings.ts'
import { demandContext, seenDemand, type DemandContext } from './demand-context.ts'

type DemandActions = Pick<
  ActionsOf<typeof contract>,
  'demands' | 'viewDemand' | 'findDemand' | 'saveDemand' | 'queryStore' | 'submitDemand' | 'withdrawDemand'
>

export const demandActions: DemandActions = {
  async demands(ctx) {
    const { after, limit, year, state } = ctx.input
    const jurisdictionCode = ownJurisdiction(ctx)
    const wholeLevel = maySeeLevel(ctx.actor, { jurisdictionCode })
    const filter = { jurisdictionCode, organId: wholeLevel ? undefined : ctx.actor.organ?.id, year, state }
    const rows = await demandsPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: await asDemands(ctx, page.items) }
  },

  async viewDemand(ctx) {
    return demandView(ctx, await seenDemand(ctx, ctx.input.demandId))
  },

  async findDemand(ctx) {
    const organ = found(await organByName(ctx.tx, ownJurisdiction(ctx), ctx.input.organ), `机关“${ctx.input.organ}”`)
    const demand = await demandOf(ctx.tx, organ.id, ctx.input.year)
    if (!demand || !maySeeOfOrgan(ctx.actor, demand)) throw new Missing(`${ctx.input.year}年度需求申请`)
    return (await asDemands(ctx, [demand]))[0] as Demand
  },

  async saveDemand(ctx) {
    const demand = await draftToChange(ctx, ctx.input.demandId, ctx.input.version)
    const { contact, declaredNotSecret } = ctx.input
    const saved = await saveLines(ctx, demand, ctx.input.lines, { contact, declaredNotSecret })
    return demandView(ctx, saved)
  },

  /** PLAN-R05: asks what stands idle at the level and stores the answer with its number on each line. */
  async queryStore(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId, true)
    permit(can.editDemand(ctx.actor, demand))
    insist(inDraft(demand))
    const lines = (await linesOf(ctx.tx, demand.id)).filter(
      ({ id, standardCode }) => ctx.input.lineIds.includes(id) && standardCode !== null,
    )
    const organs = await organsOf(ctx.tx, demand.jurisdictionCode, ctx.today)
    const context = await demandContext(ctx, demand)
    const { standards } = context
    const offers = await idleOffers(
      ctx,
      organs.map(({ id }) => id),
      [...new Set(lines.map(({ standardCode }) => standardCode as string))],
      demand.organId,
      { ...standards, rows: standards.items },
    )
    const nameOf = new Map(organs.map(({ id, name }) => [id, name]))
    const answers: {
      lineId: string
      query: StoreQuery
      offers: { organName: string; quantity: number; title: string }[]
    }[] = []
    for (const line of lines) {
      const fitting = offers.filter(({ standardCode }) => standardCode === line.standardCode)
      const serial = await nextNumber(ctx.tx, `store-query-${demand.year}-${demand.jurisdictionCode}`)
      const query: StoreQuery = {
        number: `GWC-${demand.year}-${demand.jurisdictionCode}-${String(serial).padStart(6, '0')}`,
        askedOn: ctx.today,
        usableQuantity: fitting.reduce((sum, { quantity }) => sum + quantity, 0),
      }
      answers.push({
        lineId: line.id,
        query,
        offers: fitting.map(({ organId, quantity, title }) => ({
          organName: nameOf.get(organId) ?? '',
          quantity,
          title,
        })),
      })
    }
    await saveStoreQueries(ctx.tx, demand.id, answers)
    const judged = await judgedLines(ctx, demand, context)
    await replaceLines(ctx.tx, demand, judged)
    await record(ctx, 'plans.store-queried', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      after: answers,
    })
    return { answers }
  },

  /** Art. 32: hands the demand in; all reasons against it at once. */
  async submitDemand(ctx) {
    const demand = await draftToChange(ctx, ctx.input.demandId, ctx.input.version)
    const context = await demandContext(ctx, demand)
    const lines = await judgedLines(ctx, demand, context)
    await replaceLines(ctx.tx, demand, lines)
    const calendar = calendarOf(context.cycle)
    insist(maySubmitDemand({ ...demand, lineFindings: lines.map(({ findings }) => findings) }, calendar, ctx.today))
    const inputs = { calendar, submittedOn: ctx.today, lines: lines.length, askedFen: demand.askedFen }
    const judged = demandAcceptanceKind.evaluate(inputs, null)
    const late = judged.findings.some(({ outcome }) => outcome !== 'ok')
    const submitted = await saveDemand(ctx.tx, demand, {
      state: 'submitted',
      submittedOn: ctx.today,
      late,
      findingCount: countFindings(lines),
    })
    await moveCase(ctx, demandCase, caseOf(demand), 'submit', {
      opinion: ctx.input.opinion,
      dueOn: context.cycle.reviewUntil,
    })
    const { organId, jurisdictionCode, year, number } = demand
    const decided = await decide(
      ctx,
      demandAcceptanceKind,
      {
        subject: { kind: 'plans.demand', id: demand.id },
        organId,
        jurisdictionCode,
        year,
        title: `${year}年度需求申请 ${number}`,
        link: `/plans/demands/${demand.id}`,
        inputs,
        judged,
        standards: null,
        taken: null,
        deviates: false,
        held: false,
      },
      { byRules: true },
    )
    await record(ctx, 'plans.demand-submitted', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      before: { state: demand.state },
      after: { state: 'submitted', late, askedFen: demand.askedFen, lines: lines.length },
      basis: {
        decisions: [decided],
        standardsOn: context.cycle.standardsOn,
        findings: lines.map(({ lineNo, findings }) => ({ lineNo, findings })),
      },
    })
    return demandView(ctx, submitted)
  },

  async withdrawDemand(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId, true)
    permit(can.editDemand(ctx.actor, demand))
    expectVersion(demand, ctx.input.version)
    insist(mayWithdraw(demand))
    await eraseReviews(ctx.tx, demand.id) // proposals of lines that may now change
    await undoDecisions(ctx, demandAcceptanceKind, [demand.id], '申请机关撤回')
    const withdrawn = await saveDemand(ctx.tx, demand, { state: 'draft', submittedOn: null, late: false })
    const { demandClosesOn } = found(await cycleById(ctx.tx, demand.cycleId), '年度周期')
    await moveCase(ctx, demandCase, caseOf(demand), 'withdraw', {
      opinion: ctx.input.opinion,
      dueOn: demandClosesOn,
    })
    await record(ctx, 'plans.demand-withdrawn', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      before: { state: demand.state },
      after: { state: 'draft' },
    })
    return demandView(ctx, withdrawn)
  },
}

/** A draft of the actor's own organ, locked, at the version the clerk saw. */
export async function draftToChange(ctx: Act, demandId: string, version: number): Promise<DemandRow> {
  const demand = await seenDemand(ctx, demandId, true)
  permit(can.editDemand(ctx.actor, demand))
  expectVersion(demand, version)
  insist(inDraft(demand))
  return demand
}

/** Judges and saves the lines of a draft with its header; used by typing and by import alike. */
export async function saveLines(
  ctx: Act,
  demand: DemandRow,
  drafts: readonly DemandLineDraft[],
  header: Pick<DemandRow, 'contact' | 'declaredNotSecret'>,
): Promise<DemandRow> {
  const context = await demandContext(ctx, demand)
  const known = new Map((await linesOf(ctx.tx, demand.id)).map((line) => [line.id, line]))
  const foreign = drafts.filter(({ id }) => id !== null && !known.has(id))
  if (foreign.length > 0) throw new Conflict('需求申请', '部分行已被他人删除。请刷新后核对，再重新保存。')
  const lines = judge(
    ctx.today,
    context,
    drafts.map((draft, index) => {
      const before = draft.id === null ? undefined : known.get(draft.id)
      // A query answers for the standard it was asked for; another item must be asked anew.
      const storeQuery = before && before.standardCode === draft.standardCode ? before.storeQuery : null
      return {
        ...draft,
        id: draft.id ?? newId(),
        lineNo: index + 1,
        storeQuery,
        carriedFrom: before?.carriedFrom ?? null,
      }
    }),
  )
  await replaceLines(ctx.tx, demand, lines)
  const saved = await saveDemand(ctx.tx, demand, {
    ...header,
    lineCount: lines.length,
    findingCount: countFindings(lines),
    askedFen: lines.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
  })
  await record(ctx, 'plans.demand-saved', {
    subject: { kind: 'plans.demand', id: demand.id },
    organId: demand.organId,
    before: { contact: demand.contact, askedFen: demand.askedFen, lines: [...known.values()].map(essentials) },
    after: { contact: saved.contact, askedFen: saved.askedFen, lines: lines.map(essentials) },
  })
  return saved
}

/** While it is with the authority, a demand is judged as of the day it was handed in. */
function judgedOn(ctx: Act, demand: DemandRow): string {
  return (demand.state === 'submitted' || demand.state === 'reviewed') && demand.submittedOn
    ? demand.submittedOn
    : ctx.today
}

function judge(
  today: string,
  context: DemandContext,
  lines: readonly Omit<JudgedLine, 'findings' | 'outcome'>[],
): JudgedLine[] {
  const judgements = judgeLines(lines, { ...context, organ: context.organFacts, today })
  return lines.map((line, index) => ({ ...line, ...(judgements[index] as NonNullable<(typeof judgements)[number]>) }))
}

async function judgedLines(ctx: Act, demand: DemandRow, context: DemandContext): Promise<JudgedLine[]> {
  return judge(ctx.today, context, await linesOf(ctx.tx, demand.id))
}

function essentials({
  id,
  needKind,
  itemName,
  quantity,
  unitPriceFen,
  amountFen,
  economicCode,
  reason,
}: DemandLineDraft) {
  return { id, needKind, itemName, quantity, unitPriceFen, amountFen, economicCode, reason }
}

function countFindings(lines: readonly JudgedLine[]): number {
  return lines.filter(({ findings }) => worstOutcome(findings) !== 'ok').length
}

export function expectVersion(row: { version: number }, version: number, subject = '需求申请'): void {
  if (row.version !== version) throw new Conflict(subject)
}

export function caseOf(row: { caseId: string | null }): string {
  return found(row.caseId, '办理事项')
}

/** A demand is changed while it is a draft, or was returned. */
export function inDraft(demand: DemandRow): Verdict {
  return provided(demand.state === 'draft' || demand.state === 'returned', {
    code: 'state',
    message: demand.state === 'submitted' ? '申请已提交审核，撤回后才能修改。' : '申请已审结，不能再修改。',
  })
}

function mayWithdraw(demand: DemandRow): Verdict {
  return allOf(
    provided(demand.state === 'submitted', { code: 'state', message: '只有审核中的申请可以撤回。' }),
    provided(demand.decidedCount === 0, {
      code: 'review-begun',
      message: '机关事务管理部门已开始审核，不能撤回。',
      remedy: '请联系审核人员退回补正。',
    }),
  )
}

export async function asDemands({ tx }: Pick<Act, 'tx'>, rows: readonly DemandRow[]): Promise<Demand[]> {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ jurisdictionCode: _, decidedCount: __, findingCount: ___, ...row }) => ({
    ...row,
    organName: names.get(row.organId) ?? '',
  }))
}

/** The demand as its page shows it, with all that judging in the browser needs. Decisions show once the review is closed. */
export async function demandView(ctx: Act, demand: DemandRow) {
  const context = await demandContext(ctx, demand)
  const lines = judge(judgedOn(ctx, demand), context, await linesOf(ctx.tx, demand.id))
  const mine = can.editDemand(ctx.actor, demand)
  const edit: May = mayOf(allOf(mine, inDraft(demand)))
  const submit = mayOf(
    allOf(
      mine,
      inDraft(demand),
      maySubmitDemand(
        { ...demand, lineFindings: lines.map(({ findings }) => findings) },
        calendarOf(context.cycle),
        ctx.today,
      ),
    ),
  )
  const reviews = demand.state === 'reviewed' || demand.state === 'returned' ? await reviewsOf(ctx.tx, [demand.id]) : []
  const spent = await executedByLine(
    ctx.tx,
    context.lastYear.flatMap(({ ledgerLineId }) => ledgerLineId ?? []),
  )
  const { itemByCode: _, economicByCode: __, catalogueByKind: ___, ...standards } = context.standards
  return {
    demand: (await asDemands(ctx, [demand]))[0] as Demand,
    lines: lines.map((line) => ({ ...line, findings: [...line.findings] })),
    holdings: context.holdings,
    organ: {
      ...context.posts,
      secretUnit: context.organ.secretUnit,
      inCompound: context.organ.inCompound,
      tradeUnion: context.organ.tradeUnion,
    },
    standards: { ...standards, level: context.organ.level },
    lastYear: context.lastYear.map((row) => ({
      ...row,
      executedFen: (row.ledgerLineId && spent.get(row.ledgerLineId)) || 0,
    })),
    decisions: reviews.map(({ lineId, proposal, decision }) => ({ lineId, proposal, decision })),
    may: { edit, import: edit, submit, withdraw: mayOf(allOf(mine, mayWithdraw(demand))) },
  }
}
