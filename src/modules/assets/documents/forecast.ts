import type { SheetToWrite } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { Forecast } from '../model/forecast.ts'

/** The forecast as a workbook for the budget: by year, and by class for each year. */
export function forecastSheets({ organName, openMonth, years, classes }: Forecast, today: string): SheetToWrite[] {
  const lead = [
    `${organName}折旧预测`,
    `按${today}的资产卡片测算，年限平均法，不留残值；${openMonth === null ? '尚未登记卡片' : `${openMonth}起尚未结账`}`,
  ]
  const total = (of: (year: Forecast['years'][number]) => number) => years.reduce((sum, year) => sum + of(year), 0)
  return [
    {
      name: '按年',
      lead,
      columns: [
        { title: '年度', width: 10 },
        { title: '计提卡片（张）', kind: 'number', width: 14 },
        { title: '当年折旧（元）', kind: 'yuan', width: 18 },
        { title: '其中：已结账（元）', kind: 'yuan', width: 18 },
        { title: '年末累计折旧（元）', kind: 'yuan', width: 18 },
        { title: '年末净值（元）', kind: 'yuan', width: 18 },
      ],
      rows: years.map(({ year, cards, chargedFen, closedFen, accumulatedFen, netFen }) => [
        `${year}年`,
        cards,
        chargedFen,
        closedFen,
        accumulatedFen,
        netFen,
      ]),
      total: ['合计', null, total(({ chargedFen }) => chargedFen), total(({ closedFen }) => closedFen), null, null],
    },
    {
      name: '按分类',
      lead: [...lead, '各年折旧不含已结账月份'],
      columns: [
        { title: '分类代码', width: 14 },
        { title: '分类版本', width: 10 },
        { title: '分类名称', width: 24 },
        { title: '原值（元）', kind: 'yuan', width: 18 },
        ...years.map(({ year }) => ({ title: `${year}年（元）`, kind: 'yuan' as const, width: 16 })),
      ],
      rows: classes.map(({ classCode, classEdition, className, costFen, toChargeFen }) => [
        classCode,
        classEdition,
        className,
        costFen,
        ...toChargeFen,
      ]),
    },
  ]
}
