import { Input } from 'antd'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { costOf } from '../rules/amounts.ts'
import type { View } from './PurchasePage.tsx'

type Rows<Row> = { id?: string; value?: Row[]; onChange?: (rows: Row[]) => void; view: View }

function changed<Row extends { itemId: string }>(rows: readonly Row[], itemId: string, changes: Partial<Row>): Row[] {
  return rows.map((row) => (row.itemId === itemId ? { ...row, ...changes } : row))
}

type Priced = { itemId: string; quantity: number; unitPriceFen: number; model: string }

/** Contract lines: all but price and model stands already. */
export function ContractRows({ id, value = [], onChange, view }: Rows<Priced>) {
  const set = (itemId: string, changes: Partial<Priced>) => onChange?.(changed(value, itemId, changes))
  const total = value.reduce((sum, { quantity, unitPriceFen }) => sum + costOf(Number(quantity) || 0, Number(unitPriceFen) || 0), 0)
  return (
    <div className="entry-rows" id={id}>
      {value.map(({ itemId, quantity, unitPriceFen, model }) => {
        const item = view.items.find((one) => one.id === itemId)
        return (
          <fieldset key={itemId} className="entry-row">
            <legend>{item?.name}</legend>
            <label>
              规格型号
              <Input value={model} maxLength={200} onChange={({ target }) => set(itemId, { model: target.value })} />
            </label>
            <label>
              合同数量
              <QuantityInput
                unit={item?.unit ?? ''}
                value={quantity}
                onChange={(typed) => set(itemId, { quantity: typed as number })}
              />
            </label>
            <label>
              合同单价
              <MoneyInput value={unitPriceFen} onChange={(typed) => set(itemId, { unitPriceFen: typed as number })} />
            </label>
          </fieldset>
        )
      })}
      <p className="number">
        合同金额 {yuanText(total)} 元；中标、成交金额 {yuanText(view.purchase.awardFen ?? 0)} 元
      </p>
    </div>
  )
}

type Delivered = { itemId: string; delivered: number; accepted: number; note: string }

/** What came and what of it is good; the rest is explained. */
export function AcceptanceRows({ id, value = [], onChange, view }: Rows<Delivered>) {
  const set = (itemId: string, changes: Partial<Delivered>) => onChange?.(changed(value, itemId, changes))
  return (
    <div className="entry-rows" id={id}>
      {value.map(({ itemId, delivered, accepted, note }) => {
        const item = view.items.find((one) => one.id === itemId)
        return (
          <fieldset key={itemId} className="entry-row">
            <legend>
              {item?.name}
              <small className="quiet">
                {' '}
                合同 {quantityText(item?.contractQuantity ?? 0)} {item?.unit}，已验收 {quantityText(item?.acceptedQuantity ?? 0)}
              </small>
            </legend>
            <label>
              本次到货
              <QuantityInput
                unit={item?.unit ?? ''}
                value={delivered}
                onChange={(typed) => set(itemId, { delivered: typed as number })}
              />
            </label>
            <label>
              验收合格
              <QuantityInput
                unit={item?.unit ?? ''}
                value={accepted}
                onChange={(typed) => set(itemId, { accepted: typed as number })}
              />
            </label>
            <label className="purchase-item-wide">
              问题（短缺、损坏、不符）
              <Input value={note} maxLength={300} onChange={({ target }) => set(itemId, { note: target.value })} />
            </label>
          </fieldset>
        )
      })}
    </div>
  )
}

/** Pieces to add to the contract. */
export function SupplementRows({ id, value = [], onChange, view }: Rows<{ itemId: string; quantity: number }>) {
  return (
    <div className="entry-rows" id={id}>
      {view.items.map(({ id: itemId, name, unit, contractPriceFen }) => (
        <label key={itemId} className="entry-row">
          <span>
            {name}，单价 {yuanText(contractPriceFen ?? 0)} 元
          </span>
          <QuantityInput
            unit={unit}
            value={value.find((row) => row.itemId === itemId)?.quantity ?? null}
            onChange={(quantity) => {
              const rest = value.filter((row) => row.itemId !== itemId)
              onChange?.(quantity === null ? rest : [...rest, { itemId, quantity: quantity as number }])
            }}
          />
        </label>
      ))}
    </div>
  )
}
