import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { MoneyInput, OpinionBox, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { mayOf } from '#kernel/pure/verdict.ts'
import { opinionLabels, type Opinion, type Proposal } from '../../model.ts'
import { mayDecide, standardsUsed } from '../../rules/review.ts'
import {
  askedOf,
  opinionKeys,
  owesReason,
  withAmount,
  withOpinion,
  withQuantity,
  type Draft,
  type ReviewRow,
} from './draft.ts'

export type EditorField = 'quantity' | 'reason'

/** What reviewers of the office write, by opinion; the proposal's own words and its standards come first. */
const usualReasons: Record<Opinion, readonly string[]> = {
  O1: ['公物仓同类资产不符合使用要求，不宜调剂。'],
  O2: ['超出配置标准部分不予安排。', '按上年实际执行数核定。', '测算依据不足，按可核实部分核定。'],
  O3: ['由公物仓调剂解决，不再购置。'],
  O4: ['请补充测算依据和现有资产情况后重新提交。', '数量、单价与附件不一致，请核对。'],
  O5: ['现有资产能够满足需要。', '不符合配置标准。', '未到最低使用年限，且无鉴定意见。'],
  O6: ['由申请机关自行制定计划，按有关标准执行。'],
  O7: ['按专项程序另行办理。'],
  O8: ['视年度财力情况安排。'],
}

/** Decides one line by hand: opinion, figures, reason; says at once what the rule would refuse. */
export function DecisionEditor({
  row,
  proposal,
  initial,
  focus,
  onDecide,
  onClose,
}: {
  row: ReviewRow
  proposal: Proposal
  initial: Draft
  focus: EditorField
  onDecide: (draft: Draft) => void
  onClose: () => void
}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState(initial)
  const [typed, setTyped] = useState<{ quantity?: string | undefined; amount?: string | undefined }>({})
  const { line } = row
  const asked = askedOf(line)
  const unread = typed.quantity !== undefined || typed.amount !== undefined
  const verdict = mayDecide(asked, draft, proposal)
  const refusal = unread
    ? [{ code: 'number', message: '请填写数量和金额。', basis: null, facts: {}, remedy: null }]
    : mayOf(verdict)
  useEffect(() => {
    const field = box.current?.querySelector<HTMLElement>(focus === 'reason' ? 'textarea' : '.number-input input')
    field?.focus()
    if (field instanceof HTMLInputElement) field.select()
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [focus])
  const decide = () => refusal === null && onDecide(draft)
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation() // the keys of the lines mean nothing while one writes
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && isField(event)) decide()
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc and Enter of the fields inside
    <div ref={box} className="review-editor" role="group" aria-label={`审核 ${line.itemName}`} onKeyDown={pressed}>
      <div className="review-opinions" role="group" aria-label="审核意见">
        {opinionKeys.map((opinion, index) => (
          <button
            key={opinion}
            type="button"
            aria-pressed={draft.opinion === opinion}
            onClick={() => (setTyped({}), setDraft(withOpinion(draft, opinion, line, proposal)))}
          >
            <kbd>{index + 1}</kbd>
            {opinionLabels[opinion]}
          </button>
        ))}
      </div>
      <div className="review-figures">
        <label htmlFor={`${id}quantity`}>
          核定数量
          <small>
            申请 {quantityText(asked.quantity)}
            {line.unit}
          </small>
        </label>
        <QuantityInput
          id={`${id}quantity`}
          unit={line.unit}
          value={typed.quantity ?? draft.quantity}
          onChange={(value) => {
            setTyped({ ...typed, quantity: typeof value === 'number' ? undefined : (value ?? '') })
            if (typeof value === 'number') setDraft(withQuantity(draft, value, line))
          }}
        />
        <label htmlFor={`${id}amount`}>
          核定金额
          <small>申请 {yuanText(asked.amountFen)} 元</small>
        </label>
        <MoneyInput
          id={`${id}amount`}
          value={typed.amount ?? draft.amountFen}
          onChange={(value) => {
            setTyped({ ...typed, amount: typeof value === 'number' ? undefined : (value ?? '') })
            if (typeof value === 'number') setDraft(withAmount(draft, value, line))
          }}
        />
      </div>
      <div>
        <label htmlFor={`${id}reason`}>
          理由{!owesReason(draft.opinion) && <span className="field-optional">（选填）</span>}
        </label>
        <OpinionBox
          id={`${id}reason`}
          rows={2}
          value={draft.reason}
          phrases={phrasesFor(draft.opinion, proposal)}
          onChange={(reason) => setDraft({ ...draft, reason: reason ?? '' })}
        />
      </div>
      {refusal && (
        <p className="review-editor-refusal" role="status">
          {refusal.map(({ message }) => message).join('')}
        </p>
      )}
      <div className="row">
        <ActionButton primary refusal={refusal} onClick={decide}>
          保存意见<span className="review-key-hint">(Ctrl+Enter)</span>
        </ActionButton>
        <Button onClick={onClose}>
          取消<span className="review-key-hint">(Esc)</span>
        </Button>
      </div>
    </div>
  )
}

/** Enter decides from a number, Ctrl+Enter from anywhere; plain Enter in the reason is a new line, on a button its press. */
function isField({ target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || target instanceof HTMLInputElement
}

function phrasesFor(opinion: Opinion, proposal: Proposal): string[] {
  const own = proposal.opinion === opinion && proposal.reason ? [proposal.reason] : []
  // A figure the project chose is no ground to give an organ.
  const lawful = proposal.findings.map((finding) => ({
    ...finding,
    parameters: finding.parameters.filter(({ projectDefault }) => !projectDefault),
  }))
  const grounds = owesReason(opinion) ? standardsUsed(lawful).map((citation) => `依据${citation}。`) : []
  return [...own, ...usualReasons[opinion], ...grounds]
}
