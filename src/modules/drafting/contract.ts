import { defineContract } from '#kernel/pure/contract.ts'
import { draftOperations } from './contract/draft.ts'
import { impactOperations } from './contract/impact.ts'
import { upkeepOperations } from './contract/upkeep.ts'

/** The HTTP surface of setting standards 标准制定 (Art. 6, 9), one file a subject. */
export const contract = defineContract('drafting', { ...draftOperations, ...impactOperations, ...upkeepOperations })
