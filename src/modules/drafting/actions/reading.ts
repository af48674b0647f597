import { readsLevel } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { lineage } from '#modules/standards/rules/in-force.ts'
import type { contract } from '../contract.ts'
import { draftsOpenToServed, maySeeDraft } from '../policy.ts'
import { draftsPage } from '../store/draft.ts'
import { seenDraft } from './facts.ts'
import { asDrafts, draftView } from './view.ts'

export const readingActions: Pick<ActionsOf<typeof contract>, 'drafts' | 'viewDraft'> = {
  /** The level's own drafts, and of the levels above what concerns this one. */
  async drafts(ctx) {
    const { after, limit, state, matter, code } = ctx.input
    const { jurisdictionCode } = officeOrgan(ctx.actor, '标准草案')
    const wholeLevel = readsLevel(ctx.actor, jurisdictionCode)
    const states = state ? [state] : wholeLevel ? null : draftsOpenToServed
    const rows = await draftsPage(
      ctx.tx,
      { jurisdictionCodes: lineage(jurisdictionCode), own: wholeLevel ? jurisdictionCode : null, states, matter, code },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    const seen = page.items.filter((draft) => maySeeDraft(ctx.actor, draft))
    return { ...page, items: await asDrafts(ctx, seen) }
  },

  async viewDraft(ctx) {
    return draftView(ctx, await seenDraft(ctx, ctx.input.draftId))
  },
}
