import { z } from 'zod'
import { FenSchema, pageInputById, pageOf, queryBoolean, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Complaint, complaintStates, consequences, Question } from '../model/objection.ts'
import { purchaseStates } from '../model.ts'
import { opinion } from './requests.ts'

const text = (longest: number) => z.string().trim().max(longest)
const step = { complaintId: z.uuid(), version: z.number().int().min(1).max(2_147_483_647) }

export const ComplaintView = z.object({
  complaint: Complaint,
  question: Question,
  /** How far the purchase is, and what is held for it, 分. */
  purchase: z.object({ state: z.enum(purchaseStates), heldFen: FenSchema, acceptedFen: FenSchema }),
  suspended: z.boolean(),
  may: z.object({
    accept: May,
    decline: May,
    reply: May,
    suspend: May,
    resume: May,
    decide: May,
    withdraw: May,
  }),
})

/** Complaints of suppliers, recorded and decided by finance of the level (政府采购法第五十五条至第五十七条). */
export const complaintOperations = {
  complaints: {
    method: 'GET',
    path: '/complaints',
    summary: '供应商投诉列表',
    input: z.object({
      state: z.enum(complaintStates).optional(),
      /** Only those whose term is over without a decision. */
      overdue: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Complaint),
  },
  viewComplaint: {
    method: 'GET',
    path: '/complaints/:complaintId',
    summary: '查看供应商投诉',
    input: z.object({ complaintId: z.uuid() }),
    output: ComplaintView,
  },
  recordComplaint: {
    method: 'POST',
    path: '/questions/:questionId/complaints',
    summary: '登记供应商投诉',
    input: z.object({
      questionId: z.uuid(),
      receivedOn: LocalDateSchema,
      claims: text(2000).min(4, '请填写投诉的事项和理由。'),
    }),
    output: ComplaintView,
  },
  acceptComplaint: {
    method: 'POST',
    path: '/complaints/:complaintId/acceptance',
    summary: '受理供应商投诉',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: ComplaintView,
  },
  declineComplaint: {
    method: 'POST',
    path: '/complaints/:complaintId/refusal',
    summary: '不予受理供应商投诉',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明不予受理的理由。') }),
    output: ComplaintView,
  },
  /** What the organ that is complained of says to finance. */
  replyToComplaint: {
    method: 'POST',
    path: '/complaints/:complaintId/reply',
    summary: '就供应商投诉作出说明',
    input: z.object({ ...step, reply: text(2000).min(4, '请填写说明。') }),
    output: ComplaintView,
  },
  suspendPurchase: {
    method: 'POST',
    path: '/complaints/:complaintId/suspension',
    summary: '投诉期间暂停采购',
    input: z.object({
      ...step,
      from: LocalDateSchema,
      until: LocalDateSchema,
      document: text(100).min(1, '请填写暂停通知的文号。'),
      opinion: opinion.min(4, '请写明暂停的理由。'),
    }),
    output: ComplaintView,
  },
  resumePurchase: {
    method: 'POST',
    path: '/complaints/:complaintId/resumption',
    summary: '恢复采购',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明恢复采购的理由。') }),
    output: ComplaintView,
  },
  decideComplaint: {
    method: 'POST',
    path: '/complaints/:complaintId/decision',
    summary: '处理决定供应商投诉',
    stepUp: true,
    input: z.object({
      ...step,
      upheld: z.boolean(),
      /** What follows where it is upheld. */
      consequence: z.enum(consequences).nullable().default(null),
      document: text(100).min(1, '请填写处理决定书的文号。'),
      reasons: text(2000).min(4, '请填写事实和理由。'),
    }),
    output: ComplaintView,
  },
  withdrawComplaint: {
    method: 'POST',
    path: '/complaints/:complaintId/withdrawal',
    summary: '登记供应商撤回投诉',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明供应商撤回的书面材料。') }),
    output: ComplaintView,
  },
} as const satisfies Record<string, OperationDeclaration>
