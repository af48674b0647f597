import type { Act, Download } from '#kernel/server/context.ts'
import { spooledWorkbook, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { LedgerLine } from './model.ts'
import { linesPage, type LineFilter, type LineRow } from './store/line.ts'
import { totalsOf } from './store/sums.ts'

const batch = 1000

/** Exactly what is filtered, with its totals; read in batches and written out while the transaction is open. */
export async function exportLines(
  act: Pick<Act, 'tx'>,
  filter: LineFilter,
  withNames: (rows: readonly LineRow[]) => Promise<LedgerLine[]>,
): Promise<Download> {
  const totals = await totalsOf(act.tx, filter)
  return spooledWorkbook('计划执行台账.xlsx', [
    {
      name: '台账',
      lead: ['计划执行台账'],
      columns: [
        { title: '计划编号', width: 28 },
        { title: '年度', kind: 'number', width: 8 },
        { title: '实施机关', width: 26 },
        { title: '使用机关', width: 26 },
        { title: '类别', width: 18 },
        { title: '事项', width: 26 },
        { title: '科目', width: 10 },
        { title: '单位', width: 8 },
        { title: '计划数量', kind: 'number' },
        { title: '计划（元）', kind: 'yuan' },
        { title: '占用（元）', kind: 'yuan' },
        { title: '支出（元）', kind: 'yuan' },
        { title: '可用（元）', kind: 'yuan' },
      ],
      rows: linesOf(act, filter, withNames),
      total: [
        '合计',
        null,
        '',
        '',
        '',
        '',
        '',
        '',
        null,
        totals.plannedFen,
        totals.committedFen,
        totals.executedFen,
        totals.plannedFen - totals.committedFen - totals.executedFen,
      ],
    },
  ])
}

async function* linesOf(
  { tx }: Pick<Act, 'tx'>,
  filter: LineFilter,
  withNames: (rows: readonly LineRow[]) => Promise<LedgerLine[]>,
): AsyncGenerator<SheetRow> {
  for (let after: string | undefined; ;) {
    const page = await linesPage(tx, filter, after, batch)
    for (const line of await withNames(page))
      yield [
        line.number,
        line.year,
        line.holderOrganName,
        line.servedOrganName,
        needKindLabels[line.needKind],
        line.itemName,
        line.economicCode,
        line.unit,
        line.plannedQuantity,
        line.plannedFen,
        line.committedFen,
        line.executedFen,
        line.remainingFen,
      ]
    if (page.length < batch) return
    after = page.at(-1)?.id
  }
}
