import { z } from 'zod'
import { defineContract, pageInputById, pageOf, queryBoolean } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import {
  Application,
  applicationStates,
  CarriedOut,
  conditions,
  ConsentList,
  disposalForms,
  Item,
  Paper,
  paperKinds,
  Proceeds,
  Sum,
} from './model.ts'

const text = (longest: number) => z.string().trim().max(longest)
const step = { applicationId: z.uuid(), version: z.number().int() }
const opinion = text(1000).optional()
const document = text(120).min(1, '请填写文号。')
const tooMany = '一次最多申请处置200项资产，更多的请分批申请（30天内合并计算）。'

/** What a keeper writes of an application; whole each time. */
const Draft = {
  form: z.enum(disposalForms),
  reason: text(1000).min(1, '请填写处置原因。'),
  encumbered: z.boolean().default(false),
  receiverOrganId: z.uuid().nullable().default(null),
  counterparty: text(120).default(''),
  items: z
    .array(z.object({ cardId: z.uuid(), condition: z.enum(conditions) }))
    .min(1, '请选择要处置的资产。')
    .max(200, tooMany),
  papers: z.array(Paper).max(paperKinds.length).default([]),
}

/** The path an application takes, said before it is handed in. */
export const Judgement = z.object({
  tier: z.string(),
  title: z.string(),
  path: z.string(),
  findings: z.array(Finding),
  papers: z.array(z.object({ kind: z.enum(paperKinds), required: z.boolean(), why: z.string() })),
  costFen: z.number().int(),
})

export const ApplicationView = z.object({
  application: Application,
  items: z.array(Item),
  papers: z.array(Paper),
  judgement: Judgement,
  carriedOut: CarriedOut.nullable(),
  proceeds: Proceeds.nullable(),
  storingData: z.number().int(),
  vehicles: z.number().int(),
  receiptCaseId: z.uuid().nullable(),
  may: z.object({
    change: May,
    submit: May,
    withdraw: May,
    review: May,
    consent: May,
    government: May,
    receive: May,
    carryOut: May,
    abandon: May,
    recordProceeds: May,
    pay: May,
  }),
})

