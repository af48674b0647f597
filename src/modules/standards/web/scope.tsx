import { Select } from 'antd'
import { levelLabels } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { rankLabels } from '#modules/organs/model.ts'
import { isProvisional, type Standard } from '../model.ts'
import { levelOf } from '../rules/in-force.ts'
import { confidenceWords } from '../rules/confidence.ts'

/** Place whose standards are shown: the one chosen, else where the reader acts, else the highest level there is. */
export function usePlace(chosen: string | undefined): string {
  const me = useMe()
  const { items } = useFetched(organs.jurisdictions, {}, { staleMs: 600_000 })
  return chosen ?? me.organ?.jurisdictionCode ?? items[0]?.code ?? ''
}

/** Whose standards are shown: any jurisdiction's, since standards are public inside the system. */
export function PlaceFilter({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { items } = useFetched(organs.jurisdictions, {}, { staleMs: 600_000 })
  return (
    <Select
      aria-label="行政区划"
      showSearch
      optionFilterProp="label"
      style={{ width: 190 }}
      value={value}
      onChange={onChange}
      options={items
        .filter(({ functionalZone }) => !functionalZone)
        .map(({ code, name }) => ({ value: code, label: name }))}
    />
  )
}

/** The day whose standards are shown; today when cleared. */
export function DayFilter({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}) {
  return (
    <label className="standards-day">
      <span>{label}</span>
      <LocalDateInput
        aria-label={label}
        value={value ?? todayHere()}
        onChange={(day) => onChange(day === null || day === todayHere() ? undefined : day)}
      />
    </label>
  )
}

/** 市级机关，正处级; empty where it holds for all. */
export function scopeText({ level, rank }: Pick<Standard, 'level' | 'rank'>): string {
  return [level === null ? '' : `${levelLabels[level]}机关`, rank === null ? '' : rankLabels[rank]]
    .filter((part) => part !== '')
    .join('，')
}

/** 暂定 or 项目默认值, in sight wherever the figure is; nothing where it is certain. */
export function ConfidenceMark({ row }: { row: Pick<Standard, 'confidence'> }) {
  return isProvisional(row) ? <StateTag tone="warn" word={confidenceWords[row.confidence]} /> : null
}

/** Which level's standard it is: 省, 市, 县. */
export function sourceText({ jurisdictionCode }: Pick<Standard, 'jurisdictionCode'>): string {
  return { province: '省', city: '市', county: '县' }[levelOf(jurisdictionCode)]
}

/** 2021-01-01 起, or with its last day. */
export function periodText({ from, until }: Pick<Standard, 'from' | 'until'>): string {
  return until === null ? `${from} 起` : `${from} 至 ${until}`
}
