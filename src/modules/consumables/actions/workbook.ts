import type { ActionsOf } from '#kernel/server/context.ts'
import { BadInput, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { readWorkbook } from '#kernel/server/spreadsheet/read-workbook.ts'
import {
  spooledWorkbook,
  workbookDownload,
  type SheetColumn,
  type SheetRow,
} from '#kernel/server/spreadsheet/write-workbook.ts'
import type { contract } from '../contract.ts'
import { movementKindLabels } from '../model.ts'
import { can } from '../policy.ts'
import { itemSheet, readItems } from '../rules/import.ts'
import {
  insertItems,
  itemsPage,
  knownItems,
  lockItems,
  moveStock,
  movementBatch,
  type ItemFilter,
} from '../store/stock.ts'
import { filterOf, ownOrgan, subjectOf } from './access.ts'
import { numbersFor } from './items.ts'
import type { Act } from '#kernel/server/context.ts'

type WorkbookActions = Pick<ActionsOf<typeof contract>, 'exportItems' | 'itemTemplate' | 'importItems'>

const mostRows = 5000
const stockColumns: readonly SheetColumn[] = [
  { title: '品名', width: 20 },
  { title: '规格', width: 20 },
  { title: '计量单位', width: 10 },
  { title: '存放地点', width: 18 },
  { title: '库存下限', kind: 'number', width: 10 },
  { title: '库存数量', kind: 'number', width: 10 },
  { title: '金额（元）', kind: 'yuan' },
]

export const workbookActions: WorkbookActions = {
  /** What is in stock, and everything that came in and went out. */
  async exportItems(ctx) {
    const filter = filterOf(ctx, ctx.input)
    return spooledWorkbook(`低值易耗品库存（${ctx.today}）.xlsx`, [
      {
        name: '库存',
        columns: [...stockColumns, { title: '编号' }, { title: '持有机关', width: 24 }],
        rows: stockRows(ctx, filter),
      },
      {
        name: '收发明细',
        columns: [
          { title: '编号' },
          { title: '物品', width: 24 },
          { title: '日期', kind: 'date' },
          { title: '类别', width: 10 },
          { title: '增减', kind: 'number', width: 10 },
          { title: '金额（元）', kind: 'yuan' },
          { title: '结存', kind: 'number', width: 10 },
          { title: '结存金额（元）', kind: 'yuan' },
          { title: '单号', width: 18 },
          { title: '供应商', width: 20 },
          { title: '说明', width: 30 },
          { title: '经办人', width: 12 },
        ],
        rows: ledgerRows(ctx, filter),
      },
    ])
  },

  async itemTemplate(ctx) {
    ownOrgan(ctx)
    return workbookDownload('低值易耗品期初库存模板.xlsx', [
      {
        name: '期初库存',
        columns: [...stockColumns, { title: '入库日期', kind: 'date' }],
        rows: [] as SheetRow[],
        spareRows: 200,
      },
    ])
  },

  async importItems(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.keep(ctx.actor, subjectOf(organ)))
    const { file } = ctx.input
    const sheet = itemSheet(await readWorkbook(file))
    if (sheet === null)
      throw new BadInput([
        {
          pointer: '/file',
          code: 'no-table',
          message: `在“${file.fileName}”中没有找到库存表：表头应有“品名”“计量单位”“库存数量”。请按模板填写。`,
        },
      ])
    const { items, problems } = readItems(sheet, ctx.today, await knownItems(ctx.tx, organ.id))
    const read = items.length + new Set(problems.map(({ row }) => row)).size
    if (items.length > mostRows)
      throw new BadInput([
        { pointer: '/file', code: 'too-many-rows', message: `一次最多导入${mostRows}行。请分次导入。` },
      ])
    if (problems.length > 0 || items.length === 0) return { read, created: 0, problems: problems.slice(0, 500) }
    const numbers = await numbersFor(ctx, organ.id, items.length)
    const created = items.map((item, at) => ({ ...item, id: newId(), number: numbers[at] as string }))
    await insertItems(ctx.tx, subjectOf(organ), created)
    const locked = new Map(
      (
        await lockItems(
          ctx.tx,
          created.map(({ id }) => id),
        )
      ).map((item) => [item.id, item]),
    )
    const by = { personId: ctx.actor.personId, name: ctx.actor.name, at: ctx.now }
    await moveStock(
      ctx.tx,
      created.flatMap(({ id, quantity, amountFen, receivedOn }) => {
        const item = locked.get(id)
        return item && quantity > 0
          ? [{ item, kind: 'receipt' as const, quantity, amountFen, happenedOn: receivedOn, reason: '期初库存' }]
          : []
      }),
      by,
    )
    await record(ctx, 'consumables.items-imported', {
      subject: { kind: 'consumables.import', id: file.sha256 },
      organId: organ.id,
      after: { fileName: file.fileName, sha256: file.sha256, items: created.length },
    })
    return { read, created: created.length, problems: [] }
  },
}

const batch = 500

async function* stockRows({ tx }: Act, filter: ItemFilter): AsyncGenerator<SheetRow> {
  for (let after: string | undefined; ;) {
    const items = await itemsPage(tx, filter, after, batch)
    for (const { name, spec, unit, place, minimum, quantity, valueFen, number, organName } of items)
      yield [name, spec, unit, place, minimum, quantity, valueFen, number, organName]
    if (items.length < batch) return
    after = items.at(-1)?.id
  }
}

async function* ledgerRows({ tx }: Act, filter: ItemFilter): AsyncGenerator<SheetRow> {
  for (let after = 0; ;) {
    const rows = await movementBatch(tx, filter, after, batch)
    for (const one of rows)
      yield [
        one.number,
        [one.name, one.spec].filter(Boolean).join(' '),
        one.happenedOn,
        movementKindLabels[one.kind],
        one.quantity,
        one.amountFen,
        one.quantityAfter,
        one.valueAfterFen,
        one.document,
        one.supplier,
        one.reason,
        one.personName,
      ]
    if (rows.length < batch) return
    after = rows.at(-1)?.id ?? 0
  }
}
