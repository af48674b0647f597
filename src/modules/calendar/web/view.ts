import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'

export type YearView = OutputOf<typeof contract.viewYear>
