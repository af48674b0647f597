import { Segmented } from 'antd'
import { z } from 'zod'
import { holdsAny } from '#kernel/pure/actor.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import {
  aboutLabels,
  complaintStateLabels,
  complaintStates,
  questionKindLabels,
  questionStateLabels,
  questionStates,
  type Complaint,
  type Question,
} from '../model/objection.ts'
import { buyerRoles } from '../policy.ts'
import { ComplaintStateTag, QuestionStateTag } from './objection-tags.tsx'

const Filters = z.object({
  of: z.enum(['questions', 'complaints']).optional(),
  state: z.string().max(20).optional(),
})

/** What suppliers ask and complain of: the organ's own, or the level's for who reads it. */
export default function ObjectionsPage() {
  const [filter, change] = useFilters(Filters)
  const of = filter.of ?? 'questions'
  return (
    <Page
      title="质疑投诉"
      lead="供应商的询问、质疑由采购单位登记答复；对答复不满意的，由本级财政部门登记处理投诉。"
      actions={
        <Segmented
          aria-label="质疑或者投诉"
          value={of}
          options={[
            { value: 'questions', label: '质疑、询问' },
            { value: 'complaints', label: '投诉' },
          ]}
          onChange={(value) => change({ of: value as 'questions' | 'complaints', state: undefined })}
        />
      }
    >
      {of === 'questions' ? (
        <Questions state={filter.state} onState={(state) => change({ state })} />
      ) : (
        <Complaints state={filter.state} onState={(state) => change({ state })} />
      )}
    </Page>
  )
}

type Filtered = { state: string | undefined; onState: (state: string | undefined) => void }

function Questions({ state: asked, onState }: Filtered) {
  const state = questionStates.find((one) => one === asked)
  const level = !holdsAny(useMe(), buyerRoles)
  const pages = usePages(contract.questions, { ...(state ? { state } : {}), limit: 100 })
  return (
    <Table
      label="质疑、询问列表"
      pages={pages}
      keyOf={({ id }) => id}
      href={({ id }) => `/procurement/questions/${id}`}
      tools={<ChoiceFilter label="状态" labels={questionStateLabels} value={state} onChange={onState} />}
      columns={[
        { key: 'purchase', title: '采购项目', value: ({ purchaseTitle }) => purchaseTitle, width: 190 },
        { key: 'number', title: '编号', value: ({ number }) => number, width: 124 },
        {
          key: 'state',
          title: '状态',
          value: ({ state: now }) => questionStateLabels[now],
          render: (row) => <QuestionStateTag {...row} />,
          width: 118,
        },
        { key: 'kind', title: '种类', value: ({ kind }) => questionKindLabels[kind], width: 72 },
        ...(level
          ? [{ key: 'organ', title: '采购单位', value: ({ organName }: Question) => organName, width: 150 }]
          : [{ key: 'about', title: '针对', value: ({ about }: Question) => aboutLabels[about], width: 124 }]),
        { key: 'supplier', title: '供应商', value: ({ supplier }) => supplier, width: 200 },
        { key: 'receivedOn', title: '收到', kind: 'date', value: ({ receivedOn }) => receivedOn },
        { key: 'answerUntil', title: '答复期限', kind: 'date', value: ({ answerUntil }) => answerUntil },
        { key: 'settledOn', title: '办结', kind: 'date', value: ({ settledOn }) => settledOn },
      ]}
      empty={<Empty title="没有质疑、询问">收到供应商的书面质疑后，在采购档案中登记。</Empty>}
    />
  )
}

function Complaints({ state: asked, onState }: Filtered) {
  const state = complaintStates.find((one) => one === asked)
  const level = !holdsAny(useMe(), buyerRoles)
  const pages = usePages(contract.complaints, { ...(state ? { state } : {}), limit: 100 })
  return (
    <Table
      label="投诉列表"
      pages={pages}
      keyOf={({ id }) => id}
      href={({ id }) => `/procurement/complaints/${id}`}
      tools={<ChoiceFilter label="状态" labels={complaintStateLabels} value={state} onChange={onState} />}
      columns={[
        { key: 'purchase', title: '采购项目', value: ({ purchaseTitle }) => purchaseTitle, width: 190 },
        { key: 'number', title: '编号', value: ({ number }) => number, width: 124 },
        {
          key: 'state',
          title: '状态',
          value: ({ state: now }) => complaintStateLabels[now],
          render: (row) => <ComplaintStateTag state={row.state} />,
          width: 120,
        },
        { key: 'supplier', title: '投诉人', value: ({ supplier }) => supplier, width: 200 },
        ...(level
          ? [{ key: 'organ', title: '被投诉单位', value: ({ organName }: Complaint) => organName, width: 150 }]
          : []),
        { key: 'receivedOn', title: '收到', kind: 'date', value: ({ receivedOn }) => receivedOn },
        { key: 'decideUntil', title: '处理期限', kind: 'date', value: ({ decideUntil }) => decideUntil },
        { key: 'suspended', title: '暂停至', kind: 'date', value: ({ suspendedUntil }) => suspendedUntil },
        { key: 'settledOn', title: '办结', kind: 'date', value: ({ settledOn }) => settledOn },
      ]}
      empty={<Empty title="没有投诉">供应商对质疑答复不满意、或者逾期没有得到答复的，可以向本级财政部门投诉。</Empty>}
    />
  )
}
