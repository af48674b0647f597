import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { wanText } from '#kernel/web/money.ts'
import type { ReportView } from './ReportStateTag.tsx'

type Figures = ReportView['figures']

/** Every figure of the report, as drawn from the ledger; nobody types one. */
export function FiguresTables({ figures, year }: { figures: Figures; year: number }) {
  const { abroad, vehiclePurchase, vehicleRunning, reception } = figures.threePublicFen
  return (
    <>
      <Section title="分类执行情况">
        <Table
          label="分类执行情况"
          height="auto"
          columns={[
            { key: 'kind', title: '类别', value: ({ needKind }) => needKindLabels[needKind] },
            { key: 'lines', title: '项数', kind: 'number', value: ({ lines }) => lines, width: 80 },
            {
              key: 'planned',
              title: '计划',
              kind: 'wan',
              value: ({ plannedFen }) => plannedFen,
              total: figures.plannedFen,
            },
            {
              key: 'adjusted',
              title: '调整',
              kind: 'wan',
              value: ({ adjustedFen }) => adjustedFen,
              total: figures.adjustedFen,
            },
            {
              key: 'executed',
              title: '执行',
              kind: 'wan',
              value: ({ executedFen }) => executedFen,
              total: figures.executedFen,
            },
            {
              key: 'rate',
              title: '执行率',
              kind: 'percent',
              value: ({ executionRateBp }) => executionRateBp,
              width: 100,
            },
          ]}
          rows={figures.byKind}
          keyOf={({ needKind }) => needKind}
          empty={<Empty title="台账中没有事项" />}
        />
      </Section>
      {figures.byOrgan.length > 0 && (
        <Section title="各机关执行情况">
          <Table
            label="各机关执行情况"
            columns={[
              { key: 'organ', title: '机关', value: ({ organName }) => organName },
              { key: 'planned', title: '计划', kind: 'wan', value: ({ plannedFen }) => plannedFen },
              { key: 'executed', title: '执行', kind: 'wan', value: ({ executedFen }) => executedFen },
              {
                key: 'rate',
                title: '执行率',
                kind: 'percent',
                value: ({ executionRateBp }) => executionRateBp,
                width: 100,
              },
              {
                key: 'report',
                title: '报告',
                value: ({ reportState }) =>
                  reportState === 'received' ? '已收到' : reportState === 'sent' ? '已报送' : '未报送',
                width: 100,
              },
            ]}
            rows={figures.byOrgan}
            keyOf={({ organId }) => organId}
            empty={<Empty title="没有机关" />}
          />
        </Section>
      )}
      <Section title="调整和“三公”经费">
        <p>
          {year}年度办理计划调整 {figures.adjustments.count} 件，涉及资金 {wanText(figures.adjustments.amountFen)}{' '}
          万元，其中按期备案 {figures.adjustments.inTime} 件、逾期 {figures.adjustments.overdue} 件。
        </p>
        <p>
          “三公”经费支出 {wanText(abroad + vehiclePurchase + vehicleRunning + reception)} 万元：因公出国（境）
          {wanText(abroad)}，公务用车购置 {wanText(vehiclePurchase)}，公务用车运行维护 {wanText(vehicleRunning)}
          ，公务接待 {wanText(reception)}。
        </p>
      </Section>
    </>
  )
}
