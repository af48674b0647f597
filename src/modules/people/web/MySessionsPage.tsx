import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { ProviderLink } from './ProviderLink.tsx'

/** Where I am signed in; a sign-in that is not mine can be ended at once. */
export default function MySessionsPage() {
  const { items } = useFetched(contract.sessions, {})
  const end = useSend(contract.endSession, { invalidates: [contract.sessions] })
  return (
    <Page title="我的登录" lead="发现不是本人的登录，请立即结束它并修改密码。" narrow>
      <Refusals of={end.error} />
      <div className="stack">
        <Table
          label="我的登录"
          height="auto"
          columns={[
            { key: 'created', title: '登录时间', value: ({ createdAt }) => shortInstant(createdAt), width: 160 },
            { key: 'seen', title: '最近使用', value: ({ lastSeenAt }) => shortInstant(lastSeenAt), width: 160 },
            { key: 'source', title: '来源地址', value: ({ source }) => source ?? '', width: 140 },
            {
              key: 'act',
              title: '办理',
              value: () => '',
              width: 110,
              render: ({ id, current }) =>
                current ? '本次登录' : <ActionButton onClick={() => end.send({ sessionId: id })}>结束</ActionButton>,
            },
          ]}
          rows={items}
          keyOf={({ id }) => id}
          empty={<Empty title="没有登录" />}
        />
        <ProviderLink />
      </div>
    </Page>
  )
}
