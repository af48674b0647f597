import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { Chart } from '#kernel/web/chart/Chart.tsx'
import { usePages, type Pages } from '#kernel/web/fetching.ts'
import { wanText } from '#kernel/web/money.ts'
import { Empty } from '#kernel/web/Panels.tsx'
import { Tabs } from '#kernel/web/Record.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { opinionLabels } from '#modules/plans/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import type { ChangedLine, JurisdictionSums, OrganSums, Result } from '../model.ts'
import { Difference, differenceText, shareText } from './Difference.tsx'
import { differenceColumn, linesColumns, sumColumns } from './result-columns.tsx'

/** Where the rows of a result come from: kept by the server, or all here because they were only previewed. */
export type ResultRows = { scenarioId: string } | { organs: readonly OrganSums[]; lines: readonly ChangedLine[] }

type Order = 'size' | 'more' | 'less'
const orderLabels: Record<Order, string> = { size: '差额最大的在前', more: '增加最多的在前', less: '减少最多的在前' }

/** The result of a scenario: five figures, money by kind, then who gains and loses, line by line where that is ours to see. */
export function Results({
  result,
  rows,
  stale,
  source,
}: {
  result: Result
  rows: ResultRows
  /** Another one is on its way; these figures are of before. */
  stale: boolean
  source: string
}) {
  const { jurisdictions, kinds } = result
  return (
    <div className={stale ? 'whatif-result whatif-stale' : 'whatif-result'} aria-busy={stale}>
      <Figures result={result} />
      <Chart
        title="各类需求的基准核定和方案核定"
        shape="bar"
        rows={kinds}
        along={kindColumn}
        series={chartSeries}
        source={source}
      />
      <Tabs
        tabs={[
          { key: 'organs', label: '按机关', content: <Organs rows={rows} result={result} /> },
          {
            key: 'lines',
            label: `变化事项（${result.totals.changedLines.toLocaleString('zh-CN')}）`,
            content: <Lines rows={rows} result={result} />,
          },
          { key: 'kinds', label: '按类别和物品', content: <Kinds result={result} /> },
          ...(jurisdictions.length > 0
            ? [{ key: 'jurisdictions', label: '按行政区划', content: <Jurisdictions rows={jurisdictions} /> }]
            : []),
        ]}
      />
    </div>
  )
}

const kindColumn: Column<Result['kinds'][number]> = {
  key: 'kind',
  title: '需求类别',
  value: ({ needKind }) => needKindLabels[needKind],
}
const chartSeries = [
  { key: 'base', title: '基准核定', kind: 'wan', value: ({ baseFen }: Result['kinds'][number]) => baseFen },
  { key: 'scenario', title: '方案核定', kind: 'wan', value: ({ scenarioFen }: Result['kinds'][number]) => scenarioFen },
] as const

function Figures({ result: { totals, basis, organsMore, organsLess } }: { result: Result }) {
  const difference = totals.scenarioFen - totals.baseFen
  const centralised = totals.centralisedScenarioFen - totals.centralisedBaseFen
  const figures: { label: string; value: string; note: string | null }[] = [
    {
      label: '申请',
      value: wanText(totals.askedFen),
      note: totals.scenarioAskedFen === totals.askedFen ? null : `按方案价格 ${wanText(totals.scenarioAskedFen)}`,
    },
    { label: '基准核定', value: wanText(totals.baseFen), note: `集中管理 ${wanText(totals.centralisedBaseFen)}` },
    {
      label: '方案核定',
      value: wanText(totals.scenarioFen),
      note: `集中管理 ${wanText(totals.centralisedScenarioFen)}${centralised === 0 ? '' : `（${differenceText(centralised)}）`}`,
    },
    { label: '差额', value: differenceText(difference), note: shareText(difference, totals.baseFen) ?? '没有变化' },
    {
      label: '变化事项（行）',
      value: totals.changedLines.toLocaleString('zh-CN'),
      note: `共 ${totals.lines.toLocaleString('zh-CN')} 行；${organsMore}个机关增加，${organsLess}个减少`,
    },
  ]
  return (
    <>
      <dl className="whatif-figures">
        {figures.map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="number">{value}</dd>
            {note && <dd className="whatif-note">{note}</dd>}
          </div>
        ))}
      </dl>
      <p className="quiet whatif-basis">
        金额单位：万元。计入已提交的需求申请{basis.demands.toLocaleString('zh-CN')}份
        {basis.notSubmitted > 0 && `，尚未提交的${basis.notSubmitted.toLocaleString('zh-CN')}份没有计入`}。
      </p>
    </>
  )
}

/** Rows that are all here, as a table by cursor would have them. */
function allHere<Row>(items: readonly Row[]): Pages<Row, unknown> {
  const nothing = () => {}
  return {
    items: [...items],
    total: items.length,
    first: undefined,
    hasMore: false,
    more: nothing,
    loading: false,
    fetching: false,
    error: null,
    refetch: nothing,
  }
}

const differenceOf = (row: { baseFen: number; scenarioFen: number }) => row.scenarioFen - row.baseFen

function Organs({ rows, result }: { rows: ResultRows; result: Result }) {
  const [order, setOrder] = useState<Order>('size')
  const tools = (
    <Select<Order>
      aria-label="排序"
      style={{ width: 170 }}
      value={order}
      onChange={setOrder}
      options={(Object.entries(orderLabels) as [Order, string][]).map(([value, label]) => ({ value, label }))}
    />
  )
  return 'scenarioId' in rows ? (
    <KeptOrgans scenarioId={rows.scenarioId} order={order} tools={tools} result={result} />
  ) : (
    <OrganTable pages={allHere(sorted(rows.organs, order))} tools={tools} result={result} />
  )
}

