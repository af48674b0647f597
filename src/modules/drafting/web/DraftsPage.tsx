import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import type { Draft } from '../contract/draft.ts'
import { DraftState, draftStateLabels, Matter, matterLabels } from '../model.ts'
import { DraftStateTag } from './DraftStateTag.tsx'

const Filters = z.object({ state: DraftState.optional(), matter: Matter.optional(), code: z.string().optional() })

const columns: Column<Draft>[] = [
  { key: 'title', title: '文件', value: ({ documentTitle, number }) => documentTitle || number, width: 320 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => draftStateLabels[state],
    render: ({ state }) => <DraftStateTag state={state} />,
    width: 120,
  },
  { key: 'matter', title: '事项', value: ({ matter }) => matterLabels[matter], width: 200 },
  { key: 'place', title: '地区', value: ({ jurisdictionName }) => jurisdictionName, width: 100 },
  { key: 'count', title: '行数', kind: 'number', value: ({ changeCount }) => changeCount, width: 72 },
  { key: 'on', title: '施行日期', kind: 'date', value: ({ inForceOn }) => inForceOn },
  { key: 'document', title: '文号', value: ({ documentNumber }) => documentNumber, width: 180 },
  { key: 'by', title: '起草', value: ({ draftedByName }) => draftedByName, width: 96 },
  { key: 'drafted', title: '起草日期', kind: 'date', value: ({ draftedOn }) => draftedOn },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 180, optional: true },
]

/** Drafts of the level, and of the levels above those whose opinions are asked for or that are approved. */
export default function DraftsPage() {
  const me = useMe()
  const go = useGo()
  const [{ state, matter, code }, change] = useFilters(Filters)
  const pages = usePages(contract.drafts, {
    ...(state === undefined ? {} : { state }),
    ...(matter === undefined ? {} : { matter }),
    ...(code === undefined ? {} : { code }),
    limit: 100,
  })
  const drafts = me.roles.some((role) => role === 'plan-reviewer' || role === 'finance-reviewer')
  return (
    <Page
      title="标准制定"
      lead="起草、征求意见、批准、施行；新版本不改动旧版本，旧日期仍按旧标准。"
      actions={
        drafts && (
          <Button type="primary" onClick={() => go('/standards/drafts/new')}>
            起草标准
          </Button>
        )
      }
    >
      <Table
        label="标准草案"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/standards/drafts/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={draftStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <ChoiceFilter
              label="事项"
              labels={matterLabels}
              value={matter}
              onChange={(value) => change({ matter: value })}
              width={230}
            />
            {code !== undefined && <Button onClick={() => change({ code: undefined })}>只看 {code} ×</Button>}
          </>
        }
        empty={
          <Empty title="没有标准草案">
            {drafts ? '点“起草标准”，或者在标准总览中打开一项标准，点“修订”。' : '征求意见和批准的标准列在这里。'}
          </Empty>
        }
      />
    </Page>
  )
}
