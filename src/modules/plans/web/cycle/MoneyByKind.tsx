import { Chart } from '#kernel/web/chart/Chart.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { CycleView } from './Standings.tsx'

type Row = CycleView['money'][number]

const along: Column<Row> = { key: 'needKind', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind] }
const asked = [
  { key: 'asked', title: '申请', kind: 'wan', value: ({ askedFen }: Row) => askedFen },
  { key: 'approved', title: '审定', kind: 'wan', value: ({ approvedFen }: Row) => approvedFen },
  { key: 'cut', title: '核减', kind: 'wan', value: ({ cutFen }: Row) => cutFen },
] as const
const executed = {
  key: 'executed',
  title: '已支出',
  kind: 'wan',
  value: ({ executedFen }: Row) => executedFen,
} as const

/** Money asked, approved, cut and spent by the nine kinds of need. */
export function MoneyByKind({ money, source }: { money: readonly Row[]; source: string }) {
  if (money.length === 0)
    return <Empty title="还没有需求事项">各机关填报后，这里按类别列出申请、审定和核减的金额。</Empty>
  const spent = money.some(({ executedFen }) => executedFen > 0)
  return (
    <Chart
      title={spent ? '各类需求的申请、审定、核减和支出' : '各类需求的申请、审定和核减'}
      shape="bar"
      rows={money}
      along={along}
      series={spent ? [...asked, executed] : asked}
      source={source}
    />
  )
}
