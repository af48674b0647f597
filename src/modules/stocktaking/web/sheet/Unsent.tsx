import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Go } from '#kernel/web/going.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Counting, Standing } from './counting.ts'
import { keptOfAll } from './local-store.ts'

/** What the server did not take, with the reason: mended by counting again, tried once more, or taken back. */
export function Unsent({ counting, standing }: { counting: Counting; standing: Standing }) {
  const refused = standing.marks.filter((mark) => mark.refused !== null)
  if (refused.length === 0) return null
  return (
    <section className="refusals" role="alert">
      <h3>没有上传成功（{refused.length} 项）</h3>
      <ul className="sheet-refused">
        {refused.map(({ id, title, refused: reason }) => (
          <li key={id}>
            <p>
              <b>{title}</b> {reason}
            </p>
            <div className="row">
              <Button onClick={() => void counting.retry(id)}>再试一次</Button>
              <Button onClick={() => void counting.drop(id)}>删除这一项</Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What waits on this phone beside the page one is on; read once, when the page opens. */
function useWaiting() {
  const { person } = useMe()
  const [waiting, setWaiting] = useState<Awaited<ReturnType<typeof keptOfAll>>>([])
  useEffect(() => {
    keptOfAll().then(setWaiting, () => {}) // a browser that keeps nothing has nothing waiting
  }, [])
  return {
    own: waiting.filter(({ personId }) => personId === person.id),
    others: waiting.filter(({ personId }) => personId !== person.id).reduce((sum, one) => sum + one.waiting, 0),
  }
}

/** Somebody else counted on this phone: theirs to send, and nobody's to see. */
export function OthersWaiting() {
  const { others } = useWaiting()
  if (others === 0) return null
  return (
    <p className="quiet" role="note">
      本机另有 {others} 项由其他人员清点、尚未上传。它们不会以您的名义上传；由清点的人在本机登录并打开盘点清单后上传。
    </p>
  )
}

/** What one counted on this phone and has not sent: opening its list sends it. */
export function OwnWaiting() {
  const { own } = useWaiting()
  if (own.length === 0) return null
  return (
    <ul className="sheet-refused" aria-label="待上传">
      {own.map(({ countId, waiting }) => (
        <li key={countId} className="upload-wait">
          您在本机清点的 {waiting} 项尚未上传。<Go to={`/stocktaking/counts/${countId}/sheet`}>打开清单上传</Go>
        </li>
      ))}
    </ul>
  )
}
