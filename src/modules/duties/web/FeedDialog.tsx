import { Button, Select } from 'antd'
import { Suspense, useState } from 'react'
import { roleLabels, type Role } from '#kernel/pure/actor.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

/** An address for the calendar of a role: shown once, taken back at any time. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="订阅日历" onClose={onClose} actions={<Button onClick={onClose}>关闭</Button>}>
      <Suspense fallback={<Skeleton lines={5} />}>
        <Feeds />
      </Suspense>
    </Dialog>
  )
}

function Feeds() {
  const { items, roles } = useFetched(contract.feeds, {})
  const [address, setAddress] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Role | null>(null)
  const role = chosen !== null && roles.includes(chosen) ? chosen : roles[0]
  const create = useSend(contract.createFeed, {
    onDone: ({ path }) => setAddress(`${window.location.origin}${path}`),
  })
  const revoke = useSend(contract.revokeFeed, { onDone: () => tell('已停用，原地址不能再读取。') })
  return (
    <div className="stack">
      <p>在手机或者电脑的日历中订阅，期限会自动更新。日历中没有金额和个人信息；不再担任该角色时自动停止。</p>
      <Refusals of={create.error ?? revoke.error} />
      {address !== null && (
        <div className="feed-address" role="status">
          <label htmlFor="feed-address">订阅地址（只显示这一次）</label>
          <input id="feed-address" readOnly value={address} onFocus={(event) => event.target.select()} />
          <span className="row">
            <Button
              type="primary"
              onClick={() => void navigator.clipboard.writeText(address).then(() => tell('已复制订阅地址。'))}
            >
              复制
            </Button>
            <span className="quiet">有此地址的人都可以看到这份日历，请勿转发。</span>
          </span>
        </div>
      )}
      {role !== undefined && (
        <div className="row">
          <label htmlFor="feed-role">角色</label>
          <Select<Role>
            id="feed-role"
            value={role}
            onChange={setChosen}
            options={roles.map((value) => ({ value, label: roleLabels[value] }))}
            style={{ width: 180 }}
          />
          <Button
            type={address === null ? 'primary' : 'default'}
            loading={create.sending}
            onClick={() => create.send({ role })}
          >
            生成订阅地址
          </Button>
        </div>
      )}
      {items.length > 0 && (
        <ul className="feeds" aria-label="已有的订阅">
          {items.map(({ id, role: of, organName, createdAt, lastFetchedAt }) => (
            <li key={id}>
              <span>
                <b>{roleLabels[of]}</b> {organName}
                <small className="quiet">
                  {shortInstant(createdAt)} 生成，
                  {lastFetchedAt ? `最近读取 ${shortInstant(lastFetchedAt)}` : '还没有读取过'}
                </small>
              </span>
              <Button
                danger
                loading={revoke.sending}
                onClick={() => {
                  setAddress(null)
                  void revoke.send({ feedId: id })
                }}
              >
                停用
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
