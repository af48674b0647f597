import { z } from 'zod'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { contract } from '../contract.ts'
import { StandardFieldSchema } from '../contract/reading.ts'
import { standardFieldLabels } from '../model/definition.ts'
import { CompareTable } from './CompareTable.tsx'
import { DayFilter, PlaceFilter, usePlace } from './scope.tsx'

const Filters = z.object({
  place: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  field: StandardFieldSchema.optional(),
})

/** The whole table on two days side by side (A9-2): at first a year ago and today. */
export default function ComparisonPage() {
  return (
    <Page title="标准对照" lead="同一地区任意两日的标准并列，标出新增、废止和修订。">
      <Compared />
    </Page>
  )
}

function Compared() {
  const [filters, change] = useFilters(Filters)
  const today = todayHere()
  const place = usePlace(filters.place)
  const from = filters.from ?? `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('02-29', '02-28')
  const to = filters.to ?? today
  const { field } = filters
  const { rows, same } = useFetched(contract.compareStandards, {
    jurisdictionCode: place,
    from,
    to,
    ...(field === undefined ? {} : { field }),
  })
  return (
    <div className="stack">
      <div className="row no-print">
        <PlaceFilter value={place} onChange={(code) => change({ place: code })} />
        <DayFilter label="由" value={from} onChange={(day) => change({ from: day ?? today })} />
        <DayFilter label="至" value={to} onChange={(day) => change({ to: day })} />
        <ChoiceFilter
          label="领域"
          labels={standardFieldLabels}
          value={field}
          onChange={(value) => change({ field: value })}
        />
      </div>
      <CompareTable rows={rows} same={same} from={from} to={to} />
    </div>
  )
}
