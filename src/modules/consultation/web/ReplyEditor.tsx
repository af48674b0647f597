import { Button, Input } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { mayOf, type May } from '#kernel/pure/verdict.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { Reply, replyLabels } from '../model.ts'
import { checkReply } from '../rules/closing.ts'
import type { Item } from './ItemText.tsx'

/** What the office writes, by what becomes of the opinion. */
const usualReasons: Record<Reply, readonly string[]> = {
  adopted: ['已按意见修改。'],
  partly: ['采纳合理部分，其余与上位标准不一致。', '按财力可承受部分采纳。'],
  'not-adopted': [
    '与上位标准不一致。',
    '超出本级财力和保障水平。',
    '现有条款已能满足需要。',
    '不属于本次征求意见的范围。',
  ],
}

/** Says what becomes of one opinion or of many at once, and why; puts the same ones together; takes an answer back. */
export function ReplyEditor({
  consultationId,
  items,
  asked,
  refusal,
  onDone,
  onLeave,
}: {
  consultationId: string
  items: readonly Item[]
  /** A reply asked for by key in the list; `turn` tells one press from the next. */
  asked: { reply: Reply; turn: number } | null
  refusal: May
  onDone: (items: readonly Item[]) => void
  onLeave: () => void
}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [only] = items
  const single = items.length === 1 ? only : undefined
  const [reply, setReply] = useState<Reply | null>(single?.reply ?? null)
  const [reason, setReason] = useState(single?.replyReason ?? '')
  const [label, setLabel] = useState(single?.groupLabel ?? '')
  const seen = items.map(({ id: itemId, version }) => ({ id: itemId, version }))
  const invalidates = [contract.items, contract.viewConsultation]
  const takeBack = useSend(contract.takeBackReplies, { invalidates, onDone: () => onDone([]) })
  const undo = useSend(contract.takeBackReplies, { invalidates })
  const send = useSend(contract.replyItems, {
    invalidates,
    onDone: (answer) => {
      const back = answer.items.map(({ id: itemId, version }) => ({ id: itemId, version }))
      tell(
        `已答复 ${answer.items.length} 条意见：${reply === null ? '' : replyLabels[reply]}。`,
        () => void undo.send({ consultationId, items: back }),
      )
      onDone(items)
    },
  })
  const group = useSend(contract.groupItems, { invalidates, onDone: () => tell('已归并所选意见。') })
  const handled = useRef(asked?.turn ?? 0)
  useEffect(() => {
    if (asked === null || asked.turn === handled.current) return
    handled.current = asked.turn
    setReply(asked.reply)
    box.current?.querySelector<HTMLElement>('textarea')?.focus()
  }, [asked])

  const whole = refusal ?? (reply === null ? noReply : mayOf(checkReply(reply, reason.trim())))
  const answer = async () => {
    if (whole === null && reply !== null) await send.send({ consultationId, items: seen, reply, reason: reason.trim() })
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) void answer()
    else return
    event.preventDefault()
  }
  const label2 = single ? `第 ${single.itemNo} 条意见` : `所选 ${items.length} 条意见`
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc and Ctrl+Enter of the fields inside
    <div ref={box} className="reply-editor" role="group" aria-label={`答复${label2}`} onKeyDown={pressed}>
      <h3>{label2}</h3>
      <div className="reply-choices" role="group" aria-label="采纳情况">
        {Reply.options.map((option, index) => (
          <button key={option} type="button" aria-pressed={reply === option} onClick={() => setReply(option)}>
            <kbd>{index + 1}</kbd>
            {replyLabels[option]}
          </button>
        ))}
      </div>
      <label htmlFor={`${id}reason`}>
        理由{(reply === null || reply === 'adopted') && <span className="field-optional">（选填）</span>}
      </label>
      <OpinionBox
        id={`${id}reason`}
        rows={4}
        maxLength={2000}
        phrases={reply === null ? [] : usualReasons[reply]}
        value={reason}
        onChange={(text) => setReason(text ?? '')}
      />
      <Refusals of={send.error ?? takeBack.error ?? undo.error} onRetry={send.retry} />
      <div className="row">
        <ActionButton primary refusal={whole} busy={send.sending} onClick={answer}>
          {items.length > 1 ? `答复 ${items.length} 条` : '答复'}
        </ActionButton>
        {items.every((item) => item.reply !== null) && (
          <ActionButton
            refusal={refusal}
            busy={takeBack.sending}
            onClick={() => takeBack.send({ consultationId, items: seen })}
          >
            撤回答复
          </ActionButton>
        )}
        <span className="quiet">Ctrl + Enter</span>
      </div>
      <label htmlFor={`${id}group`}>
        归并为<span className="field-optional">（选填）</span>
      </label>
      <div className="reply-group">
        <Input
          id={`${id}group`}
          maxLength={60}
          value={label}
          placeholder="例如 复印机数量"
          onChange={({ target }) => setLabel(target.value)}
        />
        <Button
          loading={group.sending}
          onClick={() =>
            void group.send({ consultationId, items: seen, label: label.trim() === '' ? null : label.trim() })
          }
        >
          归并
        </Button>
      </div>
      <Refusals of={group.error} onRetry={group.retry} />
    </div>
  )
}

const noReply: May = [
  { code: 'no-reply', message: '请先选择采纳、部分采纳或不采纳。', basis: null, facts: {}, remedy: null },
]
