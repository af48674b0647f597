import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ScanOff, useScannedOff } from '#kernel/web/camera/ScanOff.tsx'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ThingRow, ThingRows } from '#kernel/web/thing/ThingRow.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { codeText, labelledId } from '#modules/assets/model.ts'
import { contract } from '../contract.ts'
import { gradeLabels, type Grade, type Request, type RequestedItem } from '../model.ts'
import { gradeText } from './WarehouseTags.tsx'

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
  const scanned = useScannedOff()
  const [found, setFound] = useState<Readonly<Record<string, { grade: Grade; note: string }>>>(
    Object.fromEntries(out.map(({ itemId, outGrade }) => [itemId, { grade: outGrade ?? 'A', note: '' }])),
  )
  const find = (code: string) => {
    const labelled = labelledId(code)
    const item = out.find(({ cardId, number }) => (labelled === null ? number === code : cardId === labelled))
    return item && { key: item.itemId, name: `${item.name} ${item.number ?? ''}` }
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
        <ScanOff
          label="物品编号"
          total={out.length}
          scanned={scanned}
          find={find}
          notHere={(code) => `${codeText(code)}不在这次借出的物品中。`}
        />
        <ThingRows>
          {out.map((item) => {
            const { itemId, name, outGrade } = item
            const number = item.number ?? ''
            const { grade, note } = found[itemId] ?? { grade: 'A' as const, note: '' }
            return (
              <ThingRow
                key={itemId}
                id={scanned.rowId(itemId)}
                label={`${name} ${number}`}
                marked={scanned.last === itemId}
                acts={
                  <Select
                    aria-label={`${name}${number}归还时的等级`}
                    value={grade}
                    onChange={(value) => change(itemId, { grade: value })}
                    options={Object.entries(gradeLabels).map(([value, label]) => ({ value: value as Grade, label }))}
                  />
                }
                below={
                  grade > (outGrade ?? 'A') && (
                    <Input
                      aria-label={`${name}${number}损坏和责任说明`}
                      placeholder="损坏的原因和责任"
                      maxLength={300}
                      value={note}
                      onChange={({ target }) => change(itemId, { note: target.value })}
                    />
                  )
                }
              >
                <b>{name}</b>
                <span className="number">{number}</span>
                <span className="quiet">
                  出仓时 {gradeText(outGrade)}
                  {scanned.seen.has(itemId) && '，已核对'}
                </span>
              </ThingRow>
            )
          })}
        </ThingRows>
      </div>
    </Dialog>
  )
}
