import { Button, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { CodeEntry } from '#kernel/web/camera/CodeEntry.tsx'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { labelledId } from '#modules/assets/model.ts'
import { contract } from '../contract.ts'
import { gradeLabels, type Grade, type Request, type RequestedItem } from '../model.ts'
import { gradeText } from './WarehouseTags.tsx'
import './warehouse.css'

/** Looks over each thing that comes back; what is worse than it went out wants a word on who answers for it (GWC-R08). */
export function InspectionDialog({
  request,
  items,
  onClose,
}: {
  request: Request
  items: readonly RequestedItem[]
  onClose: () => void
}) {
  const out = items.filter(({ state }) => state === 'out')
  const id = useId()
  const [found, setFound] = useState<Readonly<Record<string, { grade: Grade; note: string }>>>(
    Object.fromEntries(out.map(({ itemId, outGrade }) => [itemId, { grade: outGrade ?? 'A', note: '' }])),
  )
  const [scanned, setScanned] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const scan = (code: string) => {
    const label = labelledId(code)
    const item = out.find(({ cardId, number }) => (label === null ? number === code.trim() : cardId === label))
    if (!item) return setSaid(`“${code}”不在这次借出的物品中。`)
    setSaid(`${item.name} ${item.number ?? ''}${scanned.has(item.itemId) ? '：已经扫过。' : '：已扫到。'}`)
    setScanned(new Set([...scanned, item.itemId]))
    document.getElementById(`${id}${item.itemId}`)?.scrollIntoView({ block: 'center' })
  }
  const takeBack = useSend(contract.takeBack, {
    onDone: () => {
      tell('已验收归还。')
      onClose()
    },
  })
  const change = (itemId: string, changes: Partial<{ grade: Grade; note: string }>) =>
    setFound((before) => ({ ...before, [itemId]: { ...(before[itemId] ?? { grade: 'A', note: '' }), ...changes } }))
  const send = () =>
    takeBack.send({
      requestId: request.id,
      version: request.version,
      items: out.map(({ itemId }) => ({ itemId, grade: found[itemId]?.grade ?? 'A', note: found[itemId]?.note ?? '' })),
    })
  return (
    <Dialog
      title={`验收归还 ${out.length} 件`}
      wide
      onClose={onClose}
      actions={
        <>
          <Button type="primary" loading={takeBack.sending} onClick={() => void send()}>
            验收归还
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        <Refusals of={takeBack.error} onRetry={takeBack.retry} />
        <CodeEntry
          label="物品编号"
          placeholder="扫标签，或输入物品编号"
          scan="打开相机扫码核对"
          submit="核对"
          continuous
          onCode={scan}
        />
        <p role="status">
          {said} 已扫到 {scanned.size} / {out.length} 件
        </p>
        {out.map((item) => {
          const { grade, note } = found[item.itemId] ?? { grade: 'A' as const, note: '' }
          return (
            <div key={item.itemId} className="warehouse-inspection">
              <label htmlFor={`${id}${item.itemId}`}>
                {item.name} {item.number} <span className="quiet">出仓时 {gradeText(item.outGrade)}</span>{' '}
                {scanned.has(item.itemId) && <b>已扫到</b>}
              </label>
              <Select
                id={`${id}${item.itemId}`}
                value={grade}
                onChange={(value) => change(item.itemId, { grade: value })}
                options={Object.entries(gradeLabels).map(([value, label]) => ({ value: value as Grade, label }))}
              />
              <Input
                aria-label={`${item.name}${item.number ?? ''}损坏和责任说明`}
                placeholder="损坏的，写明原因和责任"
                maxLength={300}
                value={note}
                onChange={({ target }) => change(item.itemId, { note: target.value })}
              />
            </div>
          )
        })}
      </div>
    </Dialog>
  )
}
