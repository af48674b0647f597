import { useState } from 'react'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { movementKindLabels } from '../model.ts'
import { shareOf } from '../rules/stock.ts'
import { CountDialog, ItemDialog, ReceiptDialog } from './ItemDialog.tsx'
import { StockTag } from './StockTag.tsx'

/** One item: what lies in stock, and everything that came in and went out. */
export default function ItemPage({ params }: PageProps<'/consumables/items/:itemId'>) {
  const go = useGo()
  const { item, may } = useFetched(contract.viewItem, { itemId: params.itemId })
  const movements = usePages(contract.movements, { itemId: params.itemId, limit: 100 })
  const [dialog, setDialog] = useState<'receipt' | 'count' | 'change' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <Record
        title={`${item.name} ${item.spec}`.trim()}
        kind="低值易耗品"
        number={item.number}
        state={<StockTag item={item} />}
        trail={[{ label: '低值易耗品', path: '/consumables/items' }]}
        facts={[
          {
            label: '库存',
            value: `${item.quantity} ${item.unit}`,
            note: item.minimum > 0 ? `下限 ${item.minimum} ${item.unit}` : '未设下限',
          },
          {
            label: '金额',
            value: `${yuanText(item.valueFen)} 元`,
            note: item.quantity > 0 ? `平均单价约 ${yuanText(shareOf(item, 1))} 元` : undefined,
          },
          { label: '存放地点', value: item.place || '–' },
          { label: '持有机关', value: item.organName },
        ]}
        actions={
          <>
            <ActionButton primary refusal={may.issue} onClick={() => go(`/consumables/issues/new?item=${item.id}`)}>
              领用
            </ActionButton>
            <ActionButton refusal={may.keep} onClick={() => setDialog('receipt')}>
              入库
            </ActionButton>
            <ActionButton refusal={may.keep} onClick={() => setDialog('count')}>
              盘点调整
            </ActionButton>
            <ActionButton refusal={may.keep} onClick={() => setDialog('change')}>
              修改
            </ActionButton>
          </>
        }
        details={
          <Table
            label="收发明细"
            pages={movements}
            keyOf={({ id }) => String(id)}
            href={({ issueId }) => (issueId ? `/consumables/issues/${issueId}` : null)}
            height="auto"
            columns={[
              { key: 'on', title: '日期', kind: 'date', value: ({ happenedOn }) => happenedOn, width: 108 },
              { key: 'kind', title: '类别', value: ({ kind }) => movementKindLabels[kind], width: 90 },
              { key: 'quantity', title: '增减', kind: 'number', value: ({ quantity }) => quantity, width: 80 },
              { key: 'amountFen', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen, width: 110 },
              { key: 'after', title: '结存', kind: 'number', value: ({ quantityAfter }) => quantityAfter, width: 80 },
              {
                key: 'value',
                title: '结存金额',
                kind: 'yuan',
                value: ({ valueAfterFen }) => valueAfterFen,
                width: 110,
              },
              {
                key: 'why',
                title: '说明',
                value: ({ reason, supplier }) => [supplier, reason].filter(Boolean).join('，'),
                width: 220,
              },
              { key: 'document', title: '单号', value: ({ document }) => document, width: 130 },
              { key: 'person', title: '经办人', value: ({ personName }) => personName, width: 90 },
            ]}
            empty={<p className="quiet">还没有收发记录。请先办理入库。</p>}
          />
        }
        changes={<ChangesPanel subject={{ kind: 'consumables.item', id: item.id }} />}
      />
      {dialog === 'receipt' && <ReceiptDialog item={item} onClose={close} />}
      {dialog === 'count' && <CountDialog item={item} onClose={close} />}
      {dialog === 'change' && <ItemDialog item={item} onClose={close} />}
    </>
  )
}
