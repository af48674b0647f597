import type { z } from 'zod'
import type { Act } from '#kernel/server/context.ts'
import { ledgerPosition, ledgerSums, ledgerTotals, type LineFilter } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { NeedKind, ThreePublicPart } from '#modules/standards/model.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import type { ReportFigures } from '../contract/report.ts'
import { executionRateBp } from '../rules/report.ts'
import { adjustmentTotals } from '../store/adjustment.ts'
import { organReportStates } from '../store/report.ts'

type Scope = { kind: 'organ' | 'consolidated'; year: number; organId: string; jurisdictionCode: string }

/** An organ reports on the lines it carries out itself; the consolidated report covers the whole level. */
function filterOf({ kind, year, organId, jurisdictionCode }: Scope): LineFilter {
  return { year, jurisdictionCode, ...(kind === 'organ' ? { holderOrganId: organId } : {}) }
}

export async function ledgerTotalsFor(
  { tx }: Pick<Act, 'tx'>,
  scope: Scope,
): Promise<{ plannedFen: number; executedFen: number; committedFen: number }> {
  return ledgerTotals(tx, filterOf(scope))
}

/** The figures of a report, drawn from the ledger at one position (norms A36-1, A36-2; PLAN-R19). */
export async function figuresOf(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  scope: Scope,
): Promise<z.infer<typeof ReportFigures>> {
  const filter = filterOf(scope)
  const ledgerEntryId = await ledgerPosition(tx)
  const sums = await ledgerSums(tx, ['need-kind', 'served-organ', 'economic-code'], filter)
  const { 'need-kind': kinds, 'economic-code': codes } = sums
  const organs = scope.kind === 'consolidated' ? sums['served-organ'] : []
  const totals = await ledgerTotals(tx, filter)
  const openedFen = kinds.reduce((sum, { openedFen: fen }) => sum + fen, 0)
  const names = await organNames(
    tx,
    organs.map(({ key }) => key),
  )
  const states = await organReportStates(tx, scope.jurisdictionCode, scope.year)
  const standards = await standardsInForce(tx, scope.jurisdictionCode, today, scope.year)
  const partOf = new Map(standards.economicCodes.map(({ code, threePublic }) => [code, threePublic]))
  const executedOf = (part: ThreePublicPart) =>
    codes.filter(({ key }) => partOf.get(key) === part).reduce((sum, { executedFen }) => sum + executedFen, 0)
  return {
    plannedFen: openedFen,
    adjustedFen: totals.plannedFen - openedFen,
    executedFen: totals.executedFen,
    committedFen: totals.committedFen,
    remainingFen: totals.plannedFen - totals.committedFen - totals.executedFen,
    executionRateBp: executionRateBp(totals.plannedFen, totals.executedFen),
    byKind: kinds.map((sum) => ({
      needKind: sum.key as NeedKind,
      lines: sum.lines,
      plannedFen: sum.openedFen,
      adjustedFen: sum.adjustedFen,
      executedFen: sum.executedFen,
      executionRateBp: executionRateBp(sum.openedFen + sum.adjustedFen, sum.executedFen),
      quantityPlanned: sum.plannedQuantity,
      quantityExecuted: sum.executedQuantity,
    })),
    byOrgan: organs.map((sum) => ({
      organId: sum.key,
      organName: names.get(sum.key) ?? '',
      plannedFen: sum.openedFen + sum.adjustedFen,
      executedFen: sum.executedFen,
      executionRateBp: executionRateBp(sum.openedFen + sum.adjustedFen, sum.executedFen),
      reportState: states.get(sum.key) ?? null,
    })),
    adjustments: await adjustmentTotals(
      tx,
      scope.jurisdictionCode,
      scope.year,
      scope.kind === 'organ' ? scope.organId : null,
    ),
    threePublicFen: {
      abroad: executedOf('SG1'),
      vehiclePurchase: executedOf('SG2a'),
      vehicleRunning: executedOf('SG2b'),
      reception: executedOf('SG3'),
    },
    ledgerEntryId,
  }
}
