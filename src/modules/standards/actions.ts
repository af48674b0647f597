import type { ActionsOf } from '#kernel/server/context.ts'
import { placeOf } from './actions/place.ts'
import { readingActions } from './actions/reading.ts'
import type { contract } from './contract.ts'
import { catalogueOn, economicCodesOf, standardsOn, versionsOf } from './store.ts'

/** Standards are public inside the system: whoever is signed in may read those of any jurisdiction (Art. 7, 37). */
export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  async standards(ctx) {
    const { tx, today, input } = ctx
    const on = input.on ?? today
    const rows = await standardsOn(tx, await placeOf(ctx, input.jurisdictionCode), on)
    return { on, standards: input.kind ? rows.filter(({ kind }) => kind === input.kind) : rows }
  },
  async versions(ctx) {
    const { tx, input } = ctx
    return { versions: await versionsOf(tx, input.code, await placeOf(ctx, input.jurisdictionCode)) }
  },
  async catalogue(ctx) {
    const { tx, today, input } = ctx
    return { entries: await catalogueOn(tx, await placeOf(ctx, input.jurisdictionCode), input.on ?? today) }
  },
  async economicCodes({ tx, input }) {
    return { codes: await economicCodesOf(tx, input.year) }
  },
}
