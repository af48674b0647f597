import { Input } from 'antd'
import { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

const Filters = z.object({ text: z.string().optional() })

/** Who of the level is signed in now; one sign-in or all of a person can be ended at once. */
export default function LevelSessionsPage() {
  const [{ text }, change] = useFilters(Filters)
  const pages = usePages(contract.levelSessions, { ...(text ? { text } : {}), limit: 100 })
  const end = useSend(contract.endSessionOf, { onDone: () => tell('已结束这一登录。') })
  const endAll = useSend(contract.endSessionsOf, { onDone: ({ ended }) => tell(`已结束此人的 ${ended} 个登录。`) })
  return (
    <Page title="本级的登录" lead="正在登录的本级人员。结束后立即失效，本人须重新登录；发现冒用的，请同时重置密码。">
      <Refusals of={end.error ?? endAll.error} onRetry={end.error ? end.retry : endAll.retry} />
      <Table
        label="本级的登录"
        columns={[
          { key: 'person', title: '姓名', value: ({ personName }) => personName, width: 110 },
          { key: 'username', title: '用户名', value: ({ username }) => username, width: 180 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 220 },
          { key: 'created', title: '登录时间', value: ({ createdAt }) => shortInstant(createdAt), width: 150 },
          { key: 'seen', title: '最近使用', value: ({ lastSeenAt }) => shortInstant(lastSeenAt), width: 150 },
          { key: 'source', title: '来源地址', value: ({ source }) => source ?? '', width: 140 },
          {
            key: 'acts',
            title: '办理',
            value: () => '',
            width: 210,
            render: ({ id, personId, current }) =>
              current ? (
                '本次登录'
              ) : (
                <span className="row">
                  <ActionButton onClick={() => end.send({ sessionId: id })}>结束</ActionButton>
                  <ActionButton onClick={() => endAll.send({ personId })}>结束此人全部</ActionButton>
                </span>
              ),
          },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ personId }) => `/people/${personId}`}
        tools={
          <Input.Search
            aria-label="姓名或用户名"
            placeholder="姓名或用户名"
            allowClear
            defaultValue={text ?? ''}
            style={{ width: 220 }}
            onSearch={(value) => change({ text: value.trim() || undefined })}
          />
        }
        empty={<Empty title="没有符合条件的登录" />}
      />
    </Page>
  )
}
