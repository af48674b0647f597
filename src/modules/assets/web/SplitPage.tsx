import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'
import { classNameOf, presentClasses } from '../model/classes.ts'
import { sharesOf } from '../rules/regrouping.ts'
import type { CardView } from './CardPage.tsx'
import './assets.css'

type Card = CardView['card']
/** A part as it is being entered; what cannot be read yet is text. */
type Part = {
  key: number
  name: string
  classCode: string
  quantity: number | string | null
  costFen: number | string | null
  model: string
  serialNumber: string
  place: string
}
type PartChange = Partial<Omit<Part, 'key'>>

const amount = (value: Part['costFen']): number => (typeof value === 'number' && value >= 0 ? value : 0)

/** Parts of equal cost and number; the first keeps what is of one thing alone. */
function evenParts(card: Card, count: number, names: readonly Part[] = []): Part[] {
  const even = Array.from({ length: count }, () => 1)
  const costs = sharesOf(card.costFen, even)
  const quantities = card.quantity >= count ? sharesOf(card.quantity, even) : even
  return even.map((_, at) => ({
    key: names[at]?.key ?? at,
    name: names[at]?.name ?? card.name,
    classCode: names[at]?.classCode ?? card.classCode,
    quantity: quantities[at] ?? 1,
    costFen: costs[at] ?? 0,
    model: names[at]?.model ?? card.model,
    serialNumber: names[at]?.serialNumber ?? (at === 0 ? card.serialNumber : ''),
    place: names[at]?.place ?? card.place,
  }))
}

/** Several cards in place of one: what each is and what it cost; depreciation follows by its share, to the 分. */
export default function SplitPage({ params }: PageProps<'/assets/cards/:cardId/split'>) {
  const { card, may, openMonth } = useFetched(contract.viewCard, { cardId: params.cardId })
  const go = useGo()
  const [parts, setParts] = useState(() => evenParts(card, 2))
  const back = `/assets/cards/${card.id}`
  const change = (at: number, changes: PartChange) =>
    setParts((before) => before.map((part, place) => (place === at ? { ...part, ...changes } : part)))
  const add = () =>
    setParts((before) => {
      const last = before.at(-1) as Part
      return [...before, { ...last, key: last.key + 1, quantity: 1, costFen: null, serialNumber: '' }]
    })
  return (
    <Page
      title={`拆分 ${card.name}`}
      lead="原卡片到拆分日为止，由新卡片接续；原值、累计折旧分毫不差，折旧在剩余年限内继续计提。"
      trail={[
        { label: '资产卡片', path: '/assets/cards' },
        { label: card.number, path: back },
      ]}
    >
      <Facts
        of={[
          { label: '原值', value: `${yuanText(card.costFen)} 元` },
          { label: '累计折旧', value: `${yuanText(card.accumulatedFen)} 元` },
          { label: '净值', value: `${yuanText(card.netFen)} 元` },
          { label: '数量', value: `${quantityText(card.quantity)} ${card.unit}` },
        ]}
      />
      <Section
        title="拆分为"
        actions={
          <>
            <Button onClick={() => setParts((before) => evenParts(card, before.length, before))}>平均分配</Button>
            <Button onClick={add} disabled={parts.length >= 100}>
              增加一张
            </Button>
          </>
        }
      >
        <PartLines
          card={card}
          parts={parts}
          onChange={change}
          onRemove={(at) => setParts((before) => before.filter((_, place) => place !== at))}
        />
      </Section>
      <EntryForm
        operation={contract.splitCard}
        fixed={{ cardId: card.id, version: card.version, parts: parts.map((part) => partOf(card, part)) as never }}
        initial={{ effectiveOn: todayHere() }}
        submit={`拆分为 ${parts.length} 张卡片`}
        refusal={may.regroup}
        onDone={() => {
          tell('已拆分。请重新打印标签，贴在各件资产上。')
          go(back)
        }}
        onCancel={() => go(back)}
      >
        <Field
          name="effectiveOn"
          label="拆分日期"
          help={openMonth ? `应在折旧尚未结账的 ${openMonth} 之内。` : undefined}
        >
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="document" label="依据文号" optional>
          <Input maxLength={200} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Page>
  )
}

