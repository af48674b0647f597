import type { OutputOf } from '#kernel/pure/contract.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Allotment } from '../model.ts'
import { sum } from './chosen.ts'

export type LineView = OutputOf<(typeof contract)['viewLine']>
export type Asking = 'accept' | 'refuse' | 'withdraw'

/** Asks for the words that go with an answer to a proposal, says what it brings about, and sends it. */
export function AnswerDialog({
  asking,
  view: { line, allotments },
  chosen,
  onClose,
}: {
  asking: Asking
  view: LineView
  chosen: readonly Allotment[]
  onClose: () => void
}) {
  const done = (words: string) => ({
    onDone: () => {
      tell(words)
      onClose()
    },
  })
  const accept = useSend(contract.acceptLine, done('已采纳，审核意见和公物仓调拨已同时形成。'))
  const refuse = useSend(contract.refuseLine, done('已记录，请在需求审核中写明同意购置的意见。'))
  const withdraw = useSend(contract.withdrawLine, done('已撤回，该行重新待审。'))
  const common = { lineId: line.id, version: line.version }
  const [pieces, savedFen] = [sum(chosen, 'pieces'), sum(chosen, 'savedFen')]
  const rest = line.needed - pieces
  const far = chosen.filter(({ source }) => source === 'level')
  const levels = [...new Set(far.map(({ level }) => level?.jurisdictionName ?? ''))]
  if (asking === 'accept')
    return (
      <OpinionDialog
        title={`采纳：调剂${pieces}${line.unit}`}
        lead={`少安排购置资金 ${yuanText(savedFen)} 元；${rest > 0 ? `其余${rest}${line.unit}购置，核定 ${yuanText(rest * line.priceFen)} 元` : '该行不再安排购置资金'}。公物仓物品随即为该机关留用，经财政同意后签收。${far.length > 0 ? `同时向${levels.join('、')}商请${sum(far, 'pieces')}${line.unit}，须经对方同意；未获同意的，另行安排所缺资金。` : ''}`}
        label="补充说明"
        submit="采纳"
        onSend={(reason) =>
          accept.send({
            ...common,
            reason,
            ...(chosen.length < allotments.length
              ? { allotmentIds: chosen.map(({ allotmentId }) => allotmentId) }
              : {}),
          })
        }
        error={accept.error}
        onRetry={accept.retry}
        onClose={onClose}
      />
    )
  const refusing = asking === 'refuse'
  const act = refusing ? refuse : withdraw
  return (
    <OpinionDialog
      title={refusing ? '不采纳调剂建议' : '撤回采纳'}
      lead={
        refusing
          ? '有可调剂的资产而仍购置的，须写明理由。'
          : '公物仓调拨和跨级调剂商请同时撤回，物品重新在架，该行重新待审。'
      }
      label="理由"
      required
      submit={refusing ? '不采纳' : '撤回采纳'}
      phrases={
        refusing
          ? ['机型不能满足业务系统要求。', '剩余使用期不足，近期仍须更新。', '须整批统一配置，不宜混用。']
          : ['机关另有安排。', '物品已损坏，不再调剂。']
      }
      onSend={(reason) => act.send({ ...common, reason })}
      error={act.error}
      onRetry={act.retry}
      onClose={onClose}
    />
  )
}
