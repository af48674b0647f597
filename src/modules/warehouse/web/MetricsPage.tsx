import { z } from 'zod'
import { queryYear, type OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { quantityText, wanText, yuanText } from '#kernel/web/money.ts'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import type { Figure } from '../model/figure.ts'

const Filters = z.object({ year: queryYear.optional() })
type Below = OutputOf<(typeof contract)['metrics']>['below'][number]

const percent = (value: number | null) => (value === null ? '–' : `${value.toFixed(2)}%`)
const plain = (value: number | null, unit: string) => (value === null ? '–' : `${quantityText(value)} ${unit}`)
const yuan = (value: number | null) => (value === null ? '–' : `${yuanText(value)} 元`)

/** What the warehouse did in a year: each figure is counted from intakes, loans and allotments, none is entered. */
export default function MetricsPage() {
  const [{ year = Number(todayHere().slice(0, 4)) }, change] = useFilters(Filters)
  const { own, below } = useFetched(contract.metrics, { year })
  const { counts, metrics, sums } = own
  const open = (figure: Figure, text: string) => <Go to={`/warehouse/metrics/${figure}?year=${year}`}>{text}</Go>
  return (
    <Page
      title="公物仓统计"
      lead={`${year} 年，截至今天。数字由入仓、借用、调拨的办理记录得出。`}
      actions={<YearFilter value={year} onChange={(chosen) => change({ year: chosen })} />}
    >
      <Facts
        of={[
          {
            label: '入仓',
            value: open('in', `${quantityText(counts.inItems)} 件`),
            note: `原值 ${wanText(counts.inFen)} 万元`,
          },
          {
            label: '出仓',
            value: open('out', `${quantityText(counts.outItems)} 件`),
            note: `原值 ${wanText(counts.outFen)} 万元`,
          },
          {
            label: '盘活率',
            value: percent(metrics.reusePercent),
            note: `出仓件数 ÷ 入仓件数：${quantityText(counts.outItems)} ÷ ${quantityText(counts.inItems)}`,
          },
          {
            label: '节约购置经费',
            value: open('saved', `${wanText(counts.savedFen)} 万元`),
            note: `件均 ${yuan(metrics.savedPerItemFen)}；同一机关同一物品只计一次`,
          },
          {
            label: '逾期未还',
            value: <Go to="/warehouse/requests?late=true">{quantityText(counts.lateLoans)} 份</Go>,
            note: `在架 ${quantityText(counts.onShelf)} 件，借出 ${quantityText(counts.lent)} 件`,
          },
        ]}
      />
      <Section title="周转和修复">
        <Table
          label="周转和修复"
          rows={[
            {
              name: '周转次数',
              figure: 'out',
              value: plain(metrics.turnover, '次'),
              how: '借用、调拨次数 ÷ 入仓件数',
              numbers: `${quantityText(sums.outTimes)} 次 ÷ ${quantityText(counts.inItems)} 件`,
            },
            {
              name: '平均在仓天数',
              figure: 'stay',
              value: plain(metrics.averageDays, '天'),
              how: '在仓天数合计 ÷ 在仓件数',
              numbers: `${quantityText(sums.daysIn)} 天 ÷ ${quantityText(sums.daysOf)} 件`,
            },
            {
              name: '按期归还率',
              figure: 'returns',
              value: percent(metrics.inTimePercent),
              how: '按期归还的借用 ÷ 应归还的借用',
              numbers: `${quantityText(sums.returnsInTime)} 份 ÷ ${quantityText(sums.returnsDue)} 份`,
            },
            {
              name: '修复利用率',
              figure: 'repaired',
              value: percent(metrics.repairUsePercent),
              how: '修复后出仓的件数 ÷ 修复件数',
              numbers: `${quantityText(sums.repairedOut)} 件 ÷ ${quantityText(sums.repaired)} 件`,
            },
            {
              name: '修复成本率',
              figure: 'repaired',
              value: percent(metrics.repairCostPercent),
              how: '修复费用 ÷ 重置价',
              numbers: `${yuanText(sums.repairFen)} 元 ÷ ${yuanText(sums.repairReplacementFen)} 元`,
            },
            {
              name: '入仓件均原值',
              figure: 'in',
              value: yuan(metrics.costPerItemFen),
              how: '入仓原值 ÷ 入仓件数',
              numbers: `${yuanText(counts.inFen)} 元 ÷ ${quantityText(counts.inItems)} 件`,
            },
          ]}
          keyOf={({ name }) => name}
          href={({ figure }) => `/warehouse/metrics/${figure}?year=${year}`}
          height="auto"
          columns={[
            { key: 'name', title: '指标', value: ({ name }) => name, width: 160 },
            { key: 'value', title: '数值', value: ({ value }) => value, width: 140 },
            { key: 'how', title: '计算', value: ({ how }) => how, width: 280 },
            { key: 'numbers', title: '代入', value: ({ numbers }) => numbers, width: 260 },
          ]}
          empty={null}
        />
      </Section>
      {below.length > 0 && <Levels rows={below} />}
    </Page>
  )
}

/** Sums of the levels below (Art. 6). */
function Levels({ rows }: { rows: readonly Below[] }) {
  return (
    <Section title="下级公物仓">
      <Table
        label="下级公物仓"
        rows={rows}
        keyOf={({ jurisdictionCode }) => jurisdictionCode}
        height="auto"
        columns={[
          { key: 'name', title: '行政区划', value: ({ jurisdictionName }) => jurisdictionName, width: 180 },
          { key: 'in', title: '入仓', unit: '件', kind: 'number', value: ({ counts }) => counts.inItems },
          { key: 'out', title: '出仓', unit: '件', kind: 'number', value: ({ counts }) => counts.outItems },
          { key: 'reuse', title: '盘活率', value: ({ metrics }) => percent(metrics.reusePercent), width: 100 },
          { key: 'saved', title: '节约经费', kind: 'wan', value: ({ counts }) => counts.savedFen },
          { key: 'late', title: '逾期未还', unit: '份', kind: 'number', value: ({ counts }) => counts.lateLoans },
        ]}
        empty={<Empty title="下级还没有公物仓记录" />}
      />
    </Section>
  )
}
