import { Select } from 'antd'
import { z } from 'zod'
import { DurationUnit, durationUnitLabels } from '#kernel/pure/case-kind.ts'
import { queryInteger } from '#kernel/pure/contract.ts'
import { formatChineseDate, LocalDateSchema, weekdayOf } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { LocalDateInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { ErrorPanel } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract } from '../contract.ts'

const Filters = z.object({
  from: LocalDateSchema.optional(),
  count: queryInteger.min(0).max(1000).optional(),
  unit: DurationUnit.optional(),
})

/** From a day on, the n-th working day: which one, and how it was counted. The address keeps the question. */
export function WorkdayCounter({ jurisdictionCode }: { jurisdictionCode: string }) {
  const [{ from = todayHere(), count = 15, unit = 'workdays' }, change] = useFilters(Filters)
  const { data, error } = useFetchedLater(contract.deadline, { from, count, unit, jurisdictionCode })
  return (
    <>
      <div className="row calendar-counter">
        <label htmlFor="calendar-from">从</label>
        <LocalDateInput
          id="calendar-from"
          value={from}
          onChange={(value) => LocalDateSchema.safeParse(value).success && change({ from: String(value) })}
        />
        <label htmlFor="calendar-count">起，第</label>
        <QuantityInput
          id="calendar-count"
          unit=""
          value={count}
          onChange={(value) => Filters.shape.count.safeParse(value ?? 'x').success && change({ count: Number(value) })}
        />
        <Select<DurationUnit>
          aria-label="单位"
          value={unit}
          onChange={(value) => change({ unit: value })}
          options={DurationUnit.options.map((value) => ({ value, label: durationUnitLabels[value] }))}
        />
        <span>是</span>
        <output htmlFor="calendar-from calendar-count" className="calendar-answer">
          {data && `${formatChineseDate(data.dueOn)}（周${'一二三四五六日'[weekdayOf(data.dueOn) - 1]}）`}
        </output>
        {data?.provisional && <StateTag tone="warn" word="暂定" />}
      </div>
      {error && <ErrorPanel error={error} />}
      {data && <p className="calendar-explanation">{data.explanation}</p>}
    </>
  )
}