function sorted(organs: readonly OrganSums[], order: Order): readonly OrganSums[] {
  if (order === 'size') return organs
  return organs.toSorted((a, b) =>
    order === 'more' ? differenceOf(b) - differenceOf(a) : differenceOf(a) - differenceOf(b),
  )
}

type OrganTableProps = { pages: Pages<OrganSums, unknown>; tools: React.ReactNode; result: Result }

function KeptOrgans({
  scenarioId,
  order,
  ...rest
}: { scenarioId: string; order: Order } & Omit<OrganTableProps, 'pages'>) {
  const pages = usePages(contract.organResults, { scenarioId, order, limit: 100 })
  return <OrganTable pages={pages} {...rest} />
}

function OrganTable({ pages, tools, result: { jurisdictions, totals } }: OrganTableProps) {
  const columns = useMemo<Column<OrganSums>[]>(
    () => [
      { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 250 },
      ...(jurisdictions.length > 0
        ? [{ key: 'place', title: '行政区划', value: (row: OrganSums) => row.jurisdictionName, width: 100 }]
        : []),
      ...sumColumns<OrganSums>(totals),
    ],
    [jurisdictions.length, totals],
  )
  return (
    <Table
      label="按机关的测算结果"
      columns={columns}
      pages={pages}
      keyOf={({ organId, organName, jurisdictionCode }) => organId ?? `${jurisdictionCode}${organName}`}
      tools={tools}
      empty={<Empty title="没有计入的机关">机关提交需求申请后才能测算。</Empty>}
      height="480px"
    />
  )
}

function Lines({ rows, result }: { rows: ResultRows; result: Result }) {
  const { totals, linesKept, jurisdictions } = result
  const left = totals.changedLines - ('lines' in rows ? rows.lines.length : linesKept)
  return (
    <>
      {'scenarioId' in rows ? <KeptLines scenarioId={rows.scenarioId} /> : <LineTable pages={allHere(rows.lines)} />}
      {left > 0 && (
        <p className="quiet">
          另有 {left.toLocaleString('zh-CN')} 行没有逐行列出：
          {jurisdictions.length > 0 ? '下级机关只列汇总数；' : ''}本级列差额最大的。
        </p>
      )}
    </>
  )
}

function KeptLines({ scenarioId }: { scenarioId: string }) {
  return <LineTable pages={usePages(contract.lineResults, { scenarioId, limit: 100 })} />
}

function LineTable({ pages }: { pages: Pages<ChangedLine, unknown> }) {
  return (
    <Table
      label="审核结果有变化的事项"
      columns={linesColumns}
      pages={pages}
      keyOf={({ lineId }) => lineId}
      empty={<Empty title="没有变化的事项">这些变化不影响任何一行的审核结果。</Empty>}
      height="480px"
    />
  )
}

type KindOrItem = Result['kinds'][number] | Result['items'][number]

function Kinds({ result: { kinds, items, opinions, totals } }: { result: Result }) {
  const columns: Column<KindOrItem>[] = [
    {
      key: 'name',
      title: '类别或物品',
      value: (row) => ('needKind' in row ? needKindLabels[row.needKind] : `　${row.title}（${row.unit}）`),
      width: 230,
    },
    ...sumColumns<KindOrItem>(totals),
  ]
  const rows: KindOrItem[] = kinds.flatMap((kind) => (kind.needKind === 'N09' ? [kind, ...items] : [kind]))
  return (
    <div className="stack">
      <Table
        label="按类别和物品的测算结果"
        columns={columns}
        rows={rows}
        keyOf={(row) => ('needKind' in row ? row.needKind : row.standardCode)}
        empty={<Empty title="没有计入的事项" />}
        height="none"
      />
      <Table
        label="审核意见的变化"
        columns={opinionColumns}
        rows={opinions}
        keyOf={({ opinion }) => opinion}
        empty={<Empty title="没有计入的事项" />}
        height="none"
      />
    </div>
  )
}

const opinionColumns: Column<Result['opinions'][number]>[] = [
  { key: 'opinion', title: '审核意见', value: ({ opinion }) => opinionLabels[opinion], width: 230 },
  { key: 'baseLines', title: '基准', kind: 'number', unit: '行', value: ({ baseLines }) => baseLines, width: 104 },
  {
    key: 'scenarioLines',
    title: '方案',
    kind: 'number',
    unit: '行',
    value: ({ scenarioLines }) => scenarioLines,
    width: 104,
  },
  { key: 'baseFen', title: '基准核定', kind: 'wan', value: ({ baseFen }) => baseFen, width: 132 },
  { key: 'scenarioFen', title: '方案核定', kind: 'wan', value: ({ scenarioFen }) => scenarioFen, width: 132 },
  { ...differenceColumn<Result['opinions'][number]>(), render: (row) => <Difference fen={differenceOf(row)} /> },
]

function Jurisdictions({ rows }: { rows: readonly JurisdictionSums[] }) {
  const columns: Column<JurisdictionSums>[] = [
    { key: 'name', title: '行政区划', value: ({ name }) => name, width: 160 },
    { key: 'organs', title: '机关', kind: 'number', unit: '个', value: ({ organs }) => organs, width: 90 },
    ...sumColumns<JurisdictionSums>(),
  ]
  return (
    <Table
      label="按行政区划的测算结果"
      columns={columns}
      rows={rows}
      keyOf={({ code }) => code}
      empty={<Empty title="没有计入的行政区划" />}
      height="480px"
    />
  )
}
