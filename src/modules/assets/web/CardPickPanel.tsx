import { Input } from 'antd'
import { useState } from 'react'
import { usePages } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { oneAfterOther } from '#kernel/web/table/one-after-other.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { procedureLabels, stateLabels, type AssetState } from '../model.ts'
import { AssetStateTag } from './AssetStateTag.tsx'

/**
 * Cards of the own organ to choose from, for procedures that begin with things; what is ticked stays while one searches on.
 * Those that are free come first; the others say which procedure holds them, and cannot be ticked.
 */
export function CardPickPanel({
  selected,
  onSelect,
}: {
  selected: ReadonlySet<string>
  onSelect: (cardIds: ReadonlySet<string>) => void
}) {
  const { organ } = useMe()
  const [text, setText] = useState('')
  const [state, setState] = useState<AssetState | undefined>(undefined)
  const asked = {
    ...(organ ? { organId: organ.id } : {}),
    ...(text === '' ? {} : { text }),
    ...(state === undefined ? {} : { state }),
    limit: 50,
  }
  const free = usePages(contract.cards, { ...asked, engaged: 'false' })
  const held = usePages(contract.cards, { ...asked, engaged: 'true' })
  return (
    <Table
      label="选择资产"
      pages={oneAfterOther(free, held)}
      unselectable={({ engagement }) =>
        engagement === null ? null : `正在办理${procedureLabels[engagement.procedure]}`
      }
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={onSelect}
      height="auto"
      tools={
        <>
          <Input.Search
            aria-label="搜索资产"
            placeholder="名称、编号、序列号、地点"
            allowClear
            style={{ width: 260 }}
            onSearch={(words) => setText(words.trim())}
          />
          <ChoiceFilter label="使用状况" labels={stateLabels} value={state} onChange={setState} width={140} />
        </>
      }
      columns={[
        { key: 'name', title: '资产名称', value: ({ name }) => name, width: 180 },
        { key: 'number', title: '资产编号', value: ({ number }) => number, width: 140 },
        { key: 'model', title: '规格型号', value: ({ model }) => model, width: 150 },
        {
          key: 'state',
          title: '使用状况',
          value: ({ state: of }) => stateLabels[of],
          render: ({ state: of }) => <AssetStateTag state={of} />,
          width: 110,
        },
        {
          key: 'engagement',
          title: '正在办理',
          value: ({ engagement }) => (engagement ? procedureLabels[engagement.procedure] : ''),
          render: ({ engagement }) =>
            engagement ? <Go to={engagement.link}>{procedureLabels[engagement.procedure]}</Go> : null,
          width: 96,
        },
        { key: 'place', title: '存放地点', value: ({ place }) => place, width: 110 },
        { key: 'acquiredOn', title: '取得日期', kind: 'date', value: ({ acquiredOn }) => acquiredOn },
        { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 120 },
        { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen, width: 110 },
      ]}
      empty={<Empty title="没有符合条件的资产">请换一个词再找。</Empty>}
    />
  )
}
