import { Input } from 'antd'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { costOf } from '../rules/amounts.ts'
import type { View } from './PurchasePage.tsx'
import { EntryLabel } from './EntryLabel.tsx'

type Rows<Row> = { id?: string; value?: Row[]; onChange?: (rows: Row[]) => void; view: View }

function changed<Row extends { itemId: string }>(rows: readonly Row[], itemId: string, changes: Partial<Row>): Row[] {
  return rows.map((row) => (row.itemId === itemId ? { ...row, ...changes } : row))
}

type Priced = { itemId: string; quantity: number; unitPriceFen: number; model: string }

/** Contract lines: all but price and model stands already. */
export function ContractRows({ id, value = [], onChange, view }: Rows<Priced>) {
  const set = (itemId: string, changes: Partial<Priced>) => onChange?.(changed(value, itemId, changes))
  const total = value.reduce(
    (sum, { quantity, unitPriceFen }) => sum + costOf(Number(quantity) || 0, Number(unitPriceFen) || 0),
    0,
  )
  return (
    <div className="entry-rows" id={id}>
      {value.map(({ itemId, quantity, unitPriceFen, model }) => {
        const item = view.items.find((one) => one.id === itemId)
        return (
          <fieldset key={itemId} className="entry-row">
            <legend>{item?.name}</legend>
            <EntryLabel text="规格型号">
              {(control) => (
                <Input
                  id={control}
                  value={model}
                  maxLength={200}
                  onChange={({ target }) => set(itemId, { model: target.value })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="合同数量">
              {(control) => (
                <QuantityInput
                  id={control}
                  unit={item?.unit ?? ''}
                  value={quantity}
                  onChange={(typed) => set(itemId, { quantity: typed as number })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="合同单价">
              {(control) => (
                <MoneyInput
                  id={control}
                  value={unitPriceFen}
                  onChange={(typed) => set(itemId, { unitPriceFen: typed as number })}
                />
              )}
            </EntryLabel>
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
                合同 {quantityText(item?.contractQuantity ?? 0)} {item?.unit}，已验收{' '}
                {quantityText(item?.acceptedQuantity ?? 0)}
              </small>
            </legend>
            <EntryLabel text="本次到货">
              {(control) => (
                <QuantityInput
                  id={control}
                  unit={item?.unit ?? ''}
                  value={delivered}
                  onChange={(typed) => set(itemId, { delivered: typed as number })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="验收合格">
              {(control) => (
                <QuantityInput
                  id={control}
                  unit={item?.unit ?? ''}
                  value={accepted}
                  onChange={(typed) => set(itemId, { accepted: typed as number })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="问题（短缺、损坏、不符）" wide>
              {(control) => (
                <Input
                  id={control}
                  value={note}
                  maxLength={300}
                  onChange={({ target }) => set(itemId, { note: target.value })}
                />
              )}
            </EntryLabel>
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
        <EntryLabel key={itemId} text={`${name}，单价 ${yuanText(contractPriceFen ?? 0)} 元`}>
          {(control) => (
            <QuantityInput
              id={control}
              unit={unit}
              value={value.find((row) => row.itemId === itemId)?.quantity ?? null}
              onChange={(quantity) => {
                const rest = value.filter((row) => row.itemId !== itemId)
                onChange?.(quantity === null ? rest : [...rest, { itemId, quantity: quantity as number }])
              }}
            />
          )}
        </EntryLabel>
      ))}
    </div>
  )
}
