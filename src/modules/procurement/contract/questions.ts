import { z } from 'zod'
import { pageInputById, pageOf, queryBoolean, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { abouts, Complaint, Question, questionKinds, questionOutcomes, questionStates } from '../model/objection.ts'
import { opinion } from './requests.ts'

const text = (longest: number) => z.string().trim().max(longest)
const version = z.number().int().min(1).max(2_147_483_647)
const step = { questionId: z.uuid(), version }

export const QuestionView = z.object({
  question: Question,
  /** Complaints brought after it. */
  complaints: z.array(Complaint.pick({ id: true, number: true, state: true, receivedOn: true })),
  may: z.object({ answer: May, decline: May, withdraw: May, complain: May }),
})

/** What suppliers ask and say against a purchase, on paper or by mail, recorded by the organ's clerk (政府采购法第五十一条至第五十三条). */
export const questionOperations = {
  questions: {
    method: 'GET',
    path: '/questions',
    summary: '供应商质疑、询问列表',
    input: z.object({
      state: z.enum(questionStates).optional(),
      /** Only those whose term to answer is over without an answer. */
      overdue: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Question),
  },
  viewQuestion: {
    method: 'GET',
    path: '/questions/:questionId',
    summary: '查看供应商质疑、询问',
    input: z.object({ questionId: z.uuid() }),
    output: QuestionView,
  },
  recordQuestion: {
    method: 'POST',
    path: '/purchases/:purchaseId/questions',
    summary: '登记供应商质疑、询问',
    input: z.object({
      purchaseId: z.uuid(),
      kind: z.enum(questionKinds),
      supplier: text(120).min(2, '请填写供应商名称。'),
      creditCode: text(18)
        .regex(/^([0-9A-HJ-NPQRTUWXY]{18})?$/, '统一社会信用代码应为18位数字或大写字母。')
        .default(''),
      about: z.enum(abouts),
      knownOn: LocalDateSchema,
      receivedOn: LocalDateSchema,
      claims: text(2000).min(4, '请填写质疑、询问的事项和理由。'),
      /** The clerk's judgement: it may change who wins, so the contract waits (实施条例第五十四条). */
      bearsOnResult: z.boolean().default(false),
    }),
    output: QuestionView,
  },
  answerQuestion: {
    method: 'POST',
    path: '/questions/:questionId/answer',
    summary: '答复供应商质疑、询问',
    input: z.object({
      ...step,
      outcome: z.enum(questionOutcomes),
      answer: text(2000).min(4, '请填写答复的内容。'),
    }),
    output: QuestionView,
  },
  declineQuestion: {
    method: 'POST',
    path: '/questions/:questionId/refusal',
    summary: '不予受理供应商质疑',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明不予受理的理由。') }),
    output: QuestionView,
  },
  withdrawQuestion: {
    method: 'POST',
    path: '/questions/:questionId/withdrawal',
    summary: '登记供应商撤回质疑、询问',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明供应商撤回的书面材料。') }),
    output: QuestionView,
  },
} as const satisfies Record<string, OperationDeclaration>
