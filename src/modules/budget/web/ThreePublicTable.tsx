import { wanText } from '#kernel/web/money.ts'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import type { View } from './view.ts'

type Row = { label: string; amountFen: number }

const columns: Column<Row>[] = [
  { key: 'label', title: '项目', value: ({ label }) => label, width: 260 },
  { key: 'amountFen', title: '金额', kind: 'wan', value: ({ amountFen }) => amountFen },
]

/** The three public expenses beside what was approved last year (只减不增). */
export function ThreePublicTable({ threePublic, year }: { threePublic: View['threePublic']; year: number }) {
  const { abroadFen, vehiclePurchaseFen, vehicleRunningFen, receptionFen, totalFen, lastYearFen, changeFen } =
    threePublic
  const rows: Row[] = [
    { label: '因公出国（境）费用', amountFen: abroadFen },
    { label: '公务用车购置及运行维护费', amountFen: vehiclePurchaseFen + vehicleRunningFen },
    { label: '其中：公务用车购置费', amountFen: vehiclePurchaseFen },
    { label: '其中：公务用车运行维护费', amountFen: vehicleRunningFen },
    { label: '公务接待费', amountFen: receptionFen },
    { label: '合计', amountFen: totalFen },
  ]
  return (
    <div className="stack">
      <Table label="三公经费" columns={columns} rows={rows} keyOf={({ label }) => label} height="none" empty={null} />
      <p>
        {lastYearFen === null || changeFen === null
          ? `系统内没有${year - 1}年度批复数可比，应对照上年预算核对只减不增。`
          : `${year - 1}年度批复 ${wanText(lastYearFen)} 万元，${changeText(changeFen)}。`}
      </p>
    </div>
  )
}

function changeText(changeFen: number): string {
  if (changeFen === 0) return '与上年持平'
  return changeFen < 0 ? `减少 ${wanText(-changeFen)} 万元` : `增加 ${wanText(changeFen)} 万元，应只减不增，须经批准`
}
