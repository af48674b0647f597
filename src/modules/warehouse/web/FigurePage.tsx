import { z } from 'zod'
import { queryYear, type OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import type { Column } from '#kernel/web/table/column.ts'
import { YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { figureLabels, figures, figureWords, type Figure } from '../model/figure.ts'

const Filters = z.object({ year: queryYear.optional() })
type Row = OutputOf<(typeof contract)['figureRows']>['items'][number]

/** What a figure of the year counts, and by which day it belongs to the year. */
const leads: Readonly<Record<Figure, string>> = {
  in: '本年验收入仓的物品，金额为资产原值。',
  out: '本年签收出仓的物品，借用、调拨各计一次；出仓件数按物品计，同一物品只计一件。',
  saved: '按配置标准的价格上限，没有的按重置价；同一机关同一物品只计一次，借用须替代购置。',
  stay: '本年内在仓的物品，自入仓至离仓或今天的天数。',
  returns: '本年到期或已归还的借用，以归还日期和约定日期相比。',
  repaired: '本年修复的物品，修复费用和重置价相比。',
}

export default function FigurePage({ params }: PageProps<'/warehouse/metrics/:figure'>) {
  const figure = z.enum(figures).safeParse(params.figure).data
  return figure === undefined ? (
    <Page title="公物仓统计" trail={[{ label: '公物仓统计', path: '/warehouse/metrics' }]}>
      <Empty title="没有这项统计">请从公物仓统计中选择。</Empty>
    </Page>
  ) : (
    <Opened figure={figure} />
  )
}

function Opened({ figure }: { figure: Figure }) {
  const [{ year = Number(todayHere().slice(0, 4)) }, change] = useFilters(Filters)
  const pages = usePages(contract.figureRows, { figure, year, limit: 100 })
  return (
    <Page
      title={`${year} 年${figureLabels[figure]}`}
      lead={leads[figure]}
      trail={[{ label: '公物仓统计', path: `/warehouse/metrics?year=${year}` }]}
      actions={<YearFilter value={year} onChange={(chosen) => change({ year: chosen })} />}
    >
      {pages.error && <ErrorPanel error={pages.error} onRetry={pages.refetch} />}
      <Table
        label={figureLabels[figure]}
        pages={pages}
        keyOf={({ key }) => key}
        href={({ itemId, requestId }) =>
          itemId === null ? `/warehouse/requests/${requestId ?? ''}` : `/warehouse/items/${itemId}`
        }
        columns={columns[figure]}
        empty={<Empty title={`${year} 年没有${figureLabels[figure]}`} />}
      />
    </Page>
  )
}

const name: Column<Row> = { key: 'name', title: '物品', value: (row) => row.name, width: 200 }
const number: Column<Row> = { key: 'number', title: '编号', value: (row) => row.number, width: 120 }
const organ = (title: string): Column<Row> => ({ key: 'organ', title, value: (row) => row.organName, width: 220 })
const day = (title: string): Column<Row> => ({ key: 'on', title, kind: 'date', value: (row) => row.on })
const money = (title: string): Column<Row> => ({ key: 'fen', title, kind: 'yuan', value: (row) => row.fen })
const word = (title: string): Column<Row> => ({
  key: 'word',
  title,
  value: (row) => (row.word === null ? null : figureWords[row.word]),
  width: 140,
})

const columns: Readonly<Record<Figure, readonly Column<Row>[]>> = {
  in: [name, number, organ('来源机关'), day('入仓'), money('原值'), word('现状')],
  out: [name, number, organ('使用机关'), day('签收'), money('原值'), word('方式')],
  saved: [
    name,
    number,
    organ('使用机关'),
    day('计入'),
    money('节约'),
    word('方式'),
    { key: 'basis', title: '计算依据', value: (row) => row.basis, width: 260 },
  ],
  stay: [
    name,
    number,
    organ('来源机关'),
    day('入仓'),
    { key: 'days', title: '在仓', unit: '天', kind: 'number', value: (row) => row.days },
    word('现状'),
  ],
  returns: [{ ...name, title: '用途' }, number, organ('借用机关'), day('应归还'), word('归还情况')],
  repaired: [
    name,
    number,
    organ('来源机关'),
    day('修复'),
    money('修复费用'),
    { key: 'replacement', title: '重置价', kind: 'yuan', value: (row) => row.replacementFen },
    word('利用情况'),
  ],
}
