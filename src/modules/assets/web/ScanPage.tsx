import { Button, Input } from 'antd'
import { useState } from 'react'
import { Camera, canReadCodes } from '#kernel/web/camera/Camera.tsx'
import { call } from '#kernel/web/client.ts'
import { Go, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import './assets.css'

/** Label before the camera, or its number typed: the card opens. Made for one hand on a phone. */
export default function ScanPage() {
  const go = useGo()
  const [code, setCode] = useState('')
  const [scanning, setScanning] = useState(false)
  const [fault, setFault] = useState<ProblemError | Unreachable | null>(null)
  const [asking, setAsking] = useState(false)
  const open = async (given: string) => {
    if (given.trim() === '' || asking) return
    setAsking(true)
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
  const able = canReadCodes()
  return (
    <Page title="扫码查资产" narrow lead="对准资产标签上的二维码，或输入资产编号、序列号。">
      <div className="scan">
        {able &&
          (scanning ? (
            <Camera
              onCode={(found) => {
                setScanning(false)
                void open(found)
              }}
              onStop={() => setScanning(false)}
            />
          ) : (
            <Button type="primary" size="large" block onClick={() => setScanning(true)}>
              打开相机扫码
            </Button>
          ))}
        {!able && <p className="quiet">这个浏览器不能扫码，请输入标签上的编号。</p>}
        <form
          className="scan-typed"
          onSubmit={(event) => {
            event.preventDefault()
            void open(code)
          }}
        >
          <label htmlFor="scan-code">资产编号或序列号</label>
          <Input
            id="scan-code"
            size="large"
            value={code}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setCode(event.target.value)}
          />
          <Button size="large" htmlType="submit" loading={asking} block>
            查看资产
          </Button>
        </form>
        <Refusals of={fault} onRetry={() => open(code)} />
        <p>
          <Go to="/assets/handovers">本人保管的资产和交接</Go>
        </p>
      </div>
    </Page>
  )
}
