import { z } from 'zod'
import { defineContract, pageInput, pageOf, queryBoolean, queryYear } from '#kernel/pure/contract.ts'
import { Outcome } from '#kernel/pure/verdict.ts'
import { DecisionHead, DecisionReference, DecisionStanding, DecisionView, Replay, UnderToday } from './model.ts'

const one = { decision: DecisionReference }

export const contract = defineContract('decisions', {
  decisions: {
    method: 'GET',
    path: '/decisions',
    summary: '决定列表',
    input: z.object({
      kind: z.string().max(60).optional(),
      organId: z.uuid().optional(),
      year: queryYear.optional(),
      outcome: Outcome.optional(),
      standing: DecisionStanding.optional(),
      /** Only those that differ from what the rules proposed. */
      deviating: queryBoolean.optional(),
      norm: z.string().max(20).optional(),
      standard: z.string().max(60).optional(),
      ...pageInput,
    }),
    output: pageOf(DecisionHead).extend({ kinds: z.array(z.object({ kind: z.string(), title: z.string() })) }),
  },
  subjectDecisions: {
    method: 'GET',
    path: '/subjects/:subjectKind/:subjectId',
    summary: '一条记录的历次决定',
    input: z.object({ subjectKind: z.string().max(60), subjectId: z.uuid() }),
    output: z.object({ items: z.array(DecisionHead), present: DecisionView.nullable() }),
  },
  viewDecision: {
    method: 'GET',
    path: '/decisions/:decision',
    summary: '查看决定及其依据',
    input: z.object(one),
    output: DecisionView,
  },
  replayDecision: {
    method: 'GET',
    path: '/decisions/:decision/replay',
    summary: '按当时的输入和标准重放决定',
    input: z.object(one),
    output: Replay,
  },
  decisionUnderToday: {
    method: 'GET',
    path: '/decisions/:decision/today',
    summary: '按今日标准重新核对',
    input: z.object(one),
    output: UnderToday,
  },
})
