import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { adjustLines, ledgerLinesLocked, openLines, type LineRow } from '#modules/ledger/offers.ts'
import type { AdjustmentChange } from '../model.ts'
import { mayReduce } from '../rules/adjustment.ts'
import { saveAdjustment, type AdjustmentRow } from '../store/adjustment.ts'

/** The ledger lines to change, locked, the organ's own, standing where the filing says they stand. */
export async function linesToChange(
  ctx: Act,
  { organId, year }: Pick<AdjustmentRow, 'organId' | 'year'>,
  changes: readonly AdjustmentChange[],
): Promise<Map<string, LineRow>> {
  const ids = changes.flatMap(({ lineId }) => (lineId === null ? [] : [lineId]))
  const lines = new Map((await ledgerLinesLocked(ctx.tx, ids)).map((line) => [line.id, line]))
  for (const change of changes) {
    if (change.lineId === null) continue
    const line = lines.get(change.lineId)
    if (!line || line.holderOrganId !== organId || line.year !== year) throw new Missing('计划台账行')
    insist(
      allOf(
        provided(
          line.plannedFen === change.beforeFen && line.plannedCenti === Math.round(change.beforeQuantity * 100),
          {
            code: 'before-differs',
            message: `“${line.itemName}”调整前的数与台账不一致，计划可能刚被调整。`,
            remedy: '请刷新后按台账现有数重新填写。',
          },
        ),
        // Whether finance must approve is judged by the code (R15, R16): it is the ledger's, not the sender's.
        provided(line.economicCode === change.economicCode && line.needKind === change.needKind, {
          code: 'line-differs',
          message: `“${line.itemName}”的需求类别或经济科目与台账不一致。`,
          remedy: '请刷新后从台账重新选择。',
        }),
        mayReduce(line, change.afterFen),
      ),
    )
  }
  return lines
}

/** Posts the changes; a new line gets its id now, so that the adjustment can be taken back line by line. */
export async function postToLedger(
  ctx: Act,
  row: AdjustmentRow,
  lines: ReadonlyMap<string, LineRow>,
): Promise<AdjustmentRow> {
  const fresh = new Set<string>()
  const changes = row.changes.map((change) => {
    const lineId = change.lineId ?? newId()
    if (change.lineId === null) fresh.add(lineId)
    return { ...change, lineId }
  })
  const planId = [...lines.values()][0]?.planId ?? row.id
  await openLines(
    ctx,
    changes
      .filter(({ lineId }) => fresh.has(lineId))
      .map((change, index) => ({
        id: change.lineId,
        jurisdictionCode: row.jurisdictionCode,
        year: row.year,
        number: `${row.number}-${index + 1}`,
        planId,
        holderOrganId: row.organId,
        servedOrganId: row.organId,
        needKind: change.needKind,
        itemName: change.itemName,
        economicCode: change.economicCode,
        unit: change.unit,
        centralised: false,
        amountFen: change.afterFen,
        quantity: change.afterQuantity,
      })),
    row.adjustedOn,
  )
  await changeLedger(
    ctx,
    row,
    changes.filter(({ lineId }) => !fresh.has(lineId)),
    `计划调整${row.number}`,
    'plans.adjustment',
  )
  return saveAdjustment(ctx.tx, row, { ledgerPosted: true, changes })
}

/** Posts what an adjustment changes on lines that are there. @param sourceKind the cause: making it, or taking it back */
export async function changeLedger(
  ctx: Act,
  row: AdjustmentRow,
  changes: readonly AdjustmentChange[],
  note: string,
  sourceKind: string,
): Promise<void> {
  await adjustLines(
    ctx,
    changes.flatMap(({ lineId, beforeFen, afterFen, beforeQuantity, afterQuantity }) =>
      lineId === null
        ? []
        : [
            {
              lineId,
              posting: {
                amountFen: afterFen - beforeFen,
                quantity: afterQuantity - beforeQuantity,
                note,
                document: row.basisDocument,
                occurredOn: row.adjustedOn,
                source: { kind: sourceKind, id: row.id },
              },
            },
          ],
    ),
  )
}
