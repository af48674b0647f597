import { z } from 'zod'
import {
  FenSchema,
  pageInputById,
  pageOf,
  queryBoolean,
  queryYear,
  type OperationDeclaration,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Quantity } from '#modules/ledger/model.ts'
import { approvingLevels, Judgement, ListedPurchase, PurchaseRequest, purchaseKinds, purchaseStates } from '../model.ts'
import { LineProgress, PurchaseView } from './view.ts'

export const id = { purchaseId: z.uuid() }
/** The version the screen showed: a step taken by somebody else meanwhile is a conflict. */
export const step = { ...id, version: z.number().int().min(1).max(2_147_483_647) }
export const opinion = z.string().trim().max(500)

/** From plan line to approved request (Art. 11). */
export const requestOperations = {
  purchases: {
    method: 'GET',
    path: '/purchases',
    summary: '采购列表',
    input: z.object({
      state: z.enum(purchaseStates).optional(),
      year: queryYear.optional(),
      organId: z.uuid().optional(),
      text: z.string().max(50).optional(),
      /** Only those that depart from open tender. */
      departing: queryBoolean.optional(),
      /** Only those with accepted things that have no card yet. */
      withoutCard: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(ListedPurchase).extend({ may: z.object({ request: May }) }),
  },
  viewPurchase: {
    method: 'GET',
    path: '/purchases/:purchaseId',
    summary: '查看采购档案',
    input: z.object(id),
    output: PurchaseView,
  },
  /** Plan lines of the organ that have something left, with the standard they were judged by: what can be bought now. */
  plannedItems: {
    method: 'GET',
    path: '/planned-items',
    summary: '可以采购的计划行',
    input: z.object({ year: queryYear.optional() }),
    output: z.object({
      items: z.array(
        z.object({
          ledgerLineId: z.uuid(),
          number: z.string(),
          year: z.number().int(),
          itemName: z.string(),
          servedOrganName: z.string(),
          /** The line is carried out for another organ. */
          forOther: z.boolean(),
          unit: z.string(),
          kind: z.enum(purchaseKinds),
          standardCode: z.string().nullable(),
          replaces: z.number().int(),
          remainingFen: FenSchema,
          remainingQuantity: Quantity,
          priceCapFen: FenSchema.nullable(),
        }),
      ),
      catalogue: z.array(z.string()),
      /** Asset classes for things that no standard fixes. */
      classes: z.array(z.object({ code: z.string(), name: z.string() })),
    }),
  },
  /** Purchases of the level this year in sums; those that depart from open tender among them. */
  levelFigures: {
    method: 'GET',
    path: '/figures',
    summary: '本级采购汇总',
    input: z.object({}),
    output: z.object({
      year: z.number().int(),
      purchases: z.number().int(),
      amountFen: z.number(),
      departing: z.number().int(),
      departingFen: z.number(),
      waiting: z.number().int(),
      withoutCard: z.number().int(),
    }),
  },
  /** How far the things of a plan line are, whoever buys them: a served organ sees no more of the file than this. */
  lineProgress: {
    method: 'GET',
    path: '/ledger-lines/:ledgerLineId/progress',
    summary: '计划行的采购进展',
    input: z.object({ ledgerLineId: z.uuid() }),
    output: z.object({ items: z.array(LineProgress) }),
  },
  /** What the rules say of a request as it is being typed; nothing is kept. */
  judgeRequest: {
    method: 'POST',
    path: '/judgements',
    summary: '试算采购方式和检查结果',
    readOnly: true,
    input: PurchaseRequest.extend({ purchaseId: z.uuid().optional() }),
    output: Judgement,
  },
  draftPurchase: {
    method: 'POST',
    path: '/purchases',
    summary: '编制采购申请',
    input: PurchaseRequest,
    output: PurchaseView,
  },
  savePurchase: {
    method: 'PUT',
    path: '/purchases/:purchaseId',
    summary: '修改采购申请',
    input: PurchaseRequest.extend(step),
    output: PurchaseView,
  },
  submitPurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/submission',
    summary: '提交采购申请',
    input: z.object(step),
    output: PurchaseView,
  },
  withdrawPurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/withdrawal',
    summary: '撤回采购申请',
    input: z.object(step),
    output: PurchaseView,
  },
  approvePurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/approval',
    summary: '同意采购',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: PurchaseView,
  },
  returnPurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/return',
    summary: '退回采购申请',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明退回的理由。') }),
    output: PurchaseView,
  },
  /** Finance lets the purchase depart from open tender (政府采购法第二十七条). */
  consentMethod: {
    method: 'POST',
    path: '/purchases/:purchaseId/method-consent',
    summary: '批准采购方式变更',
    stepUp: true,
    input: z.object({
      ...step,
      document: z.string().trim().min(2, '请填写批准文号。').max(100),
      approvedBy: z.enum(approvingLevels),
      approvedOn: LocalDateSchema,
      opinion: opinion.optional(),
    }),
    output: PurchaseView,
  },
  refuseMethod: {
    method: 'POST',
    path: '/purchases/:purchaseId/method-refusal',
    summary: '不批准采购方式变更',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明不批准的理由。') }),
    output: PurchaseView,
  },
} as const satisfies Record<string, OperationDeclaration>
