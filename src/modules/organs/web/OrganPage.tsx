import { useState } from 'react'
import { levelLabels, statutoryPartLabels } from '#kernel/pure/actor.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { approvedPosts, organKindLabels, peopleInPost, rankLabels, staffInPost, type RankHeadcount } from '../model.ts'
import { ChangeDialog, CloseDialog, HeadcountDialog, type ShownOrgan } from './OrganDialogs.tsx'
import { OrganStateTag } from './OrganStateTag.tsx'

type Act = 'change' | 'headcount' | 'close'

/** One organ: what it is, its posts and people, and how both came about. */
export default function OrganPage({ params: { organId } }: PageProps<'/organs/:organId'>) {
  const organ = useFetched(contract.viewOrgan, { organId })
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  return (
    <>
      <Record
        title={organ.name}
        kind="机关"
        number={organ.budgetCode}
        state={<OrganStateTag of={organ} />}
        trail={[{ label: '机关名录', path: '/organs' }]}
        facts={factsOf(organ)}
        actions={
          <>
            <ActionButton primary refusal={organ.may.setHeadcount} onClick={() => setAct('headcount')}>
              登记编制
            </ActionButton>
            <ActionButton refusal={organ.may.change} onClick={() => setAct('change')}>
              修改登记
            </ActionButton>
            <ActionButton refusal={organ.may.close} onClick={() => setAct('close')}>
              停用
            </ActionButton>
          </>
        }
        details={
          <Section title="编制和实有人数">
            {organ.headcountHidden ? (
              <p className="quiet">这个机关的编制和人数不向您的角色公开。</p>
            ) : (
              <HeadcountTable label="编制和实有人数" rows={organ.headcount} />
            )}
          </Section>
        }
        more={[
          ...(organ.headcountHidden
            ? []
            : [{ key: 'headcount', label: '编制沿革', content: <HeadcountHistory organId={organ.id} /> }]),
          { key: 'names', label: '名称沿革', content: <Names of={organ} /> },
        ]}
        changes={<ChangesPanel subject={{ kind: 'organs.organ', id: organ.id }} />}
      />
      {act === 'change' && <ChangeDialog organ={organ} onClose={close} />}
      {act === 'headcount' && <HeadcountDialog organ={organ} onClose={close} />}
      {act === 'close' && <CloseDialog organ={organ} onClose={close} />}
    </>
  )
}

function factsOf(organ: ShownOrgan) {
  return [
    { label: '简称', value: organ.shortName },
    { label: '行政区划', value: organ.jurisdictionName, note: `${levelLabels[organ.level]} ${organ.jurisdictionCode}` },
    { label: '机关类别', value: organKindLabels[organ.kind] },
    {
      label: '法定职责',
      value: organ.parts.length > 0 ? organ.parts.map((part) => statutoryPartLabels[part]).join('、') : null,
    },
    {
      label: '编制内实有人数',
      value: organ.headcountHidden ? null : `${staffInPost(organ.headcount)} 人`,
      note: `编制 ${approvedPosts(organ.headcount)} 人，实有 ${peopleInPost(organ.headcount)} 人`,
    },
    { label: '集中办公区', value: organ.inCompound ? '是' : '否' },
    { label: '统一社会信用代码', value: organ.creditCode },
    {
      label: '性质',
      value: [organ.secretUnit && '涉密单位', organ.tradeUnion && '工会'].filter(Boolean).join('、') || null,
    },
    { label: '设立', value: organ.validFrom },
    {
      label: '承接机关',
      value:
        organ.successorId === null ? null : (
          <Go to={`/organs/${organ.successorId}`}>{organ.successorName ?? '查看'}</Go>
        ),
    },
  ]
}

function HeadcountTable({ label, rows }: { label: string; rows: readonly RankHeadcount[] }) {
  return (
    <Table
      label={label}
      height="auto"
      columns={[
        { key: 'rank', title: '职级', value: ({ rank }) => rankLabels[rank], width: 180 },
        {
          key: 'approved',
          title: '编制',
          kind: 'number',
          unit: '人',
          value: ({ approved }) => approved,
          total: approvedPosts(rows),
        },
        {
          key: 'inPost',
          title: '实有',
          kind: 'number',
          unit: '人',
          value: ({ inPost }) => inPost,
          total: peopleInPost(rows),
        },
      ]}
      rows={rows}
      keyOf={({ rank }) => rank}
      empty={<Empty title="还没有登记编制">由本级机关事务管理部门登记；没有编制就算不出实物定额。</Empty>}
    />
  )
}

function HeadcountHistory({ organId }: { organId: string }) {
  const { items } = useFetched(contract.headcountHistory, { organId })
  if (items.length === 0) return <Empty title="还没有登记编制" />
  return items.map(({ validFrom, validUntil, document, headcount }) => (
    <Section key={validFrom} title={`${validFrom} 至 ${validUntil ?? '今'}`}>
      {document && <p className="quiet">依据：{document}</p>}
      <HeadcountTable label={`${validFrom} 起的编制`} rows={headcount} />
    </Section>
  ))
}

function Names({ of: { names } }: { of: ShownOrgan }) {
  return (
    <Table
      label="名称沿革"
      height="auto"
      columns={[
        { key: 'name', title: '名称', value: ({ name }) => name, width: 280 },
        { key: 'short', title: '简称', value: ({ shortName }) => shortName },
        { key: 'from', title: '自', kind: 'date', value: ({ validFrom }) => validFrom },
        { key: 'until', title: '至', kind: 'date', value: ({ validUntil }) => validUntil ?? '今' },
        { key: 'document', title: '依据', value: ({ document }) => document, width: 260 },
      ]}
      rows={names}
      keyOf={({ name, validFrom }) => `${name}${validFrom}`}
      empty={<Empty title="没有名称记录" />}
    />
  )
}
