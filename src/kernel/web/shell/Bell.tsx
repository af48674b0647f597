import { useQuery, useQueryClient } from '@tanstack/react-query'
import { shortInstant } from '../dates.ts'
import { Go } from '../going.tsx'
import { Popup } from '../Popup.tsx'
import type { Bell } from '../routes.ts'

const everyMs = 60_000

/** Notices to the person; the number is how many are unread. */
export function BellButton({ bell }: { bell: Bell }) {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['bell'], queryFn: bell.latest, refetchInterval: everyMs })
  const unread = data?.unread ?? 0
  const opened = async (ids: readonly string[]) => {
    await bell.markRead(ids)
    await queries.invalidateQueries({ queryKey: ['bell'] })
  }
  return (
    <Popup
      className="shell-tool"
      label={unread === 0 ? '通知' : `通知，${unread} 条未读`}
      button={
        <>
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path
              d="M10 2.5a5 5 0 0 0-5 5v3.2L3.6 13.4v.9h12.8v-.9L15 10.7V7.5a5 5 0 0 0-5-5zM8.2 16.4a1.9 1.9 0 0 0 3.6 0"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.5"
              strokeLinejoin="round"
            />
          </svg>
          {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
        </>
      }
    >
      {(close) => (
        <>
          {data?.items.length === 0 && <p className="popup-note">没有新的通知。</p>}
          {data?.items.map((item) => (
            <Go
              key={item.id}
              to={item.path ?? bell.path}
              className={item.read ? 'popup-item' : 'popup-item bell-unread'}
              onClick={() => {
                close()
                if (!item.read) void opened([item.id])
              }}
            >
              {item.title}
              <small>{shortInstant(item.at)}</small>
            </Go>
          ))}
          <div className="popup-foot">
            <Go to={bell.path} className="popup-item" onClick={close}>
              全部通知
            </Go>
          </div>
        </>
      )}
    </Popup>
  )
}
