import { Select } from 'antd'
import { z } from 'zod'
import { addressOf } from '#kernel/web/client.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Chart } from '#kernel/web/chart/Chart.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'

const Filters = z.object({ organId: z.uuid().optional() })

/** What the cards of an organ will be charged in the years to come, for the budget; by the rule that closes the months. */
export default function ForecastPage() {
  const { organ } = useMe()
  const [{ organId }, change] = useFilters(Filters)
  const asked = organId === undefined ? {} : { organId }
  const forecast = useFetched(contract.forecast, asked)
  const { items, wholeLevel } = useFetched(contract.summary, {})
  const organs = [...new Map(items.map((row) => [row.organId, row.organName]))]
  const { openMonth, years, classes } = forecast
  return (
    <Page
      title="折旧预测"
      lead={`${forecast.organName}现有资产今后十年的折旧，与每月计提用同一规则，分毫不差；以后新购、处置的资产不在其内。`}
      trail={[{ label: '折旧', path: '/assets/depreciation' }]}
    >
      {wholeLevel && (
        <Select
          aria-label="机关"
          style={{ width: 300 }}
          showSearch
          optionFilterProp="label"
          value={forecast.organId}
          onChange={(id: string) => change({ organId: id === organ?.id ? undefined : id })}
          options={[
            ...(organs.some(([id]) => id === forecast.organId)
              ? []
              : [[forecast.organId, forecast.organName] as const]),
            ...organs,
          ].map(([value, label]) => ({ value, label }))}
        />
      )}
      {openMonth === null ? (
        <Empty title="还没有资产卡片">登记或导入资产卡片后，这里自动测算。</Empty>
      ) : (
        <>
          <Section title="按年">
            <Chart
              title="各年折旧"
              shape="bar"
              rows={years}
              along={{ key: 'year', title: '年度', value: ({ year }) => String(year) }}
              series={[{ key: 'chargedFen', title: '当年折旧', kind: 'wan', value: ({ chargedFen }) => chargedFen }]}
              source={`来源：资产卡片，截至 ${todayHere()}；${openMonth} 起为预测`}
            />
            <Table
              label="各年折旧"
              rows={years}
              keyOf={({ year }) => String(year)}
              height="auto"
              exportHref={addressOf(contract.exportForecast, asked)}
              columns={[
                { key: 'year', title: '年度', value: ({ year }) => `${year} 年`, width: 100 },
                { key: 'cards', title: '计提卡片', unit: '张', kind: 'number', value: ({ cards }) => cards },
                {
                  key: 'chargedFen',
                  title: '当年折旧',
                  kind: 'yuan',
                  value: ({ chargedFen }) => chargedFen,
                  width: 140,
                },
                {
                  key: 'closedFen',
                  title: '其中已结账',
                  kind: 'yuan',
                  value: ({ closedFen }) => closedFen,
                  width: 140,
                },
                {
                  key: 'accumulatedFen',
                  title: '年末累计折旧',
                  kind: 'yuan',
                  value: ({ accumulatedFen }) => accumulatedFen,
                  width: 150,
                },
                { key: 'netFen', title: '年末净值', kind: 'yuan', value: ({ netFen }) => netFen, width: 150 },
              ]}
              empty={null}
            />
          </Section>
          <Section title={`按分类（${openMonth} 起）`}>
            <Table
              label="各分类折旧"
              rows={classes}
              keyOf={({ classCode, classEdition }) => `${classEdition} ${classCode}`}
              height="auto"
              columns={[
                {
                  key: 'class',
                  title: '分类',
                  value: ({ className, classCode }) => `${className} ${classCode}`,
                  width: 220,
                },
                { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 130 },
                ...years.map(({ year }, at) => ({
                  key: String(year),
                  title: `${year} 年`,
                  kind: 'yuan' as const,
                  value: ({ toChargeFen }: (typeof classes)[number]) => toChargeFen[at] ?? 0,
                  width: 116,
                })),
              ]}
              empty={<Empty title="没有还要计提的资产" />}
            />
          </Section>
        </>
      )}
    </Page>
  )
}
