import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, inState as stands, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { decide, type Decided } from '#kernel/server/decisions.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { openLines } from '#modules/ledger/offers.ts'
import { planCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { planStateLabels } from '../model.ts'
import { can, maySeeLevel } from '../policy.ts'
import { planInForceKind } from '../rules/decisions/plan-in-force.ts'
import { notClosed } from '../rules/cycle.ts'
import { mayChangeLine, mayEnterIntoForce, maySubmitPlan } from '../rules/plan.ts'
import { issuePlanDocument } from '../documents/plan.ts'
import { cycleById, moveCycle, type CycleRow } from '../store/cycle.ts'
import {
  approvedLines,
  insertPlan,
  insertVersion,
  linkLedgerLines,
  lockPlan,
  planLines,
  planOf,
  plansPage,
  replacePlanLines,
  savePlan,
  type ApprovedLine,
  type PlanLineRow,
  type PlanRow,
} from '../store/plan.ts'
import { ownJurisdiction } from './cycle.ts'
import { caseOf, expectVersion } from './demand.ts'
import { draftTexts } from '../documents/plan-texts.ts'
import { asPlans, holdingsFor, inDraft, planView, seenPlan } from './plan-view.ts'

type PlanActions = Pick<
  ActionsOf<typeof contract>,
  'plans' | 'viewPlan' | 'draftPlan' | 'savePlan' | 'submitPlan' | 'issuePlan' | 'returnPlan' | 'bringIntoForce'
>

export const planActions: PlanActions = {
  async plans(ctx) {
    const { after, limit, ...asked } = ctx.input
    const jurisdictionCode = ownJurisdiction(ctx)
    const wholeLevel = maySeeLevel(ctx.actor, { jurisdictionCode })
    const rows = await plansPage(
      ctx.tx,
      { ...asked, jurisdictionCode, organId: wholeLevel ? undefined : ctx.actor.organ?.id },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await asPlans(ctx, page.items) }
  },

  async viewPlan(ctx) {
    return planView(ctx, await seenPlan(ctx, ctx.input.planId), ctx.input.planVersion)
  },

  /** A33-2, A33-3: puts the plan together from the reviewed lines; again until it is sent for signing. */
  async draftPlan(ctx) {
    const cycle = found(await cycleById(ctx.tx, ctx.input.cycleId), '年度周期')
    const { organId, kind } = ctx.input
    permit(can.editPlan(ctx.actor, { organId, jurisdictionCode: cycle.jurisdictionCode }))
    if (kind === 'authority') permit(can.changeCycle(ctx.actor, cycle))
    insist(notClosed(cycle))
    const lines = await approvedLines(ctx.tx, cycle.id, kind === 'authority' ? null : organId)
    insist(
      provided(lines.length > 0, {
        code: 'nothing-reviewed',
        message: '还没有审结的事项可以列入计划。',
        remedy: '请等待需求审核结束。',
      }),
    )
    const existing = await planOf(ctx.tx, cycle.id, organId, kind)
    const plan = existing
      ? found(await lockPlan(ctx.tx, existing.id), '保障计划')
      : await openPlan(ctx, cycle, organId, kind)
    insist(inDraft(plan))
    const numbered = await numberLines(ctx, plan, lines)
    await replacePlanLines(ctx.tx, plan.id, plan.planVersion, numbered)
    const holdings = await holdingsFor(ctx, plan, numbered)
    const texts = existing ? plan.texts : draftTexts({ year: cycle.year, lines: numbered, holdings })
    const totalFen = sumFen(numbered)
    const drafted = await savePlan(ctx.tx, plan, { texts, totalFen, lineCount: numbered.length })
    await insertVersion(ctx.tx, plan.id, {
      planVersion: plan.planVersion,
      madeOn: ctx.today,
      madeBy: ctx.actor.name,
      reason: '编制草案',
      totalFen,
      texts,
    })
    await record(ctx, 'plans.plan-drafted', {
      subject: { kind: 'plans.plan', id: plan.id },
      organId,
      after: { lines: numbered.length, totalFen },
    })
    return planView(ctx, drafted)
  },

  async savePlan(ctx) {
    const plan = await planToChange(ctx, ctx.input.planId, ctx.input.version)
    const before = await planLines(ctx.tx, plan.id, plan.planVersion)
    const approved = new Map(
      (await approvedLines(ctx.tx, plan.cycleId, plan.kind === 'authority' ? null : plan.organId)).map((line) => [
        line.demandLineId,
        line,
      ]),
    )
    const wanted = new Map(ctx.input.lines.map((line) => [line.id, line]))
    const next = before.map((line) => ({ ...line, ...wanted.get(line.id) }))
    insist(
      allOf(
        ...next.map((line) =>
          mayChangeLine(line.demandLineId ? (approved.get(line.demandLineId) ?? line) : line, line),
        ),
      ),
    )
    await replacePlanLines(ctx.tx, plan.id, plan.planVersion, next)
    const saved = await savePlan(ctx.tx, plan, { texts: ctx.input.texts, totalFen: sumFen(next) })
    await insertVersion(ctx.tx, plan.id, {
      planVersion: plan.planVersion,
      madeOn: ctx.today,
      madeBy: ctx.actor.name,
      reason: '修改草案',
      totalFen: saved.totalFen,
      texts: saved.texts,
    })
    await record(ctx, 'plans.plan-saved', {
      subject: { kind: 'plans.plan', id: plan.id },
      organId: plan.organId,
      before: { totalFen: plan.totalFen, texts: plan.texts },
      after: { totalFen: saved.totalFen, texts: saved.texts },
    })
    return planView(ctx, saved)
  },

  async submitPlan(ctx) {
    const plan = await planToChange(ctx, ctx.input.planId, ctx.input.version)
    insist(maySubmitPlan(plan))
    return movePlan(ctx, plan, 'submit', 'consulting', ctx.input.opinion)
  },

  async returnPlan(ctx) {
    const plan = await lockedPlan(ctx, ctx.input.planId, ctx.input.version)
    permit(can.issuePlan(ctx.actor, plan))
    return movePlan(ctx, plan, 'return', 'draft', ctx.input.opinion)
  },

  /** Signed by the head: the plan gets its number and is issued as an official document (A31-1). */
  async issuePlan(ctx) {
    const plan = await lockedPlan(ctx, ctx.input.planId, ctx.input.version)
    permit(can.issuePlan(ctx.actor, plan))
    insist(inState(plan, 'consulting'))
    const serial = await nextNumber(ctx.tx, `plan-${plan.organId}-${plan.year}`)
    const documentNumber = `保障计划〔${plan.year}〕${serial}号`
    const issued = await savePlan(ctx.tx, plan, { state: 'issued', documentNumber, issuedOn: ctx.today })
    await moveCase(ctx, planCase, caseOf(plan), 'issue', { opinion: ctx.input.opinion })
    const lines = await planLines(ctx.tx, plan.id, plan.planVersion)
    await issuePlanDocument(ctx, { plan: issued, lines, holdings: await holdingsFor(ctx, plan, lines) })
    await record(ctx, 'plans.plan-issued', {
      subject: { kind: 'plans.plan', id: plan.id },
      organId: plan.organId,
      before: { state: plan.state },
      after: { state: 'issued', documentNumber },
    })
    return planView(ctx, issued)
  },

  /** P60: the money equals the reply; the lines open on the ledger (A34-1). */
  async bringIntoForce(ctx) {
    const plan = await lockedPlan(ctx, ctx.input.planId, ctx.input.version)
    permit(can.editPlan(ctx.actor, plan))
    const cycle = found(await cycleById(ctx.tx, plan.cycleId), '年度周期')
    insist(allOf(inState(plan, 'issued'), mayEnterIntoForce(plan), notClosed(cycle)))
    const lines = await planLines(ctx.tx, plan.id, plan.planVersion)
    await openLines(
      ctx,
      lines.map(
        ({ id, number, servedOrganId, needKind, itemName, economicCode, unit, centralised, amountFen, quantity }) => ({
          id,
          number,
          servedOrganId,
          needKind,
          itemName,
          economicCode,
          unit,
          centralised,
          amountFen,
          quantity,
          jurisdictionCode: plan.jurisdictionCode,
          year: plan.year,
          planId: plan.id,
          holderOrganId: plan.organId,
        }),
      ),
      ctx.today,
    )
    await linkLedgerLines(ctx.tx, plan.id, plan.planVersion)
    const inForce = await savePlan(ctx.tx, plan, { state: 'in-force', inForceOn: ctx.today })
    await moveCase(ctx, planCase, caseOf(plan), 'enterIntoForce', {})
    if (plan.kind === 'authority' && cycle.state !== 'in-force') await moveCycle(ctx.tx, cycle, 'in-force')
    const decided = await decideInForce(ctx, plan, lines.length)
    await record(ctx, 'plans.plan-in-force', {
      subject: { kind: 'plans.plan', id: plan.id },
      organId: plan.organId,
      before: { state: plan.state },
      after: { state: 'in-force', lines: lines.length, totalFen: plan.totalFen },
      basis: { decisions: [decided] },
    })
    return planView(ctx, inForce)
  },
}

async function decideInForce(ctx: Act, plan: PlanRow, lines: number): Promise<Decided> {
  const { id, organId, jurisdictionCode, year, totalFen, approvedFen } = plan
  const inputs = { totalFen, approvedFen, lines }
  return decide(ctx, planInForceKind, {
    subject: { kind: 'plans.plan', id },
    organId,
    jurisdictionCode,
    year,
    title: `${year}年度保障计划${plan.kind === 'authority' ? '（机关事务管理部门）' : ''}`,
    link: `/plans/plans/${id}`,
    inputs,
    judged: planInForceKind.evaluate(inputs, null),
    standards: null,
    taken: null,
    deviates: false,
    held: false,
  })
}

async function openPlan(ctx: Act, cycle: CycleRow, organId: string, kind: PlanRow['kind']): Promise<PlanRow> {
  const plan: PlanRow = {
    id: newId(),
    cycleId: cycle.id,
    jurisdictionCode: cycle.jurisdictionCode,
    year: cycle.year,
    organId,
    kind,
    planVersion: 1,
    state: 'draft',
    caseId: null,
    texts: { present: '', needs: '', equipping: '', disposal: '' },
    documentNumber: null,
    issuedOn: null,
    inForceOn: null,
    controlFen: null,
    approvedFen: null,
    replyDocument: null,
    totalFen: 0,
    lineCount: 0,
    version: 1,
  }
  const title = kind === 'authority' ? `${cycle.year}年度机关运行保障计划` : `${cycle.year}年度本机关保障计划`
  const opened = await openCase(ctx, planCase, {
    subjectId: plan.id,
    title,
    applicantOrganId: organId,
    jurisdictionCode: cycle.jurisdictionCode,
    dueOn: cycle.planUntil,
  })
  await insertPlan(ctx.tx, { ...plan, caseId: opened.id })
  return found(await lockPlan(ctx.tx, plan.id), '保障计划')
}

async function numberLines(ctx: Act, plan: PlanRow, lines: readonly ApprovedLine[]): Promise<PlanLineRow[]> {
  const prefix = `JH-${plan.year}-${plan.jurisdictionCode}-${plan.kind === 'authority' ? 'J' : plan.organId.slice(-6).toUpperCase()}`
  const before = new Map((await planLines(ctx.tx, plan.id, plan.planVersion)).map((line) => [line.demandLineId, line]))
  return lines.map((line, index) => ({
    id: before.get(line.demandLineId)?.id ?? newId(),
    lineNo: index + 1,
    number: `${prefix}-${String(index + 1).padStart(5, '0')}`,
    demandLineId: line.demandLineId,
    ledgerLineId: null,
    centralised: line.centralised,
    servedOrganId: line.servedOrganId,
    needKind: line.needKind,
    itemName: line.itemName,
    economicCode: line.economicCode,
    unit: line.unit,
    quantity: line.quantity,
    amountFen: line.amountFen,
    fromMonth: line.neededMonth ?? 1,
    toMonth: 12,
  }))
}

async function movePlan(
  ctx: Act,
  plan: PlanRow,
  transition: 'submit' | 'return',
  to: PlanRow['state'],
  opinion: string | undefined,
) {
  const moved = await savePlan(ctx.tx, plan, { state: to })
  const { planUntil } = found(await cycleById(ctx.tx, plan.cycleId), '年度周期')
  await moveCase(ctx, planCase, caseOf(plan), transition, { opinion, dueOn: planUntil })
  await record(ctx, transition === 'submit' ? 'plans.plan-submitted' : 'plans.plan-returned', {
    subject: { kind: 'plans.plan', id: plan.id },
    organId: plan.organId,
    before: { state: plan.state },
    after: { state: to, opinion: opinion ?? null },
  })
  return planView(ctx, moved)
}

async function lockedPlan(ctx: Act, planId: string, version: number): Promise<PlanRow> {
  await seenPlan(ctx, planId)
  const plan = found(await lockPlan(ctx.tx, planId), '保障计划')
  expectVersion(plan, version, '保障计划')
  return plan
}

async function planToChange(ctx: Act, planId: string, version: number): Promise<PlanRow> {
  const plan = await lockedPlan(ctx, planId, version)
  permit(can.editPlan(ctx.actor, plan))
  insist(inDraft(plan))
  return plan
}

function sumFen(lines: readonly { amountFen: number }[]): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}

function inState(plan: PlanRow, state: PlanRow['state']): Verdict {
  return stands('计划', planStateLabels, plan.state, [state])
}
