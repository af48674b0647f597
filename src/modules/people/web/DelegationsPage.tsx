import { useState } from 'react'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import type { Holding } from '../model.ts'
import { DelegateDialog } from './DelegateDialog.tsx'

type Delegation = OutputOf<typeof contract.delegations>['given'][number]

const states = {
  ahead: { tone: 'waiting', word: '未开始' },
  'in-force': { tone: 'running', word: '生效中' },
  over: { tone: 'draft', word: '已结束' },
} as const

/** 委托: what colleagues do for me while I am away, and what I do for them. */
export default function DelegationsPage() {
  const { given, received, own, longestDays } = useFetched(contract.delegations, {})
  const [delegating, setDelegating] = useState<Holding | null>(null)
  const end = useSend(contract.endRole, { onDone: () => tell('委托已结束，自今日起失效。') })
  const period: Column<Delegation>[] = [
    { key: 'role', title: '角色', value: ({ holding }) => roleLabels[holding.role], width: 150 },
    { key: 'organ', title: '机关', value: ({ holding }) => holding.organName, width: 200 },
    { key: 'from', title: '自', kind: 'date', value: ({ holding }) => holding.validFrom },
    { key: 'until', title: '至', kind: 'date', value: ({ holding }) => holding.validUntil },
    {
      key: 'state',
      title: '状态',
      value: ({ state }) => states[state].word,
      render: ({ state }) => <StateTag {...states[state]} />,
      width: 100,
    },
  ]
  return (
    <Page title="我的委托" lead={`外出、休假时可将角色委托本单位同事代行，一次最长${longestDays}天，到期自动失效。`}>
      <Refusals of={end.error} onRetry={end.retry} />
      <Section title="可以委托的角色">
        <Table
          label="可以委托的角色"
          height="auto"
          columns={[
            { key: 'role', title: '角色', value: ({ role }) => roleLabels[role], width: 150 },
            { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 200 },
            { key: 'until', title: '任职至', kind: 'date', value: ({ validUntil }) => validUntil },
            {
              key: 'acts',
              title: '办理',
              value: () => '',
              width: 100,
              render: (holding) => <ActionButton onClick={() => setDelegating(holding)}>委托</ActionButton>,
            },
          ]}
          rows={own}
          keyOf={({ id }) => id}
          empty={<Empty title="没有可以委托的角色">受托的角色和三员的职责不能再委托。</Empty>}
        />
      </Section>
      <Section title="我委托他人">
        <Table
          label="我委托他人"
          height="auto"
          columns={[
            { key: 'to', title: '受托人', value: ({ to }) => to.name, width: 110 },
            ...period,
            {
              key: 'acts',
              title: '办理',
              value: () => '',
              width: 110,
              render: ({ holding, may }) => (
                <ActionButton refusal={may.end} onClick={() => end.send({ holdingId: holding.id })}>
                  提前结束
                </ActionButton>
              ),
            },
          ]}
          rows={given}
          keyOf={({ holding }) => holding.id}
          empty={<Empty title="没有委托他人" />}
        />
      </Section>
      <Section title="他人委托我">
        {received.length > 0 && <p className="quiet">委托人自己提交的事项，受托人不能代其审批。</p>}
        <Table
          label="他人委托我"
          height="auto"
          columns={[{ key: 'from-person', title: '委托人', value: ({ from }) => from.name, width: 110 }, ...period]}
          rows={received}
          keyOf={({ holding }) => holding.id}
          empty={<Empty title="没有受托的角色" />}
        />
      </Section>
      {delegating && <DelegateDialog holding={delegating} onClose={() => setDelegating(null)} />}
    </Page>
  )
}
