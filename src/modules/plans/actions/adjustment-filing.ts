import { calendarSlice } from '#kernel/pure/calendar-slice.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { decide, type Decided } from '#kernel/server/decisions.ts'
import { snapshotOf, standardsInForce } from '#modules/standards/offers.ts'
import { adjustmentFilingKind, type AdjustmentFilingInputs } from '../rules/decisions/adjustment-filing.ts'
import type { AdjustmentRow } from '../store/adjustment.ts'

/**
 * Keeps what the rules say of an adjustment as it was filed: its ground, finance or not, in time or late (A35-1, A35-2).
 * Filed again after it was sent back, it counts as filed on the first day, and the new judgement replaces the old.
 */
export async function decideFiling(ctx: Act, row: AdjustmentRow): Promise<Decided> {
  const { id, organId, jurisdictionCode, year, number, type, cause, basisDocument, adjustedOn, changes, dueOn } = row
  const filedOn = localDateOf(row.filedAt ?? ctx.now)
  const standards = await standardsInForce(ctx.tx, jurisdictionCode, ctx.today, year)
  const calendar = calendarSlice(await currentCalendar(ctx.tx), adjustedOn, dueOn, jurisdictionCode)
  const inputs: AdjustmentFilingInputs = {
    type,
    cause,
    basisDocument,
    adjustedOn,
    filedOn,
    year,
    changes,
    calendar,
  }
  return decide(
    ctx,
    adjustmentFilingKind,
    {
      subject: { kind: 'plans.adjustment', id },
      organId,
      jurisdictionCode,
      year,
      title: `${year}年度计划调整备案 ${number}`,
      link: `/plans/adjustments/${id}`,
      inputs,
      judged: adjustmentFilingKind.evaluate(inputs, standards),
      standards: { snapshot: await snapshotOf(ctx.tx, standards), on: standards.on, year },
      taken: null,
      deviates: false,
      held: false,
    },
    { byRules: true },
  )
}
