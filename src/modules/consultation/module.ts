import { readsLevel, readsOfOrgan, type Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { answerCase, consultationCase, improvementCase, opinionCase, surveyCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import * as words from './words.ts'

/** What the asking department does is read by its level, what an organ was asked by the organ too. */
const ofLevel = (actor: Actor, { jurisdictionCode }: CaseRow) => readsLevel(actor, jurisdictionCode)
const ofOrgan = (actor: Actor, { applicantOrganId, jurisdictionCode }: CaseRow) =>
  readsOfOrgan(actor, { organId: applicantOrganId, jurisdictionCode })

export default defineModule({
  name: 'consultation',
  title: '征求意见',
  needs: ['organs', 'people', 'standards', 'cases', 'record', 'duties'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    // A remark is free text of somebody who is not named; it is read without its author.
    columns: { 'rating.remark': 'personal' },
  },
  cases: [
    ...[consultationCase, surveyCase, improvementCase].map((kind) => ({ kind, maySee: ofLevel })),
    ...[opinionCase, answerCase].map((kind) => ({ kind, maySee: ofOrgan })),
  ],
  jobs,
  checks,
})
