import { costOf } from '#kernel/pure/money.ts'
import { Button, Input, Select } from 'antd'
import type { z } from 'zod'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import type { RequestedItem } from '../model.ts'
import { sum } from '../rules/amounts.ts'
import type { Planned } from './RequestForm.tsx'
import { EntryLabel } from './EntryLabel.tsx'

type Item = z.input<typeof RequestedItem>

/** Things from plan lines; a line is chosen and what it says is filled in, to be lowered where less is bought. */
export function ItemsEntry({
  id,
  value = [],
  onChange,
  planned,
  classes,
  assets,
}: {
  id?: string
  value?: Item[]
  onChange?: (items: Item[]) => void
  planned: Planned['items']
  classes: Planned['classes']
  /** Goods may get a card. */
  assets: boolean
}) {
  const set = (at: number, changes: Partial<Item>) =>
    onChange?.(value.map((item, place) => (place === at ? { ...item, ...changes } : item)))
  // What the authority provides for many organs is bought on one file (Art. 22).
  const alike = planned.filter(
    (line) =>
      line.forOther &&
      line.standardCode !== null &&
      value.some(({ standardCode }) => standardCode === line.standardCode) &&
      !value.some(({ ledgerLineId }) => ledgerLineId === line.ledgerLineId),
  )
  const total = sum(
    value.map(({ quantity, unitPriceFen }) =>
      typeof quantity === 'number' && typeof unitPriceFen === 'number' ? costOf(quantity, unitPriceFen) : 0,
    ),
  )
  return (
    <div className="purchase-items">
      <Select
        {...(id === undefined ? {} : { id })}
        aria-label="选择计划行"
        showSearch
        optionFilterProp="label"
        placeholder={planned.length === 0 ? '没有可用的计划行' : '选择计划行，加入采购内容'}
        value={null}
        onChange={(lineId: string | null) => {
          const line = planned.find(({ ledgerLineId }) => ledgerLineId === lineId)
          if (line) onChange?.([...value, itemOf(line)])
        }}
        options={planned.map((line) => ({
          value: line.ledgerLineId,
          label: `${line.forOther ? `${line.servedOrganName} ` : ''}${line.itemName}（${line.number}）可用 ${yuanText(line.remainingFen)} 元`,
        }))}
      />
      {alike.length > 0 && (
        <Button onClick={() => onChange?.([...value, ...alike.map(itemOf)])}>
          汇集其余 {new Set(alike.map(({ servedOrganName }) => servedOrganName)).size} 个机关的同类计划行（
          {alike.length} 行）
        </Button>
      )}
      {value.map((item, at) => {
        const line = planned.find(({ ledgerLineId }) => ledgerLineId === item.ledgerLineId)
        return (
          <fieldset key={at} className="purchase-item">
            <legend>
              {at + 1}. {item.name || line?.itemName}
              {line && (
                <small className="quiet">
                  {' '}
                  {line.forOther && `${line.servedOrganName}使用，`}计划可用 {yuanText(line.remainingFen)} 元、
                  {quantityText(line.remainingQuantity)} {line.unit}
                  {line.priceCapFen !== null && `；单价上限 ${yuanText(line.priceCapFen)} 元`}
                </small>
              )}
            </legend>
            <EntryLabel text="名称">
              {(id) => (
                <Input
                  id={id}
                  value={item.name}
                  maxLength={120}
                  onChange={({ target }) => set(at, { name: target.value })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="数量">
              {(id) => (
                <QuantityInput
                  id={id}
                  unit={item.unit}
                  value={item.quantity}
                  onChange={(quantity) => set(at, { quantity: quantity as number })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="单价">
              {(id) => (
                <MoneyInput
                  id={id}
                  value={item.unitPriceFen}
                  onChange={(unitPriceFen) => set(at, { unitPriceFen: unitPriceFen as number })}
                />
              )}
            </EntryLabel>
            <EntryLabel text="以旧换新">
              {(id) => (
                <QuantityInput
                  id={id}
                  unit={item.unit}
                  value={item.replaces ?? 0}
                  onChange={(replaces) => set(at, { replaces: (replaces ?? 0) as number })}
                />
              )}
            </EntryLabel>
            {assets && (item.standardCode ?? null) === null && (
              <EntryLabel text="资产分类（验收后建卡，不建卡的不选）" wide>
                {(id) => (
                  <Select
                    id={id}
                    allowClear
                    showSearch
                    optionFilterProp="label"
                    value={item.classCode ?? null}
                    onChange={(classCode: string | null | undefined) => set(at, { classCode: classCode ?? null })}
                    options={classes.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
                  />
                )}
              </EntryLabel>
            )}
            <EntryLabel text="技术、服务要求" wide>
              {(id) => (
                <Input
                  id={id}
                  value={item.requirement ?? ''}
                  maxLength={500}
                  onChange={({ target }) => set(at, { requirement: target.value })}
                />
              )}
            </EntryLabel>
            <Button onClick={() => onChange?.(value.filter((_, place) => place !== at))}>去掉</Button>
          </fieldset>
        )
      })}
      {value.length > 0 && <p className="number">合计 {yuanText(total)} 元</p>}
    </div>
  )
}

/** What a plan line says of the thing: all that is left of it, at the price it was planned with, never above the cap. */
function itemOf(line: Planned['items'][number]): Item {
  const quantity = line.remainingQuantity > 0 ? line.remainingQuantity : 1
  const planned = Math.floor(line.remainingFen / quantity)
  return {
    ledgerLineId: line.ledgerLineId,
    name: line.itemName,
    requirement: '',
    unit: line.unit,
    quantity,
    unitPriceFen: line.priceCapFen === null ? planned : Math.min(planned, line.priceCapFen),
    standardCode: line.standardCode,
    replaces: Math.min(line.replaces, Math.floor(quantity)),
  }
}
