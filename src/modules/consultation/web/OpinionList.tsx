import { Button } from 'antd'
import { usePages } from '#kernel/web/fetching.ts'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import { ItemText } from './ItemText.tsx'
import './consultation.css'

/** Opinions and what became of them, to be read. */
export function OpinionList({ consultationId, emptyText }: { consultationId: string; emptyText: string }) {
  const pages = usePages(contract.items, { consultationId, limit: 50 })
  if (pages.error && pages.items.length === 0) return <ErrorPanel error={pages.error} onRetry={pages.refetch} />
  if (pages.loading) return <Skeleton />
  if (pages.items.length === 0) return <Empty title={emptyText} />
  return (
    <>
      <ol className="opinion-list">
        {pages.items.map((item) => (
          <li key={item.id}>
            <ItemText item={item} />
          </li>
        ))}
      </ol>
      {pages.hasMore && (
        <Button loading={pages.fetching} onClick={pages.more}>
          载入更多
        </Button>
      )}
    </>
  )
}
