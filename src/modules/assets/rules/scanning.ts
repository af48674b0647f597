import { allOf, allowed, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Engagement } from '../model.ts'
import type { ReceiptAct, ScanAct, ScanChanges } from '../model/scan.ts'
import { mayAddEvent } from './card.ts'
import { mayEngage, notHeld } from './engagement.ts'

type Card = Parameters<typeof mayAddEvent>[0] & { custodianId: string | null }

/** Whether an act of a scan session can be done with a card; who may do it is the policy's to say (A12-2, A12-4). */
export function mayScan(
  card: Card,
  held: Engagement | undefined,
  given: { act: ScanAct; today: string; toPersonId?: string | undefined },
): Verdict {
  const { act, today, toPersonId } = given
  if (act === 'hand-over')
    return allOf(
      mayEngage(card, held),
      provided(card.custodianId === null || card.custodianId !== toPersonId, {
        code: 'same-custodian',
        message: `资产${card.number}已由接收人保管。`,
      }),
    )
  return allOf(mayAddEvent(card, today, today), act === 'state' ? notHeld(card, held) : allowed)
}

/** A session does one act: what it sets is of that act, and something. */
export function checkChanges(act: ReceiptAct, { place, department, state }: ScanChanges): Verdict {
  const moves = place !== undefined || department !== undefined
  const [own, other] = act === 'move' ? [moves, state !== undefined] : [state !== undefined, moves]
  return allOf(
    provided(own, {
      code: 'nothing-changed',
      message: act === 'move' ? '没有填写新的存放地点或使用部门。' : '没有选择使用状况。',
      remedy: '请在开始扫码前填写。',
    }),
    provided(!other, {
      code: 'other-act',
      message: '一次扫码只办理一个事项：地点和部门一起变更，使用状况另行变更。',
      remedy: '请分两次办理。',
    }),
  )
}
