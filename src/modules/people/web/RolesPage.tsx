import { Input } from 'antd'
import { z } from 'zod'
import { Role, roleLabels } from '#kernel/pure/actor.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { OrganFilter } from './OrganFilter.tsx'

const Filters = z.object({
  text: z.string().optional(),
  role: Role.optional(),
  organId: z.uuid().optional(),
})

/** Every role of the level (or the own organ) that is in force or to come, with whoever holds it. */
export default function RolesPage() {
  const [{ text, role, organId }, change] = useFilters(Filters)
  const pages = usePages(contract.holdings, {
    ...(text ? { text } : {}),
    ...(role ? { role } : {}),
    ...(organId ? { organId } : {}),
    limit: 100,
  })
  const end = useSend(contract.endRole, { onDone: () => tell('角色已收回，自今日起失效。') })
  const may = pages.first?.may.end
  return (
    <Page title="角色台账" lead="谁在哪个机关担任什么角色、到何时为止。授予角色请从“人员和角色”打开本人的页面办理。">
      <Refusals of={end.error} onRetry={end.retry} />
      <Table
        label="角色台账"
        columns={[
          { key: 'person', title: '姓名', value: ({ personName }) => personName, width: 110 },
          { key: 'post', title: '职务', value: ({ post }) => post ?? '', width: 160 },
          { key: 'role', title: '角色', value: (held) => roleLabels[held.role], width: 150 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 220 },
          { key: 'from', title: '自', kind: 'date', value: ({ validFrom }) => validFrom },
          { key: 'until', title: '至', kind: 'date', value: ({ validUntil }) => validUntil },
          { key: 'by', title: '受托于', value: ({ delegatedBy }) => delegatedBy?.name ?? '', width: 100 },
          { key: 'document', title: '依据文件', value: ({ document }) => document ?? '', width: 160, optional: true },
          {
            key: 'acts',
            title: '办理',
            value: () => '',
            width: 90,
            render: ({ id }) => (
              <ActionButton refusal={may} onClick={() => end.send({ holdingId: id })}>
                收回
              </ActionButton>
            ),
          },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ personId }) => `/people/${personId}`}
        tools={
          <>
            <OrganFilter value={organId} onChange={(value) => change({ organId: value })} />
            <ChoiceFilter label="角色" labels={roleLabels} value={role} onChange={(value) => change({ role: value })} />
            <Input.Search
              aria-label="姓名"
              placeholder="姓名"
              allowClear
              defaultValue={text ?? ''}
              style={{ width: 160 }}
              onSearch={(value) => change({ text: value.trim() || undefined })}
            />
          </>
        }
        empty={<Empty title="没有符合条件的角色" />}
      />
    </Page>
  )
}
