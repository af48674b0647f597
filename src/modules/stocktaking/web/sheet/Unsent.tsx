import { Button } from 'antd'
import type { Counting, Standing } from './counting.ts'

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
