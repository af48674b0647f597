import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../../contract.ts'

/** An adjustment as the server shows it. */
export type View = OutputOf<(typeof contract)['viewAdjustment']>
