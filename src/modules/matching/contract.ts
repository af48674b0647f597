import { z } from 'zod'
import { defineContract, pageInput, pageInputById, pageOf } from '#kernel/pure/contract.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Lapse, lapseStates, ways } from './model/lapse.ts'
import { Unmet } from './model/unmet.ts'
import { Allotment, lineStates, MatchedLine, Proposal, Totals } from './model.ts'

const version = z.number().int().min(1)
const lineId = { lineId: z.uuid() }
const reason = z.string().trim().max(500, '理由不超过500个字。')

const CycleMatching = z.object({
  cycleId: z.uuid(),
  year: z.number().int(),
  /** The last one reckoned; null while there is none. */
  proposal: Proposal.nullable(),
  /** Job that reckons a new one now; null while none does. */
  jobId: z.uuid().nullable(),
  totals: Totals,
  organs: z.array(z.object({ id: z.uuid(), name: z.string(), lines: z.number().int() })),
  kinds: z.array(z.object({ code: z.string(), name: z.string(), lines: z.number().int() })),
  may: z.object({ propose: May }),
})

export const LineView = z.object({
  line: MatchedLine,
  allotments: z.array(Allotment),
  /** Why these things, what they save, and what speaks against the others. */
  findings: z.array(Finding),
  may: z.object({ accept: May, refuse: May, withdraw: May }),
})

export const LapseView = z.object({
  lapse: Lapse,
  /** The missing pieces can still be decided within the review. */
  reviewGoesOn: z.boolean(),
  may: z.object({ settle: May }),
})

export const contract = defineContract('matching', {
  viewCycle: {
    method: 'GET',
    path: '/cycles/:cycleId',
    summary: '查看年度周期的调剂建议',
    input: z.object({ cycleId: z.uuid() }),
    output: CycleMatching,
  },
  /** Long work: reckons the assignment of the whole cycle; answered with its job. */
  propose: {
    method: 'POST',
    path: '/cycles/:cycleId/proposals',
    summary: '测算调剂建议',
    input: z.object({ cycleId: z.uuid() }),
    output: CycleMatching,
  },
  lines: {
    method: 'GET',
    path: '/proposals/:proposalId/lines',
    summary: '调剂建议明细',
    input: z.object({
      proposalId: z.uuid(),
      organId: z.uuid().optional(),
      standardCode: z.string().max(60).optional(),
      state: z.enum(lineStates).optional(),
      ...pageInput,
      /** Money that the last line seen saves, and its id. */
      after: z
        .string()
        .regex(/^\d{1,15}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '翻页位置无效。请从第一页重新查看。')
        .optional(),
    }),
    output: pageOf(MatchedLine),
  },
  /** What the proposal leaves to be bought, and why nothing that is there meets it. */
  unmet: {
    method: 'GET',
    path: '/proposals/:proposalId/unmet',
    summary: '未能调剂的需求',
    input: z.object({ proposalId: z.uuid(), ...pageInputById }),
    output: pageOf(Unmet),
  },
  viewLine: {
    method: 'GET',
    path: '/lines/:lineId',
    summary: '查看一行的调剂建议和依据',
    input: z.object(lineId),
    output: LineView,
  },
  /** Decides the demand line as O3 (a part: the rest is bought) and allots the things. */
  acceptLine: {
    method: 'POST',
    path: '/lines/:lineId/acceptance',
    summary: '采纳一行调剂建议',
    input: z.object({
      ...lineId,
      /** Things to be taken; all of them where left out. */
      allotmentIds: z.array(z.uuid()).min(1, '请至少选择一件资产。').max(5000).optional(),
      reason: reason.default(''),
      version,
    }),
    output: LineView,
  },
  refuseLine: {
    method: 'POST',
    path: '/lines/:lineId/refusal',
    summary: '不采纳一行调剂建议',
    input: z.object({ ...lineId, reason, version }),
    output: LineView,
  },
  withdrawLine: {
    method: 'POST',
    path: '/lines/:lineId/withdrawal',
    summary: '撤回对调剂建议的采纳',
    input: z.object({ ...lineId, reason, version }),
    output: LineView,
  },
  lapses: {
    method: 'GET',
    path: '/lapses',
    summary: '调剂未成的需求列表',
    input: z.object({ state: z.enum(lapseStates).optional(), ...pageInputById }),
    output: pageOf(Lapse),
  },
  viewLapse: {
    method: 'GET',
    path: '/lapses/:lapseId',
    summary: '查看调剂未成的需求',
    input: z.object({ lapseId: z.uuid() }),
    output: LapseView,
  },
  settleLapse: {
    method: 'POST',
    path: '/lapses/:lapseId/settlement',
    summary: '登记调剂未成后的补充安排',
    input: z.object({
      lapseId: z.uuid(),
      version,
      way: z.enum(ways),
      /** Number of the adjustment, or of the new allotment. */
      document: z.string().trim().max(120).default(''),
      opinion: z.string().trim().min(2, '请写明意见。').max(300),
    }),
    output: LapseView,
  },
})
