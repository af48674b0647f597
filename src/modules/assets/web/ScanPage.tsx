import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { useState } from 'react'
import { CodeEntry } from '#kernel/web/camera/CodeEntry.tsx'
import { call } from '#kernel/web/client.ts'
import { Go, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import './assets.css'

/** Label before the camera, or its number typed: the card opens. Made for one hand on a phone. */
export default function ScanPage() {
  const go = useGo()
  const keeps = holdsAny(useMe(), keeperRoles)
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<ProblemError | Unreachable | null>(null)
  const [asking, setAsking] = useState(false)
  const open = async (given: string) => {
    if (given.trim() === '' || asking) return
    setAsking(true)
    setCode(given)
    setFault(null)
    try {
      const { cardId } = await call(contract.findCard, { code: given.trim() })
      go(`/assets/cards/${cardId}`)
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof Unreachable)) throw error
      setFault(error)
    } finally {
      setAsking(false)
    }
  }
  return (
    <Page title="扫码查资产" narrow lead="对准资产标签上的二维码，或输入资产编号、序列号。">
      <div className="scan">
        <CodeEntry
          label="资产编号或序列号"
          placeholder="资产编号或序列号"
          scan="打开相机扫码"
          submit="查看资产"
          onCode={(found) => void open(found)}
        />
        <Refusals of={fault} onRetry={() => open(code)} />
        {keeps && (
          <p>
            <Go to="/assets/scan/session">连续扫码：一次办理多件的交接、变更地点和状况</Go>
          </p>
        )}
        <p>
          <Go to="/assets/handovers">本人保管的资产和交接</Go>
        </p>
      </div>
    </Page>
  )
}
