import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { spooledWorkbook } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { contract } from '../contract.ts'
import { forecastSheets } from '../documents/forecast.ts'
import { classNameOf } from '../model/classes.ts'
import type { Forecast } from '../model/forecast.ts'
import { monthOf } from '../rules/depreciation.ts'
import { bookOf } from '../store/card.ts'
import { closedInYear, forecastOf } from '../store/forecast.ts'
import { askedOrgan } from './access.ts'
import { openMonthOf } from './reading.ts'

type ForecastActions = Pick<ActionsOf<typeof contract>, 'forecast' | 'exportForecast'>

/** How many years are told: as far as a medium-term plan and the next look. */
const years = 10

export const forecastActions: ForecastActions = {
  async forecast(ctx) {
    return forecast(ctx, ctx.input.organId)
  },

  async exportForecast(ctx) {
    const told = await forecast(ctx, ctx.input.organId)
    return spooledWorkbook(`折旧预测（${told.organName}，${ctx.today}）.xlsx`, forecastSheets(told, ctx.today))
  },
}

/** Of the cards an organ has today, by the same rule that closes its months; what is bought or given away later is not in it. */
async function forecast(act: Act, asked: string | undefined): Promise<Forecast> {
  const organ = await askedOrgan(act, asked)
  const openMonth = openMonthOf(await bookOf(act.tx, organ.organId))
  const first = Number((openMonth ?? monthOf(act.today)).slice(0, 4))
  const rows = await forecastOf(act.tx, organ.organId, first, years)
  const closedFen = await closedInYear(act.tx, organ.organId, first)
  const ofYear = Map.groupBy(rows, ({ year }) => year)
  const ofClass = Map.groupBy(rows, ({ classCode, classEdition }) => `${classEdition} ${classCode}`)
  const sum = (of: readonly (typeof rows)[number][], key: 'cards' | 'costFen' | 'chargedFen' | 'accumulatedFen') =>
    of.reduce((total, row) => total + row[key], 0)
  return {
    organId: organ.organId,
    organName: organ.organName,
    openMonth,
    years: Array.from({ length: years }, (_, at) => {
      const of = ofYear.get(first + at) ?? []
      const [costFen, accumulatedFen] = [sum(of, 'costFen'), sum(of, 'accumulatedFen')]
      const closed = at === 0 ? closedFen : 0
      return {
        year: first + at,
        cards: sum(of, 'cards'),
        closedFen: closed,
        chargedFen: sum(of, 'chargedFen') + closed,
        accumulatedFen,
        netFen: costFen - accumulatedFen,
      }
    }),
    classes: [...ofClass.values()].flatMap((of) => {
      const [row] = of
      if (!row || of.every(({ chargedFen }) => chargedFen === 0)) return []
      const { classCode, classEdition } = row
      return [
        {
          classCode,
          classEdition,
          className: classNameOf(classEdition, classCode),
          costFen: row.costFen,
          // In the order of the years; what closed months charged is not told by class.
          toChargeFen: of.toSorted((a, b) => a.year - b.year).map(({ chargedFen }) => chargedFen),
        },
      ]
    }),
  }
}