export const contract = defineContract('disposal', {
  applications: {
    method: 'GET',
    path: '/applications',
    summary: '资产处置列表',
    input: z.object({
      state: z.enum(applicationStates).optional(),
      form: z.enum(disposalForms).optional(),
      tier: z.enum(['T1', 'T2', 'T3']).optional(),
      /** Only those whose proceeds are late. */
      late: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Application),
  },
  /** Disposals of the level in sums: what waits, what was done this year, what is late. */
  levelFigures: {
    method: 'GET',
    path: '/figures',
    summary: '本级资产处置汇总',
    input: z.object({}),
    output: z.object({
      year: z.number().int(),
      reviewing: z.number().int(),
      waiting: z.number().int(),
      waitingFen: z.number(),
      carryingOut: z.number().int(),
      done: z.number().int(),
      doneFen: z.number(),
      proceedsFen: z.number(),
      paidFen: z.number(),
      late: z.number().int(),
      lateFen: z.number(),
    }),
  },
  /** Totals, path and what stands against it, before anything is written. */
  previewApplication: {
    method: 'GET',
    path: '/applications/preview',
    summary: '试算处置程序',
    input: z.object({
      form: z.enum(disposalForms),
      cardIds: z
        .union([z.array(z.uuid()), z.uuid().transform((id) => [id])])
        .refine((ids) => ids.length > 0 && ids.length <= 200, tooMany),
    }),
    output: z.object({ items: z.array(Item), judgement: Judgement }),
  },
  viewApplication: {
    method: 'GET',
    path: '/applications/:applicationId',
    summary: '查看资产处置',
    input: z.object({ applicationId: z.uuid() }),
    output: ApplicationView,
  },
  /** Organs of a level that things may be transferred to. */
  receivers: {
    method: 'GET',
    path: '/receivers',
    summary: '可接收划转的机关',
    input: z.object({
      jurisdictionCode: z
        .string()
        .regex(/^\d{6}$/, '行政区划代码应为6位数字。')
        .optional(),
    }),
    output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  },
  draftApplication: {
    method: 'POST',
    path: '/applications',
    summary: '拟订处置申请',
    input: z.object(Draft),
    output: ApplicationView,
  },
  changeApplication: {
    method: 'PUT',
    path: '/applications/:applicationId',
    summary: '修改处置申请',
    input: z.object({ ...step, ...Draft }),
    output: ApplicationView,
  },
  submitApplication: {
    method: 'POST',
    path: '/applications/:applicationId/submission',
    summary: '提交处置申请',
    input: z.object(step),
    output: ApplicationView,
  },
  withdrawApplication: {
    method: 'POST',
    path: '/applications/:applicationId/withdrawal',
    summary: '撤回处置申请',
    input: z.object(step),
    output: ApplicationView,
  },
  reviewApplication: {
    method: 'POST',
    path: '/applications/:applicationId/review',
    summary: '审核处置申请',
    input: z.object({ ...step, decision: z.enum(['agree', 'return', 'refuse']), opinion }),
    output: ApplicationView,
  },
  /** Case by case: medium and large disposals; small ones go by the monthly list. */
  consentApplication: {
    method: 'POST',
    path: '/applications/:applicationId/consent',
    summary: '财政部门逐件办理处置同意',
    input: z.object({
      ...step,
      agreed: z.boolean(),
      document: text(120).default(''),
      consentedOn: LocalDateSchema,
      opinion,
    }),
    output: ApplicationView,
  },
  consentByList: {
    method: 'POST',
    path: '/consent-lists',
    summary: '财政部门按清单同意小额处置',
    input: z.object({
      applications: z.array(z.object(step)).min(1, '请选择要同意的申请。').max(100, '一张清单最多100件申请。'),
      document,
      consentedOn: LocalDateSchema,
      opinion,
    }),
    output: ConsentList,
  },
  consentLists: {
    method: 'GET',
    path: '/consent-lists',
    summary: '处置同意清单',
    input: z.object(pageInputById),
    output: pageOf(ConsentList),
  },
  decideByGovernment: {
    method: 'POST',
    path: '/applications/:applicationId/government',
    summary: '登记本级人民政府的决定',
    input: z.object({
      ...step,
      agreed: z.boolean(),
      document,
      decidedOn: LocalDateSchema,
      /** 批复文号 of the authority; needed where it was agreed to. */
      replyNumber: text(120).default(''),
      opinion,
    }),
    output: ApplicationView,
  },
  receiveTransfer: {
    method: 'POST',
    path: '/applications/:applicationId/receipt',
    summary: '签收或拒收划转资产',
    input: z.object({ ...step, accepted: z.boolean(), opinion }),
    output: ApplicationView,
  },
  carryOut: {
    method: 'POST',
    path: '/applications/:applicationId/carrying-out',
    summary: '登记处置实施',
    input: z.object({ ...step, ...CarriedOut.shape }),
    output: ApplicationView,
  },
  abandonApplication: {
    method: 'POST',
    path: '/applications/:applicationId/abandonment',
    summary: '终止已批复的处置',
    input: z.object({ ...step, opinion: text(1000).min(1, '请填写终止的原因。') }),
    output: ApplicationView,
  },
  recordProceeds: {
    method: 'POST',
    path: '/applications/:applicationId/proceeds',
    summary: '登记处置收入',
    input: z.object({
      ...step,
      receivedOn: LocalDateSchema,
      grossFen: Sum,
      taxesFen: Sum.default(0),
      appraisalFen: Sum.default(0),
      tradeFen: Sum.default(0),
      otherFen: Sum.default(0),
    }),
    output: ApplicationView,
  },
  payProceeds: {
    method: 'POST',
    path: '/applications/:applicationId/payment',
    summary: '登记处置收入上缴',
    input: z.object({ ...step, paidOn: LocalDateSchema, voucherNumber: text(60).min(1, '请填写缴款凭证号。') }),
    output: ApplicationView,
  },
})
