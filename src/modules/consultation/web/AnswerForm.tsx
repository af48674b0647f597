import { Button, Input, Radio } from 'antd'
import { useEffect, useId, useRef } from 'react'
import { mayOf, type May } from '#kernel/pure/verdict.ts'
import { RestoredDraft } from '#kernel/web/draft/use-draft.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import type { Stance } from '../model.ts'
import { checkAnswer } from '../rules/answering.ts'
import type { ItemEntry } from './answer-entry.ts'
import type { Answer, OpinionView } from './use-answer.ts'
import './consultation.css'

/** 无意见 or 有意见, opinion by opinion; told at once what would be refused. */
export function AnswerForm({
  view,
  answer,
  focused,
  onSent,
}: {
  view: OpinionView
  answer: Answer
  /** Key of the opinion just begun, to be written now. */
  focused: string | null
  onSent: () => void
}) {
  const id = useId()
  const { value, draft } = answer
  const isChange = view.opinion.state === 'answered'
  const submit = useSend(contract.submitOpinion, {
    onDone: () => {
      tell(isChange ? '答复已修改。' : '答复已提交。截止日前可以修改。')
      onSent()
    },
  })
  const sent = answer.sent()
  const refusal: May = mayOf(checkAnswer(sent))
  const send = async () => {
    if (!(await draft.flush())) return
    await submit.send({
      opinionId: view.opinion.id,
      version: answer.version(),
      stance: sent.stance as Stance,
      items: sent.items,
    })
  }
  return (
    <section className="answer" aria-label="答复">
      <RestoredDraft stored={answer.restored} onDiscard={answer.putBack} />
      <Radio.Group
        className="answer-stance"
        aria-label="意见态度"
        value={value.stance}
        onChange={({ target }) => answer.setStance(target.value as Stance)}
        options={[
          { value: 'agrees', label: '无意见' },
          { value: 'comments', label: '有意见' },
        ]}
      />
      {value.stance === 'agrees' && value.items.some(({ opinion }) => opinion !== '') && (
        <p className="quiet">已填写的 {value.items.length} 条意见不会提交；改选“有意见”可以继续填写。</p>
      )}
      {value.stance === 'comments' && (
        <ol className="answer-items">
          {value.items.map((item, index) => (
            <ItemFields
              key={item.key}
              id={`${id}${item.key}`}
              index={index}
              item={item}
              isFocused={item.key === focused}
              onChange={(changes) => answer.change(item.key, changes)}
              onRemove={() => answer.remove(item.key)}
            />
          ))}
        </ol>
      )}
      {value.stance === 'comments' && <Button onClick={() => answer.add('')}>增加一条意见</Button>}
      <Refusals of={submit.error} onRetry={submit.retry} />
      <div className="answer-foot row">
        <ActionButton primary refusal={refusal} busy={submit.sending} onClick={send}>
          {isChange ? '提交修改' : '提交答复'}
        </ActionButton>
        <span className="quiet">{draft.words}</span>
      </div>
    </section>
  )
}

function ItemFields({
  id,
  index,
  item,
  isFocused,
  onChange,
  onRemove,
}: {
  id: string
  index: number
  item: ItemEntry
  isFocused: boolean
  onChange: (changes: Partial<ItemEntry>) => void
  onRemove: () => void
}) {
  const box = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!isFocused) return
    box.current?.scrollIntoView({ block: 'nearest' })
    box.current?.querySelector<HTMLElement>('textarea')?.focus()
  }, [isFocused])
  return (
    <li ref={box} className="answer-item" aria-label={`第 ${index + 1} 条意见`}>
      <div className="answer-item-head">
        <b>第 {index + 1} 条</b>
        <button type="button" className="link-button" onClick={onRemove}>
          删除
        </button>
      </div>
      <label htmlFor={`${id}place`}>
        对应条款<span className="field-optional">（选填）</span>
      </label>
      <Input
        id={`${id}place`}
        maxLength={100}
        value={item.place}
        placeholder="例如 第三条；针对全文的可以不填"
        onChange={({ target }) => onChange({ place: target.value })}
      />
      <label htmlFor={`${id}opinion`}>意见</label>
      <Input.TextArea
        id={`${id}opinion`}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={2000}
        value={item.opinion}
        onChange={({ target }) => onChange({ opinion: target.value })}
      />
      <label htmlFor={`${id}suggestion`}>
        修改建议<span className="field-optional">（选填）</span>
      </label>
      <Input.TextArea
        id={`${id}suggestion`}
        autoSize={{ minRows: 1, maxRows: 10 }}
        maxLength={2000}
        value={item.suggestion}
        onChange={({ target }) => onChange({ suggestion: target.value })}
      />
      <label htmlFor={`${id}reason`}>
        理由<span className="field-optional">（选填）</span>
      </label>
      <Input.TextArea
        id={`${id}reason`}
        autoSize={{ minRows: 1, maxRows: 10 }}
        maxLength={2000}
        value={item.reason}
        onChange={({ target }) => onChange({ reason: target.value })}
      />
    </li>
  )
}
