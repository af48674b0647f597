import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { PurchaseStateTag } from './state-tags.tsx'

/** On the page of a plan line: where what it asks for is, also when another organ buys it. */
export default function LineProgress({ lineId }: { lineId: string }) {
  const { data } = useFetchedLater(contract.lineProgress, { ledgerLineId: lineId })
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title="采购进展">
      <Table
        label="采购进展"
        height="auto"
        rows={data.items}
        keyOf={({ itemId }) => itemId}
        columns={[
          {
            key: 'number',
            title: '采购',
            value: ({ number }) => number,
            render: ({ number, purchaseId, fileOpen }) =>
              fileOpen ? <Go to={`/procurement/purchases/${purchaseId}`}>{number}</Go> : number,
            width: 130,
          },
          { key: 'buyer', title: '采购单位', value: ({ buyerName }) => buyerName, width: 190 },
          {
            key: 'state',
            title: '状态',
            value: ({ state }) => state,
            render: ({ state }) => <PurchaseStateTag state={state} />,
            width: 136,
          },
          { key: 'name', title: '名称', value: ({ name }) => name, width: 140 },
          { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
          {
            key: 'accepted',
            title: '已验收',
            kind: 'number',
            value: ({ acceptedQuantity }) => acceptedQuantity,
            width: 80,
          },
          { key: 'deliver', title: '应交付', kind: 'date', value: ({ deliverBy }) => deliverBy, width: 112 },
          {
            key: 'cards',
            title: '资产卡片',
            value: ({ cards }) => cards.map(({ number }) => number).join('、'),
            render: ({ cards, registeredQuantity }) =>
              cards.length === 0 ? (
                <span className="quiet">{registeredQuantity > 0 ? `${registeredQuantity} 件已建卡` : '未建卡'}</span>
              ) : (
                <span className="row">
                  {cards.slice(0, 3).map(({ id, number }) => (
                    <Go key={id} to={`/assets/cards/${id}`}>
                      {number}
                    </Go>
                  ))}
                  {cards.length > 3 && <span className="quiet">等 {cards.length} 张</span>}
                </span>
              ),
            width: 280,
          },
        ]}
        empty={null}
      />
    </Section>
  )
}
