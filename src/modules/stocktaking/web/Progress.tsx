import { useState } from 'react'
import { Input } from 'antd'
import { usePages } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { resultLabels, type Result } from '../model.ts'
import type { CountView } from './CountPage.tsx'

const shown: readonly Result[] = ['same', 'mismatch', 'missing', 'surplus', 'idle', 'damaged', 'duplicate']

/** How the count stands as a whole, and place by place. */
export function Progress({ view: { count, tally } }: { view: CountView }) {
  const go = useGo()
  const [text, setText] = useState('')
  const pages = usePages(contract.places, {
    countId: count.id,
    limit: 100,
    ...(text.trim() ? { text: text.trim() } : {}),
  })
  return (
    <div className="stack">
      <dl className="tally">
        {shown.map((result) => (
          <div key={result}>
            <dt>{resultLabels[result]}</dt>
            <dd>{tally[result as keyof typeof tally]}</dd>
          </div>
        ))}
        <div>
          <dt>未盘</dt>
          <dd>{tally.items - tally.counted - tally.disputed}</dd>
        </div>
      </dl>
      {tally.missing > 0 && <p className="quiet">盘亏资产原值 {yuanText(tally.missingFen)} 元。</p>}
      <Table
        label="存放地点盘点进度"
        pages={pages}
        keyOf={({ place }) => place}
        onOpen={({ place }) => go(`/stocktaking/counts/${count.id}?tab=items&place=${encodeURIComponent(place)}`)}
        height="auto"
        tools={
          <Input
            aria-label="存放地点"
            placeholder="存放地点开头，例如 主楼3"
            style={{ width: 220 }}
            value={text}
            allowClear
            onChange={(event) => setText(event.target.value)}
          />
        }
        columns={[
          { key: 'place', title: '存放地点', value: ({ place }) => place || '未填地点', width: 180 },
          { key: 'items', title: '账面', unit: '项', kind: 'number', value: ({ items }) => items, width: 100 },
          { key: 'counted', title: '已盘', unit: '项', kind: 'number', value: ({ counted }) => counted, width: 100 },
          {
            key: 'open',
            title: '未盘',
            unit: '项',
            kind: 'number',
            value: (row) => row.items - row.counted - row.disputed,
            width: 100,
          },
          {
            key: 'disputed',
            title: '有分歧',
            unit: '项',
            kind: 'number',
            value: ({ disputed }) => disputed,
            width: 100,
          },
          {
            key: 'differing',
            title: '有差异',
            unit: '项',
            kind: 'number',
            value: ({ differing }) => differing,
            width: 100,
          },
        ]}
        empty={<Empty title="没有这样的地点">请换一个开头。</Empty>}
      />
    </div>
  )
}
