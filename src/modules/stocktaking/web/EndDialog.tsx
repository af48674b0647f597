import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import type { CountView } from './CountPage.tsx'

/** Ends the count of things; what nobody counted is only called missing when that is said. */
export function EndDialog({ view: { count, tally }, onClose }: { view: CountView; onClose: () => void }) {
  const left = tally.items - tally.counted - tally.disputed
  const [missing, setMissing] = useState(false)
  const end = useSend(contract.endCounting, {
    onDone: ({ openDifferences }) => {
      tell(openDifferences === 0 ? '清点结束，没有差异。' : `清点结束，有 ${openDifferences} 项差异待处理。`)
      onClose()
    },
  })
  return (
    <Dialog
      title="结束清点"
      onClose={onClose}
      actions={
        <>
          <Button
            type="primary"
            loading={end.sending}
            onClick={() => void end.send({ countId: count.id, version: count.version, uncountedAreMissing: missing })}
          >
            结束清点
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        <Refusals of={end.error} onRetry={end.retry} />
        <p>
          账面 {tally.items} 项，已盘 {tally.counted} 项。结束后不再登记盘点结果，手机上还没有上传的结果请先上传。
        </p>
        {left > 0 && (
          <Checkbox checked={missing} onChange={(event) => setMissing(event.target.checked)}>
            未清点的 {left} 项确已找不到实物，一并记为盘亏
          </Checkbox>
        )}
      </div>
    </Dialog>
  )
}
