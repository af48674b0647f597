import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { can, maySeeConsultation, seesAll } from '../policy.ts'
import { consultationsPage, onSubject } from '../store/consultation.ts'
import { itemsPage } from '../store/item.ts'
import { opinionsPage } from '../store/opinion.ts'
import { seenConsultation, seenOpinion, seesSummary } from './access.ts'
import { idIn, wrongCursor } from './cursors.ts'
import { openDocument, openFile } from './papers.ts'
import { asConsultations, asItems, consultationView, opinionView } from './view.ts'

type ReadingActions = Pick<
  ActionsOf<typeof contract>,
  | 'consultations'
  | 'consultationsOnSubject'
  | 'viewConsultation'
  | 'items'
  | 'opinions'
  | 'viewOpinion'
  | 'consultationFile'
  | 'consultationDocument'
>

export const readingActions: ReadingActions = {
  async consultations(ctx) {
    const organ = officeOrgan(ctx.actor, '征求意见')
    const { part, state, after, limit } = ctx.input
    const { jurisdictionCode } = organ
    const filter = {
      organId: organ.id,
      jurisdictionCode: seesAll(ctx.actor, { jurisdictionCode }) ? jurisdictionCode : null,
      part,
      state,
    }
    const rows = await consultationsPage(ctx.tx, filter, after === undefined ? undefined : idIn(after), limit + 1)
    const page = pageFrom(rows, limit)
    return {
      ...page,
      items: await asConsultations(ctx, page.items),
      may: { open: mayOf(can.open(ctx.actor, jurisdictionCode)) },
    }
  },

  async consultationsOnSubject(ctx) {
    const organ = officeOrgan(ctx.actor, '征求意见')
    const rows = await onSubject(ctx.tx, ctx.input, organ.id)
    const seen = rows.filter((row) => maySeeConsultation(ctx.actor, row, row.opinionId === null ? [] : [organ.id]))
    return { items: await asConsultations(ctx, seen) }
  },

  async viewConsultation(ctx) {
    return consultationView(ctx, await seenConsultation(ctx, ctx.input.consultationId))
  },

  async items(ctx) {
    const { row, mine } = await seenConsultation(ctx, ctx.input.consultationId)
    const { reply, organId, text, sort, after, limit } = ctx.input
    // Before the closing an organ sees its own opinions alone.
    const only = seesSummary(ctx, row) ? organId : found(mine, '答复').organId
    // A filter must not tell what is kept from the reader: whose an opinion is, what it will be answered.
    const hidden = !seesAll(ctx.actor, row) && !row.namesShown
    const filter = {
      consultationId: row.id,
      reply: seesSummary(ctx, row) ? reply : undefined,
      organId: hidden && only !== mine?.organId ? undefined : only,
      text,
      sort,
    }
    const rows = await itemsPage(ctx.tx, filter, placeIn(after), limit + 1)
    const page = pageFrom(rows, limit, (last) => `${last.itemNo}@${last.placeNo}@${last.place}`)
    return { ...page, items: await asItems(ctx, row, page.items) }
  },

  async opinions(ctx) {
    const { row } = await seenConsultation(ctx, ctx.input.consultationId)
    if (!seesAll(ctx.actor, row)) throw new Missing('各机关答复情况')
    const { state, after, limit } = ctx.input
    const rows = await opinionsPage(ctx.tx, row.id, state, after === undefined ? undefined : idIn(after), limit + 1)
    const page = pageFrom(rows, limit)
    const names = await organNames(
      ctx.tx,
      page.items.map(({ organId }) => organId),
    )
    return {
      ...page,
      items: page.items.map(({ id, organId, state: at, stance, late, items, submittedAt, submittedByName }) => ({
        id,
        organId,
        organName: names.get(organId) ?? '',
        state: at,
        stance,
        late,
        items,
        submittedAt,
        submittedByName,
      })),
    }
  },

  async viewOpinion(ctx) {
    const { opinion, row } = await seenOpinion(ctx, ctx.input.opinionId)
    return opinionView(ctx, row, opinion)
  },

  async consultationFile(ctx) {
    const { row } = await seenConsultation(ctx, ctx.input.consultationId)
    return openFile(ctx, row, ctx.input.fileId)
  },

  async consultationDocument(ctx) {
    const { row } = await seenConsultation(ctx, ctx.input.consultationId)
    return openDocument(ctx, row, ctx.input.documentId, ctx.input.format)
  },
}

/** `12@3@第三条`: the last opinion seen, by number and by place. */
function placeIn(after: string | undefined): { itemNo: number; placeNo: number; place: string } | null {
  if (after === undefined) return null
  const [, itemNo, placeNo, place] = /^(\d{1,9})@(\d{1,9})@(.*)$/s.exec(after) ?? []
  if (itemNo === undefined || placeNo === undefined || place === undefined) throw wrongCursor()
  return { itemNo: Number(itemNo), placeNo: Number(placeNo), place }
}
