import { z } from 'zod'
import { pageInput, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Standard } from '#modules/standards/model.ts'
import { expenditureReviewStates } from '../model.ts'

export const ExpenditureReview = z.object({
  id: z.uuid(),
  jurisdictionCode: z.string(),
  organName: z.string(),
  /** The draft whose approval brought it about, and its document. */
  draftId: z.uuid(),
  document: z.string(),
  codes: z.array(z.string()),
  restingCodes: z.array(z.string()),
  state: z.enum(expenditureReviewStates),
  caseId: z.uuid().nullable(),
  revisionDraftId: z.uuid().nullable(),
  opinion: z.string().nullable(),
  openedOn: LocalDateSchema,
  dueOn: LocalDateSchema.nullable(),
  concludedOn: LocalDateSchema.nullable(),
  concludedByName: z.string().nullable(),
  version: z.number().int(),
})

export const ExpenditureReviewView = z.object({
  review: ExpenditureReview,
  /** The quotas and service standards that changed, as they are now. */
  changed: z.array(Standard),
  /** Expenditure quotas and spending standards in force that rest on them. */
  resting: z.array(Standard),
  may: z.object({ keep: May, revise: May }),
})

const DueStandard = z.object({
  standard: Standard,
  /** The last day it was set or looked at. */
  lookedOn: LocalDateSchema,
  dueOn: LocalDateSchema,
  may: May,
})

export const upkeepOperations = {
  expenditureReviews: {
    method: 'GET',
    path: '/expenditure-reviews',
    summary: '支出标准复核列表',
    input: z.object({ state: z.enum(expenditureReviewStates).optional(), ...pageInputById }),
    output: pageOf(ExpenditureReview),
  },
  viewExpenditureReview: {
    method: 'GET',
    path: '/expenditure-reviews/:reviewId',
    summary: '查看支出标准复核',
    input: z.object({ reviewId: z.uuid() }),
    output: ExpenditureReviewView,
  },
  /** Nothing resting on the changed standard needs another figure, with the reason (A9-3). */
  keepExpenditure: {
    method: 'POST',
    path: '/expenditure-reviews/:reviewId/keeping',
    summary: '支出标准复核不作调整',
    input: z.object({
      reviewId: z.uuid(),
      version: z.number().int(),
      opinion: z.string().trim().min(4, '请写明不作调整的理由。').max(1000),
    }),
    output: ExpenditureReviewView,
  },
  /** Own standards not looked at for a year (A9-2, project default). */
  dueStandards: {
    method: 'GET',
    path: '/due-standards',
    summary: '待复核的标准',
    input: z.object({ ...pageInput }),
    output: pageOf(DueStandard),
  },
  /** Looked at, stays as it is. */
  confirmStandard: {
    method: 'POST',
    path: '/due-standards/:code/confirmation',
    summary: '复核标准不作调整',
    input: z.object({ code: z.string().max(80), opinion: z.string().trim().min(4, '请写明复核意见。').max(500) }),
    output: z.object({ code: z.string(), lookedOn: LocalDateSchema, nextDueOn: LocalDateSchema }),
  },
} satisfies Record<string, OperationDeclaration>
