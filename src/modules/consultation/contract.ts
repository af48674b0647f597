import { defineContract } from '#kernel/pure/contract.ts'
import { consultationOperations } from './contract/consultation.ts'
import { surveyOperations } from './contract/survey.ts'

/** The HTTP surface of asking the organs served: on drafts, and how satisfied they are. */
export const contract = defineContract('consultation', { ...consultationOperations, ...surveyOperations })
