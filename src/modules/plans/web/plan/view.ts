import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../../contract.ts'

/** A plan as the server shows it. */
export type View = OutputOf<(typeof contract)['viewPlan']>

/** The four parts in the order of Art. 31 para 2. */
export const planParts = ['present', 'needs', 'equipping', 'disposal'] as const
