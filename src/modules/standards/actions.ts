import type { ActionsOf, Act } from '#kernel/server/context.ts'
import { readingActions } from './actions/reading.ts'
import type { contract } from './contract.ts'
import { catalogueOn, economicCodesOf, standardsOn, versionsOf } from './store.ts'

/** Standards are public inside the system: whoever is signed in may read those of any jurisdiction (Art. 7, 37). */
export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  async standards({ tx, today, input, ...act }) {
    const on = input.on ?? today
    const rows = await standardsOn(tx, input.jurisdictionCode ?? ownJurisdiction(act), on)
    return { on, standards: input.kind ? rows.filter(({ kind }) => kind === input.kind) : rows }
  },
  async versions({ tx, input, ...act }) {
    return { versions: await versionsOf(tx, input.code, input.jurisdictionCode ?? ownJurisdiction(act)) }
  },
  async catalogue({ tx, today, input, ...act }) {
    return { entries: await catalogueOn(tx, input.jurisdictionCode ?? ownJurisdiction(act), input.on ?? today) }
  },
  async economicCodes({ tx, input }) {
    return { codes: await economicCodesOf(tx, input.year) }
  },
}

function ownJurisdiction({ actor }: Pick<Act, 'actor'>): string {
  return actor.organ?.jurisdictionCode ?? '140000'
}
