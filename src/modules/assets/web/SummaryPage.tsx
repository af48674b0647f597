import { Select } from 'antd'
import { useState } from 'react'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'

/** What there is, by class and organ; for those who read a level also the sums of the levels below. */
export default function SummaryPage() {
  const { items, wholeLevel } = useFetched(contract.summary, {})
  const [view, setView] = useState<'class' | 'organ'>('class')
  const shown =
    view === 'organ'
      ? grouped(
          items,
          ({ organId }) => organId,
          ({ organName }) => organName,
        )
      : grouped(
          items,
          ({ classCode, classEdition }) => `${classEdition} ${classCode}`,
          ({ className, classCode }) => `${className} ${classCode}`,
        )
  const total = (key: 'cards' | 'quantity' | 'idle' | 'costFen' | 'netFen') =>
    items.reduce((sum, row) => sum + row[key], 0)
  return (
    <Page
      title="资产汇总"
      lead={
        wholeLevel ? '本级各机关资产，按分类或按机关汇总；已处置的不计。' : '本机关资产，按分类汇总；已处置的不计。'
      }
    >
      <Facts
        of={[
          { label: '卡片', value: `${total('cards').toLocaleString('zh-CN')} 张` },
          { label: '原值', value: `${wanText(total('costFen'))} 万元` },
          { label: '净值', value: `${wanText(total('netFen'))} 万元` },
          {
            label: '闲置',
            value: `${total('idle').toLocaleString('zh-CN')} 件`,
            note: <Go to="/assets/cards?state=idle">查看闲置资产</Go>,
          },
        ]}
      />
      <Section title="分类与机关">
        <Table
          label="资产汇总"
          rows={shown}
          keyOf={({ key }) => key}
          height="auto"
          tools={
            wholeLevel && (
              <Select
                aria-label="汇总方式"
                style={{ width: 140 }}
                value={view}
                onChange={setView}
                options={[
                  { value: 'class', label: '按分类' },
                  { value: 'organ', label: '按机关' },
                ]}
              />
            )
          }
          columns={[
            { key: 'name', title: view === 'organ' ? '机关' : '分类', value: ({ name }) => name, width: 260 },
            {
              key: 'cards',
              title: '卡片',
              unit: '张',
              kind: 'number',
              value: ({ cards }) => cards,
              total: total('cards'),
            },
            {
              key: 'quantity',
              title: '数量',
              kind: 'number',
              value: ({ quantity }) => quantity,
              total: total('quantity'),
            },
            { key: 'idle', title: '其中闲置', kind: 'number', value: ({ idle }) => idle, total: total('idle') },
            { key: 'costFen', title: '原值', kind: 'wan', value: ({ costFen }) => costFen, total: total('costFen') },
            { key: 'netFen', title: '净值', kind: 'wan', value: ({ netFen }) => netFen, total: total('netFen') },
          ]}
          empty={<Empty title="还没有资产">登记或导入资产卡片后，这里自动汇总。</Empty>}
        />
      </Section>
      {wholeLevel && <Levels />}
    </Page>
  )
}

/** Sums of the levels below, one line each: a higher level reads sums, not cards (Art. 6). */
function Levels() {
  const me = useMe()
  const { items } = useFetched(contract.levelSums, {})
  const below = items.filter(({ jurisdictionCode }) => jurisdictionCode !== me.organ?.jurisdictionCode)
  if (me.organ?.level === 'county') return null
  return (
    <Section title="下级汇总">
      <Table
        label="下级资产汇总"
        rows={below}
        keyOf={({ jurisdictionCode }) => jurisdictionCode}
        height="auto"
        columns={[
          { key: 'name', title: '行政区划', value: ({ jurisdictionName }) => jurisdictionName, width: 200 },
          { key: 'organs', title: '机关', unit: '个', kind: 'number', value: ({ organs }) => organs },
          { key: 'cards', title: '卡片', unit: '张', kind: 'number', value: ({ cards }) => cards },
          { key: 'costFen', title: '原值', kind: 'wan', value: ({ costFen }) => costFen },
          { key: 'netFen', title: '净值', kind: 'wan', value: ({ netFen }) => netFen },
        ]}
        empty={<Empty title="下级还没有登记资产" />}
      />
    </Section>
  )
}

type Sum = { cards: number; quantity: number; idle: number; costFen: number; netFen: number }

/** One line for each group, the dearest first. */
function grouped<Row extends Sum>(rows: readonly Row[], keyOf: (row: Row) => string, nameOf: (row: Row) => string) {
  const groups = Map.groupBy(rows, keyOf)
  return [...groups]
    .map(([key, members]) => ({
      key,
      name: nameOf(members[0] as Row),
      cards: members.reduce((sum, { cards }) => sum + cards, 0),
      quantity: members.reduce((sum, { quantity }) => sum + quantity, 0),
      idle: members.reduce((sum, { idle }) => sum + idle, 0),
      costFen: members.reduce((sum, { costFen }) => sum + costFen, 0),
      netFen: members.reduce((sum, { netFen }) => sum + netFen, 0),
    }))
    .sort((a, b) => b.costFen - a.costFen)
}
