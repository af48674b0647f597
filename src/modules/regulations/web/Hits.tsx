import { Button } from 'antd'
import type { ReactNode } from 'react'
import { usePages } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract, type Hit } from '../contract.ts'
import { workKindLabels, type WorkKind } from '../model.ts'
import { articlePath } from './paths.ts'

/** Passages found, best first, with the words marked. */
export function Hits({
  text,
  filter,
  tools,
}: {
  text: string
  filter: { kind?: WorkKind; on?: string }
  tools?: ReactNode
}) {
  const pages = usePages(contract.search, { text, ...filter, limit: 30 })
  const { items, total, loading, error, refetch, hasMore, more, fetching } = pages
  return (
    <section aria-label="检索结果" className="law-hits">
      <div className="row law-hits-head">
        {tools}
        <span className="quiet" role="status">
          {total === undefined ? '' : total === null ? '10,000处以上' : `${total}处`}
        </span>
      </div>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {loading && <Skeleton />}
      {!loading && !error && items.length === 0 && (
        <Empty title={`没有找到“${text}”`}>请换一个说法，或者只输入其中的一两个字。只检索在有效日期施行的版本。</Empty>
      )}
      <ol>
        {items.map((hit) => (
          <li key={`${hit.versionId}${hit.article ?? ''}`}>
            <h2>
              <Go to={articlePath(hit.workId, hit.article)}>{hit.article === null ? hit.workTitle : `${hit.label}`}</Go>
              <span className="quiet">
                {hit.article === null ? '' : `《${hit.workTitle}》 · `}
                {workKindLabels[hit.kind]} · {hit.jurisdictionName}
              </span>
            </h2>
            <p>
              <Excerpt of={hit.excerpt} />
            </p>
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button onClick={more} loading={fetching}>
          继续显示
        </Button>
      )}
    </section>
  )
}

function Excerpt({ of: { text, marks } }: { of: Hit['excerpt'] }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of marks) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return [...parts, text.slice(at)]
}
