import { Button } from 'antd'
import { ThingRow } from '#kernel/web/thing/ThingRow.tsx'
import { ResultTag } from '../CountStateTag.tsx'
import { foundLabels, type Found } from '../../model.ts'
import type { ListedItem } from './local-store.ts'

/** One thing: what to look for, and the two presses that answer most of it. */
export function SheetRow({
  item,
  waits,
  onSame,
  onOther,
}: {
  item: ListedItem
  /** What was said of it is still on the phone. */
  waits: boolean
  onSame: () => void
  onOther: () => void
}) {
  const done = item.result !== null || item.disputed
  const differs = (Object.entries(item.found) as [keyof Found, string][]).map(
    ([key, value]) => `${foundLabels[key]} ${value}`,
  )
  return (
    <ThingRow
      label={`${item.name} ${item.number}`}
      done={done}
      acts={
        <>
          {!done && (
            <Button type="primary" size="large" onClick={onSame}>
              一致
            </Button>
          )}
          <Button size="large" onClick={onOther}>
            {done ? '改' : '其他'}
          </Button>
        </>
      }
    >
      <b>{item.name}</b>
      <span className="number">{item.number}</span>
      <span className="quiet">
        {[item.model, item.serialNumber, item.place, item.custodianName].filter(Boolean).join(' · ')}
      </span>
      {done && (
        <span className="row">
          <ResultTag result={item.result} disputed={item.disputed} />
          {waits && <span className="upload-wait">待上传</span>}
          {differs.length > 0 && <span className="quiet">{differs.join('，')}</span>}
        </span>
      )}
    </ThingRow>
  )
}
