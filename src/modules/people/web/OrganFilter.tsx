import { Select } from 'antd'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { useMe } from '#kernel/web/session.tsx'
import { contract as organs } from '#modules/organs/contract.ts'

/** Narrows a list to one organ of the own level. */
export function OrganFilter({
  value,
  onChange,
}: {
  value: string | undefined
  onChange: (organId: string | undefined) => void
}) {
  const { organ } = useMe()
  const { data } = useFetchedLater(
    organs.organs,
    organ ? { jurisdictionCode: organ.jurisdictionCode, limit: 200 } : null,
  )
  return (
    <Select
      aria-label="机关"
      style={{ width: 220 }}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      options={[
        { value: '', label: '全部机关' },
        ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
