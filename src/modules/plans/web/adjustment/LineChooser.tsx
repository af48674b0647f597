import { Button, Input } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract as ledger } from '#modules/ledger/contract.ts'
import type { LedgerLine } from '#modules/ledger/model.ts'

const columns: Column<LedgerLine>[] = [
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 220 },
  { key: 'remaining', title: '剩余', kind: 'wan', value: ({ remainingFen }) => remainingFen, width: 112 },
  { key: 'planned', title: '计划', kind: 'wan', value: ({ plannedFen }) => plannedFen, width: 112 },
  {
    key: 'used',
    title: '已支出和占用',
    kind: 'wan',
    value: ({ committedFen, executedFen }) => committedFen + executedFen,
    width: 140,
  },
  { key: 'quantity', title: '计划数量', kind: 'number', value: ({ plannedQuantity }) => plannedQuantity, width: 96 },
  { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 64 },
  { key: 'code', title: '经济科目', value: ({ economicCode }) => economicCode, width: 92 },
  { key: 'served', title: '使用机关', value: ({ servedOrganName }) => servedOrganName, width: 180 },
  { key: 'number', title: '计划编号', value: ({ number }) => number, width: 240 },
]

/** Lines of the organ's own ledger, with what is left on each, to be taken into an adjustment. */
export function LineChooser({
  year,
  organId,
  taken,
  onChoose,
  onClose,
}: {
  year: number
  organId: string
  /** Lines already in the adjustment. */
  taken: ReadonlySet<string>
  onChoose: (lines: readonly LedgerLine[]) => void
  onClose: () => void
}) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<string, LedgerLine>>(new Map())
  const pages = usePages(ledger.lines, { year, organId, ...(text === '' ? {} : { text }), limit: 100 })
  // The ledger also tells what others hold for this organ; only the holder adjusts a line.
  const items = pages.items.filter(({ id, holderOrganId }) => holderOrganId === organId && !taken.has(id))
  const select = (keys: ReadonlySet<string>) => {
    const known = new Map([...chosen, ...items.map((line) => [line.id, line] as const)])
    setChosen(new Map([...known].filter(([id]) => keys.has(id))))
  }
  return (
    <Dialog
      title={`选择${year}年度计划事项`}
      wide
      onClose={onClose}
      actions={
        <>
          <Button type="primary" disabled={chosen.size === 0} onClick={() => onChoose([...chosen.values()])}>
            {chosen.size === 0 ? '加入' : `加入 ${chosen.size} 项`}
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <Table
        label="可调整的计划事项"
        columns={columns}
        pages={{ ...pages, items, total: undefined }}
        keyOf={({ id }) => id}
        selected={new Set(chosen.keys())}
        onSelect={select}
        onOpen={(line) => onChoose([...chosen.values(), ...(chosen.has(line.id) ? [] : [line])])}
        height="420px"
        tools={
          <Input.Search
            aria-label="按事项名称或计划编号查找"
            placeholder="事项名称或完整计划编号"
            allowClear
            style={{ width: 280 }}
            onPressEnter={(event) => event.preventDefault()} // the dialog stands inside a form
            onSearch={(asked) => setText(asked.trim())}
          />
        }
        empty={
          <Empty title="没有可调整的计划事项">
            {text === '' ? `${year}年度计划生效后，事项列入台账才能调整。已加入的事项不再列出。` : '请换一个名称再查。'}
          </Empty>
        }
      />
    </Dialog>
  )
}
