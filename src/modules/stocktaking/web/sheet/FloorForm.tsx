import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { contract } from '../../contract.ts'

/** Of a list too long for a phone, the floor that is counted now; what places there are is offered while one types. */
export function FloorForm({
  countId,
  floor,
  onFloor,
}: {
  countId: string
  floor: string
  onFloor: (floor: string) => void
}) {
  const id = useId()
  const [typed, setTyped] = useState(floor)
  const text = typed.trim()
  const { data } = useFetchedLater(contract.places, { countId, limit: 20, ...(text === '' ? {} : { text }) })
  return (
    <form
      className="sheet-load"
      onSubmit={(event) => {
        event.preventDefault()
        onFloor(text)
      }}
    >
      <label htmlFor={id}>先下载要清点的楼层，例如“主楼3”</label>
      <div className="row">
        <Input
          id={id}
          list={`${id}places`}
          size="large"
          autoComplete="off"
          value={typed}
          maxLength={120}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button size="large" htmlType="submit" disabled={text === ''}>
          下载清单
        </Button>
      </div>
      <datalist id={`${id}places`}>
        {(data?.items ?? []).map(({ place, items, counted, disputed }) => (
          <option key={place} value={place}>
            {counted + disputed === items ? '已盘完' : `剩 ${items - counted - disputed}`}
          </option>
        ))}
      </datalist>
    </form>
  )
}
