import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { attachmentById, keepAttachment, openAttachment, removeAttachment } from '#kernel/server/attachments.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, insist, found, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { labelSheet } from '../documents/labels.ts'
import { law } from '../law.ts'
import { labelsOnPage } from '../model/label.ts'
import { can, maySeeCards } from '../policy.ts'
import { cardsById } from '../store/card.ts'
import { deleteFilter, filtersOf, insertFilter } from '../store/filter.ts'
import { eventSubject, ownOrgan, seenCard } from './access.ts'
import { fileView } from './reading.ts'

type FileActions = Pick<
  ActionsOf<typeof contract>,
  'attachCardFile' | 'cardFile' | 'removeCardFile' | 'labels' | 'filters' | 'saveFilter' | 'removeFilter'
>

export const fileActions: FileActions = {
  async attachCardFile(ctx) {
    const card = await seenCard(ctx, ctx.input.cardId)
    permit(can.change(ctx.actor, card))
    insist(
      provided(secrecyMarkIn(ctx.input.file.fileName) === null, {
        code: 'A44-1',
        message: '文件名带有密级标志。本系统为非涉密系统，不得上传涉密文件。',
        basis: law.secrecy,
      }),
    )
    const kept = await keepAttachment(ctx, {
      caseId: null,
      subject: { kind: 'assets.card', id: card.id },
      organId: card.organId,
      jurisdictionCode: card.jurisdictionCode,
      file: ctx.input.file,
    })
    return fileView(ctx, kept)
  },

  async cardFile(ctx) {
    return openAttachment(ctx, await seenFile(ctx, ctx.input))
  },

  async removeCardFile(ctx) {
    const file = await seenFile(ctx, ctx.input)
    permit(can.change(ctx.actor, file))
    await removeAttachment(ctx, file, ctx.input.reason)
    return {}
  },

  async labels(ctx) {
    const { paper, skip } = ctx.input
    if (skip >= labelsOnPage(paper))
      throw new BadInput([{ pointer: '/skip', message: `这种标签纸一张只有${labelsOnPage(paper)}枚。` }])
    const cards = await cardsById(ctx.tx, ctx.input.cardIds)
    if (cards.length !== new Set(ctx.input.cardIds).size || cards.some((card) => !maySeeCards(ctx.actor, card)))
      throw new Missing('资产卡片')
    return {
      fileName: `资产标签（${cards.length}张）.pdf`,
      mediaType: 'application/pdf',
      body: await labelSheet(cards, ctx.input, ctx.today),
    }
  },

  async filters({ tx, actor }) {
    const organ = ownOrgan({ actor })
    return { items: await filtersOf(tx, actor.personId ?? '', organ.id) }
  },

  async saveFilter(ctx) {
    const organ = ownOrgan(ctx)
    const filter = { id: newId(), name: ctx.input.name, filter: ctx.input.filter }
    insist(
      provided((await filtersOf(ctx.tx, ctx.actor.personId ?? '', organ.id)).length < 30, {
        code: 'too-many-filters',
        message: '最多保存30个筛选。',
        remedy: '请先删除不用的。',
      }),
    )
    const saved = await insertFilter(ctx.tx, {
      ...filter,
      personId: found(ctx.actor.personId, '用户'),
      organId: organ.id,
    })
    await record(ctx, 'assets.filter-saved', {
      subject: { kind: 'assets.filter', id: saved },
      organId: organ.id,
      after: filter,
    })
    return { ...filter, id: saved }
  },

  async removeFilter(ctx) {
    const organ = ownOrgan(ctx)
    const gone = found(await deleteFilter(ctx.tx, ctx.input.filterId, ctx.actor.personId ?? ''), '保存的筛选')
    await record(ctx, 'assets.filter-removed', {
      subject: { kind: 'assets.filter', id: ctx.input.filterId },
      organId: organ.id,
      before: gone,
    })
    return {}
  },
}

async function seenFile(act: Act, { cardId, fileId }: { cardId: string; fileId: string }) {
  const card = await seenCard(act, cardId)
  const file = found(await attachmentById(act.tx, fileId), '附件')
  if (file.subjectKind !== eventSubject(card).subject.kind || file.subjectId !== card.id) throw new Missing('附件')
  return file
}
