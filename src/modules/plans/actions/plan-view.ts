import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { organNames, organsOf } from '#modules/organs/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import type { Plan, PlanTexts } from '../model.ts'
import { can, maySeeOfOrgan } from '../policy.ts'
import { mayEnterIntoForce, maySubmitPlan } from '../rules/plan.ts'
import { cycleById } from '../store/cycle.ts'
import { planById, planLines, versionsOfPlan, type PlanLineRow, type PlanRow } from '../store/plan.ts'
import { holdingsTogether } from './holdings.ts'

/** @throws Missing where the plan is not the actor’s to see, too */
export async function seenPlan({ tx, actor }: Pick<Act, 'tx' | 'actor'>, planId: string): Promise<PlanRow> {
  const plan = found(await planById(tx, planId), '保障计划')
  if (!maySeeOfOrgan(actor, plan)) throw new Missing('保障计划')
  return plan
}

/** Whether lines and texts can still be changed. */
export function inDraft(plan: PlanRow): Verdict {
  return provided(plan.state === 'draft', {
    code: 'state',
    message: '计划已送签或下达，不能再修改草案。',
    remedy: '需要调整的，请办理计划调整备案。',
  })
}

/** Plans as lists show them, without their texts. */
export async function asPlans({ tx }: Pick<Act, 'tx'>, rows: readonly PlanRow[]): Promise<Plan[]> {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ texts: _, inForceOn: __, controlFen: ___, replyDocument: ____, approvedFen: _____, ...row }) => ({
    ...row,
    organName: names.get(row.organId) ?? '',
  }))
}

/** A plan with its lines, sums and what one may do with it. @param planVersion an earlier version than the present one */
export async function planView(ctx: Act, plan: PlanRow, planVersion = plan.planVersion) {
  const lines = await planLines(ctx.tx, plan.id, planVersion)
  const versions = await versionsOfPlan(ctx.tx, plan.id)
  const names = await organNames(ctx.tx, [...new Set(lines.map(({ servedOrganId }) => servedOrganId))])
  const byKind = new Map<
    string,
    { needKind: PlanLineRow['needKind']; lines: number; quantity: number; amountFen: number }
  >()
  for (const { needKind, quantity, amountFen } of lines) {
    const sum = byKind.get(needKind) ?? { needKind, lines: 0, quantity: 0, amountFen: 0 }
    byKind.set(needKind, {
      needKind,
      lines: sum.lines + 1,
      quantity: sum.quantity + quantity,
      amountFen: sum.amountFen + amountFen,
    })
  }
  const edit = can.editPlan(ctx.actor, plan)
  const texts: PlanTexts =
    versions.find((version) => version.planVersion === planVersion && planVersion !== plan.planVersion)?.texts ??
    plan.texts
  return {
    plan: found((await asPlans(ctx, [plan]))[0], '保障计划'),
    texts,
    lines: lines.map((line) => ({ ...line, servedOrganName: names.get(line.servedOrganId) ?? '' })),
    holdings: await holdingsFor(ctx, plan, lines),
    byKind: [...byKind.values()],
    versions: versions.map(({ planVersion: number, madeOn, reason, totalFen }) => ({
      planVersion: number,
      madeOn,
      reason,
      totalFen,
    })),
    may: {
      edit: mayOf(allOf(edit, inDraft(plan))),
      consult: mayOf(allOf(edit, inDraft(plan), maySubmitPlan(plan))),
      issue: mayOf(
        allOf(
          can.issuePlan(ctx.actor, plan),
          provided(plan.state === 'consulting', { code: 'state', message: '计划尚未送签或已签发。' }),
        ),
      ),
      bringIntoForce: mayOf(
        allOf(
          edit,
          provided(plan.state === 'issued', {
            code: 'state',
            message: plan.state === 'in-force' ? '计划已经生效。' : '计划签发后才能生效。',
          }),
          mayEnterIntoForce(plan),
        ),
      ),
    },
  }
}

/** What those organs hold that the plan’s lines are judged by. */
export async function holdingsFor(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  plan: PlanRow,
  lines: readonly PlanLineRow[],
) {
  const organIds =
    plan.kind === 'authority'
      ? [...new Set((await organsOf(tx, plan.jurisdictionCode, today)).map(({ id }) => id))]
      : [plan.organId, ...lines.map(({ servedOrganId }) => servedOrganId)]
  const { jurisdictionCode, cycleId } = plan
  const { standardsOn } = found(await cycleById(tx, cycleId), '年度周期')
  const items = await standardTable(tx, jurisdictionCode, standardsOn, ['item.'])
  return holdingsTogether({ tx }, [...new Set(organIds)], items)
}
