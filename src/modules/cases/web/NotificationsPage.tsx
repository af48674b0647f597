import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import './cases.css'

/** Messages to the person, newest first; those shown count as read from the next visit on. */
export default function NotificationsPage() {
  const pages = usePages(contract.notifications, { limit: 50 })
  const { send } = useSend(contract.markNotificationsRead, { invalidates: [] })
  const told = useRef(new Set<number>())
  useEffect(() => {
    const ids = pages.items.filter(({ id, read }) => !read && !told.current.has(id)).map(({ id }) => id)
    if (ids.length === 0) return
    for (const id of ids) told.current.add(id)
    void send({ ids: ids.slice(0, 200) })
  }, [pages.items, send])
  return (
    <Page title="消息" lead="送达、催办、退回和到期提醒。">
      {pages.loading && <Skeleton lines={8} />}
      {pages.error && <ErrorPanel error={pages.error} onRetry={pages.refetch} />}
      {!pages.loading && !pages.error && pages.items.length === 0 && (
        <Empty title="没有消息">送达、催办、退回和提醒会出现在这里。</Empty>
      )}
      <ul className="messages">
        {pages.items.map(({ id, text, link, at, read }) => (
          <li key={id} className={read ? 'message' : 'message message-unread'}>
            <Go to={link}>{text}</Go>
            <time className="quiet number" dateTime={at}>
              {shortInstant(at)}
            </time>
          </li>
        ))}
      </ul>
      {pages.hasMore && <Button onClick={pages.more}>更早的消息</Button>}
    </Page>
  )
}
