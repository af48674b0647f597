import { z } from 'zod'
import {
  FenSchema,
  pageInput,
  pageInputById,
  pageOf,
  queryBoolean,
  type OperationDeclaration,
} from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import { NeedKind } from '#modules/standards/model.ts'
import { Decision, Demand, DemandLine, Holding, Notice, Opinion, Proposal, Quantity } from '../model.ts'
import { OrganStanding } from './cycle.ts'

export const ReviewLine = z.object({ line: DemandLine, proposal: Proposal.nullable(), decision: Decision.nullable() })

const decide = {
  opinion: Opinion,
  quantity: Quantity,
  amountFen: FenSchema,
  reason: z.string().trim().max(1000),
}

export const reviewOperations = {
  reviewQueue: {
    method: 'GET',
    path: '/cycles/:cycleId/review',
    summary: '审核队列',
    input: z.object({ cycleId: z.uuid(), onlyOpen: queryBoolean.optional(), ...pageInputById }),
    output: pageOf(OrganStanding).extend({
      totals: z.object({ askedFen: z.number(), approvedFen: z.number(), controlFen: z.number().nullable() }),
    }),
  },
  viewReview: {
    method: 'GET',
    path: '/demands/:demandId/review',
    summary: '查看审核',
    input: z.object({ demandId: z.uuid() }),
    output: z.object({
      demand: Demand,
      lines: z.array(ReviewLine),
      /** What the organ has of the kinds it asks for, as the review counts it. */
      holdings: z.array(Holding),
      may: z.object({ decide: May, close: May, returnForCorrection: May }),
    }),
  },
  /** Lines of the whole cycle by how odd they are, for review by exception. */
  oddLines: {
    method: 'GET',
    path: '/cycles/:cycleId/odd-lines',
    summary: '异常明细',
    input: z.object({
      cycleId: z.uuid(),
      needKind: NeedKind.optional(),
      undecidedOnly: queryBoolean.optional(),
      ...pageInput,
    }),
    output: pageOf(ReviewLine.extend({ organName: z.string(), demandId: z.uuid() })),
  },
  /** Lets the engine propose for every submitted line of the cycle: long work, answered with its job. */
  proposeAll: {
    method: 'POST',
    path: '/cycles/:cycleId/proposals',
    summary: '全部生成审核建议',
    input: z.object({ cycleId: z.uuid() }),
    output: z.object({ runId: z.uuid() }),
  },
  decideLine: {
    method: 'PUT',
    path: '/demand-lines/:lineId/decision',
    summary: '审核一行',
    input: z.object({ lineId: z.uuid(), ...decide }),
    output: ReviewLine,
  },
  /** Accepts the proposals of many lines at once; lines with blocking findings or approvals needed are left for a person. */
  acceptProposals: {
    method: 'POST',
    path: '/demands/:demandId/accepted-proposals',
    summary: '批量采纳建议',
    input: z.object({
      demandId: z.uuid(),
      lineIds: z.array(z.uuid()).max(2000).optional(),
      onlyWithoutFindings: z.boolean().default(true),
    }),
    output: z.object({ accepted: z.array(z.uuid()), left: z.number().int() }),
  },
  undoDecisions: {
    method: 'POST',
    path: '/demands/:demandId/undone-decisions',
    summary: '撤销审核意见',
    input: z.object({ demandId: z.uuid(), lineIds: z.array(z.uuid()).min(1).max(2000) }),
    output: z.object({ undone: z.number().int() }),
  },
  returnDemand: {
    method: 'POST',
    path: '/demands/:demandId/return',
    summary: '退回补正',
    input: z.object({
      demandId: z.uuid(),
      opinion: z.string().trim().min(1, '请写明需要补正的内容。').max(1000),
      version: z.number().int(),
    }),
    output: Demand,
  },
  /** Closes the review: lines go to the authority's plan, notices 书面通知 are issued for the rest (PLAN-R08). */
  closeReview: {
    method: 'POST',
    path: '/demands/:demandId/review-closure',
    summary: '审结',
    input: z.object({ demandId: z.uuid(), version: z.number().int() }),
    output: z.object({ demand: Demand, notice: Notice.nullable() }),
  },
  notices: {
    method: 'GET',
    path: '/notices',
    summary: '书面通知列表',
    input: z.object({ cycleId: z.uuid().optional(), ...pageInputById }),
    output: pageOf(Notice),
  },
  viewNotice: {
    method: 'GET',
    path: '/notices/:noticeId',
    summary: '查看书面通知',
    input: z.object({ noticeId: z.uuid() }),
    output: z.object({ notice: Notice, lines: z.array(ReviewLine), may: z.object({ acknowledge: May }) }),
  },
  acknowledgeNotice: {
    method: 'POST',
    path: '/notices/:noticeId/acknowledgement',
    summary: '签收书面通知',
    input: z.object({ noticeId: z.uuid() }),
    output: Notice,
  },
} satisfies Record<string, OperationDeclaration>
