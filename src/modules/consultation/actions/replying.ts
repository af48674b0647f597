import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { checkReply, mayChange } from '../rules/closing.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import type { ConsultationRow } from '../store/consultation.ts'
import { itemsById, saveGroup, saveReplies, type ItemRow, type ItemVersion } from '../store/item.ts'
import { consultationSubject, heldConsultation } from './access.ts'
import { asItems } from './view.ts'

type ReplyingActions = Pick<ActionsOf<typeof contract>, 'replyItems' | 'takeBackReplies' | 'groupItems'>

/** What becomes of opinions; several clerks at once, each item by whoever comes first (norm A9-1). */
export const replyingActions: ReplyingActions = {
  async replyItems(ctx) {
    const { items, reply, reason } = ctx.input
    const { row, before } = await toReply(ctx, items)
    insist(checkReply(reply, reason))
    await saveReplies(ctx.tx, row.id, items, {
      reply,
      reason: reason === '' ? null : reason,
      byName: ctx.actor.name,
      at: ctx.now,
    })
    return changed(ctx, row, before, 'consultation.items-replied', { reply, reason })
  },

  async takeBackReplies(ctx) {
    const { row, before } = await toReply(ctx, ctx.input.items)
    await saveReplies(ctx.tx, row.id, ctx.input.items, null)
    return changed(ctx, row, before, 'consultation.replies-taken-back', { reply: null })
  },

  async groupItems(ctx) {
    const { items, label } = ctx.input
    const { row, before } = await toReply(ctx, items)
    insist(checkSecrecy([['归并名称', label ?? '']]))
    await saveGroup(ctx.tx, row.id, items, label)
    return changed(ctx, row, before, 'consultation.items-grouped', { group: label })
  },
}

async function toReply(
  ctx: Act & { input: { consultationId: string } },
  items: readonly ItemVersion[],
): Promise<{ row: ConsultationRow; before: ItemRow[] }> {
  const row = await heldConsultation(ctx, ctx.input.consultationId, 'together')
  permit(can.lead(ctx.actor, row, '答复意见'))
  const distinct = new Set(items.map(({ id }) => id))
  insist(
    allOf(
      mayChange(row.state),
      provided(distinct.size === items.length, {
        code: 'item-twice',
        message: '所选意见中有重复。',
        remedy: '请刷新后重新选择。',
      }),
    ),
  )
  return { row, before: await itemsById(ctx.tx, row.id, [...distinct]) }
}

async function changed(
  ctx: Act,
  row: ConsultationRow,
  before: readonly ItemRow[],
  fact: 'consultation.items-replied' | 'consultation.replies-taken-back' | 'consultation.items-grouped',
  after: Record<string, unknown>,
) {
  const now = await itemsById(
    ctx.tx,
    row.id,
    before.map(({ id }) => id),
  )
  await record(ctx, fact, {
    ...consultationSubject(row),
    before: {
      items: before.map(({ itemNo, reply, replyReason, groupLabel }) => ({ itemNo, reply, replyReason, groupLabel })),
    },
    after: { ...after, items: now.map(({ itemNo }) => itemNo) },
  })
  return { items: await asItems(ctx, row, now) }
}