/** What is sent: text that could not be read goes along, so that the field is told. */
function partOf(card: Card, { key: _, classCode, ...part }: Part) {
  return {
    ...part,
    ...(classCode === card.classCode ? {} : { classCode, classEdition: '2022' as const }),
  }
}

function PartLines({
  card,
  parts,
  onChange,
  onRemove,
}: {
  card: Card
  parts: readonly Part[]
  onChange: (at: number, changes: PartChange) => void
  onRemove: (at: number) => void
}) {
  const costs = parts.map(({ costFen }) => amount(costFen))
  const sum = costs.reduce((total, costFen) => total + costFen, 0)
  const accumulated = sum === card.costFen ? sharesOf(card.accumulatedFen, costs) : null
  const classes = presentClasses.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))
  const options = classes.some(({ value }) => value === card.classCode)
    ? classes
    : [{ value: card.classCode, label: classNameOf(card.classEdition, card.classCode) }, ...classes]
  return (
    <div className="part-lines">
      <table>
        <thead>
          <tr>
            <th scope="col">名称、分类</th>
            <th scope="col">数量</th>
            <th scope="col">原值</th>
            <th scope="col">规格型号、序列号</th>
            <th scope="col">存放地点</th>
            <th scope="col" className="number-cell">
              累计折旧（元）
            </th>
            <th scope="col" className="number-cell">
              净值（元）
            </th>
            <th scope="col">
              <span className="sr-only">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, at) => {
            const named = `第${at + 1}张的`
            const charged = accumulated?.[at]
            return (
              <tr key={part.key}>
                <td>
                  <Input
                    aria-label={`${named}名称`}
                    maxLength={120}
                    value={part.name}
                    onChange={({ target }) => onChange(at, { name: target.value })}
                  />
                  <Select
                    aria-label={`${named}分类`}
                    showSearch
                    optionFilterProp="label"
                    value={part.classCode}
                    onChange={(classCode) => onChange(at, { classCode })}
                    options={options}
                  />
                </td>
                <td data-label="数量">
                  <QuantityInput
                    aria-label={`${named}数量`}
                    unit={card.unit}
                    value={part.quantity}
                    onChange={(quantity) => onChange(at, { quantity })}
                  />
                </td>
                <td data-label="原值">
                  <MoneyInput
                    aria-label={`${named}原值`}
                    value={part.costFen}
                    onChange={(costFen) => onChange(at, { costFen })}
                  />
                </td>
                <td>
                  <Input
                    aria-label={`${named}规格型号`}
                    placeholder="规格型号"
                    maxLength={200}
                    value={part.model}
                    onChange={({ target }) => onChange(at, { model: target.value })}
                  />
                  <Input
                    aria-label={`${named}序列号`}
                    placeholder="序列号"
                    maxLength={100}
                    value={part.serialNumber}
                    onChange={({ target }) => onChange(at, { serialNumber: target.value })}
                  />
                </td>
                <td>
                  <Input
                    aria-label={`${named}存放地点`}
                    placeholder="存放地点"
                    maxLength={120}
                    value={part.place}
                    onChange={({ target }) => onChange(at, { place: target.value })}
                  />
                </td>
                <td className="number-cell number" data-label="累计折旧（元）">
                  {charged === undefined ? '–' : yuanText(charged)}
                </td>
                <td className="number-cell number" data-label="净值（元）">
                  {charged === undefined ? '–' : yuanText((costs[at] ?? 0) - charged)}
                </td>
                <td>
                  {parts.length > 2 && (
                    <Button size="small" aria-label={`去掉第${at + 1}张`} onClick={() => onRemove(at)}>
                      去掉
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p role="status" className={sum === card.costFen ? 'quiet' : 'field-error'}>
        原值合计 {yuanText(sum)} 元
        {sum === card.costFen
          ? '，与原卡片一致。'
          : `，比原卡片${sum > card.costFen ? '多' : '少'} ${yuanText(Math.abs(sum - card.costFen))} 元。`}
      </p>
    </div>
  )
}
