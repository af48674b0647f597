import { Button, Input } from 'antd'
import { useState } from 'react'
import { useFetchedLater, useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Popup } from '#kernel/web/Popup.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

/** Filters a person has kept: chosen with one press, saved under a name. */
export function SavedFilters({
  current,
  onChoose,
}: {
  current: Readonly<Record<string, string>>
  onChoose: (filter: Record<string, string>) => void
}) {
  const { data } = useFetchedLater(contract.filters, {})
  const [name, setName] = useState('')
  const save = useSend(contract.saveFilter, {
    invalidates: [contract.filters],
    onDone: (saved) => {
      setName('')
      tell(`已保存筛选“${saved.name}”。`)
    },
  })
  const remove = useSend(contract.removeFilter, { invalidates: [contract.filters] })
  return (
    <Popup className="table-tool" align="start" button="我的筛选">
      {(close) => (
        <div className="saved-filters">
          {(data?.items ?? []).map((one) => (
            <div key={one.id} className="row">
              <button type="button" className="saved-filter" onClick={() => (onChoose(one.filter), close())}>
                {one.name}
              </button>
              <Button
                size="small"
                type="text"
                aria-label={`删除筛选“${one.name}”`}
                onClick={() => void remove.send({ filterId: one.id })}
              >
                删除
              </Button>
            </div>
          ))}
          {data?.items.length === 0 && <p className="quiet">还没有保存的筛选。</p>}
          <Refusals of={save.error} onRetry={save.retry} />
          <div className="row">
            <Input
              aria-label="筛选名称"
              placeholder="给现在的筛选起个名称"
              maxLength={30}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button
              disabled={name.trim() === '' || Object.keys(current).length === 0}
              loading={save.sending}
              onClick={() => void save.send({ name, filter: { ...current } })}
            >
              保存
            </Button>
          </div>
        </div>
      )}
    </Popup>
  )
}
