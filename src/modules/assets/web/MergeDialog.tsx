import { Input, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { ListedCard } from '../model.ts'

/** One card in place of those chosen: it takes after the main one, and its money is theirs together. */
export function MergeDialog({ cards, onClose }: { cards: readonly ListedCard[]; onClose: () => void }) {
  const go = useGo()
  const [main, setMain] = useState(cards[0] as ListedCard)
  const sum = (of: (card: ListedCard) => number) => cards.reduce((total, card) => total + of(card), 0)
  return (
    <Dialog title={`合并 ${cards.length} 张卡片`} onClose={onClose}>
      <EntryForm
        operation={contract.mergeCards}
        fixed={{ cardIds: cards.map(({ id }) => id) }}
        initial={{
          mainCardId: main.id,
          name: main.name,
          quantity: sum(({ quantity }) => quantity),
          effectiveOn: todayHere(),
        }}
        submit="合并"
        onValues={({ mainCardId }) => setMain(cards.find(({ id }) => id === mainCardId) ?? main)}
        onDone={({ card }) => {
          tell(`已合并为 ${card.number}。`)
          go(`/assets/cards/${card.id}`)
        }}
        onCancel={onClose}
      >
        <p className="quiet">
          原值合计 {yuanText(sum(({ costFen }) => costFen))} 元，累计折旧合计{' '}
          {yuanText(sum(({ accumulatedFen }) => accumulatedFen))}{' '}
          元，都转入新卡片；折旧在各卡片剩余年限中最长的年限内继续计提。
        </p>
        <Field name="mainCardId" label="主卡片" help="新卡片的分类、规格、地点、保管人和取得日期取自主卡片。">
          <Select options={cards.map(({ id, name, number }) => ({ value: id, label: `${name} ${number}` }))} />
        </Field>
        <Field name="name" label="合并后名称">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="quantity" label="合并后数量" help="几件合成一套的填1。">
          <QuantityInput unit={main.unit} />
        </Field>
        <Field name="unit" label="计量单位" optional help="不填与主卡片相同。">
          <Input maxLength={20} autoComplete="off" />
        </Field>
        <Field name="effectiveOn" label="合并日期" help="应在折旧尚未结账的月份之内。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="document" label="依据文号" optional>
          <Input maxLength={200} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
