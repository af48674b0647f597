import { Fragment } from 'react'
import { costOf } from '#kernel/pure/money.ts'
import { Input, Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { contract } from '../contract.ts'
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

type More = { itemId: string; quantity: number; ledgerLineId?: string }

/** Pieces to add to the contract; where the year of a plan line is over, the line of this year that pays for them. */
export function SupplementRows({ id, value = [], onChange, view }: Rows<More>) {
  const year = Number(todayHere().slice(0, 4))
  const planned = useFetched(contract.plannedItems, {})
  const set = (itemId: string, changes: Partial<More>) => {
    const rest = value.filter((row) => row.itemId !== itemId)
    const row = { ...value.find((one) => one.itemId === itemId), itemId, ...changes } as More
    onChange?.(row.quantity ? [...rest, row] : rest)
  }
  return (
    <div className="entry-rows" id={id}>
      {view.items.map(({ id: itemId, name, unit, contractPriceFen, lineYear, servedOrganName }) => (
        <Fragment key={itemId}>
          <EntryLabel text={`${name}，单价 ${yuanText(contractPriceFen ?? 0)} 元`}>
            {(control) => (
              <QuantityInput
                id={control}
                unit={unit}
                value={value.find((row) => row.itemId === itemId)?.quantity ?? null}
                onChange={(quantity) => set(itemId, { quantity: (quantity ?? 0) as number })}
              />
            )}
          </EntryLabel>
          {lineYear !== null && lineYear < year && (
            <EntryLabel text={`${lineYear}年度已经结束，由${year}年度的计划行支付`} wide>
              {(control) => (
                <Select
                  id={control}
                  placeholder="选择计划行"
                  value={value.find((row) => row.itemId === itemId)?.ledgerLineId ?? null}
                  options={planned.items
                    .filter((line) => line.year === year && line.servedOrganName === servedOrganName)
                    .map((line) => ({
                      value: line.ledgerLineId,
                      label: `${line.itemName}（${line.number}）可用 ${yuanText(line.remainingFen)} 元`,
                    }))}
                  onChange={(ledgerLineId: string) => set(itemId, { ledgerLineId })}
                />
              )}
            </EntryLabel>
          )}
        </Fragment>
      ))}
    </div>
  )
}
