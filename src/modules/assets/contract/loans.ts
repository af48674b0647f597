import { z } from 'zod'
import { pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Loan, LoanCard, loanStates, returnConditions } from '../model/loan.ts'

const step = { loanId: z.uuid(), version: z.number().int() }

export const LoanView = z.object({
  loan: Loan,
  cards: z.array(LoanCard),
  may: z.object({ sign: May, decline: May, withdraw: May, extend: May, handBack: May, takeBack: May }),
})

export const loanOperations = {
  loans: {
    method: 'GET',
    path: '/loans',
    summary: '资产借用列表',
    input: z.object({
      state: z.enum(loanStates).optional(),
      /** Only what should be back already. */
      late: z.enum(['true', 'false']).optional(),
      ...pageInput,
    }),
    output: pageOf(Loan),
  },
  viewLoan: {
    method: 'GET',
    path: '/loans/:loanId',
    summary: '查看资产借用',
    input: z.object({ loanId: z.uuid() }),
    output: LoanView,
  },
  /** Organs of the level, and the people of the chosen one (the own when left out) who can sign for things. */
  borrowers: {
    method: 'GET',
    path: '/loans/borrowers',
    summary: '可以借用资产的机关和人员',
    input: z.object({ organId: z.uuid().optional() }),
    output: z.object({
      organs: z.array(z.object({ id: z.uuid(), name: z.string() })),
      items: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
  },
  /** Things go out once the borrower has signed; the holder and the custodian stay who they are. */
  offerLoan: {
    method: 'POST',
    path: '/loans',
    summary: '办理资产借用',
    input: z.object({
      cardIds: z.array(z.uuid()).min(1, '请选择资产。').max(100, '一次最多借出100件资产。'),
      /** The own organ when left out. */
      organId: z.uuid().optional(),
      toPersonId: z.uuid(),
      dueOn: LocalDateSchema,
      reason: z.string().trim().min(1, '请填写用途。').max(300),
      document: z.string().trim().max(200).default(''),
    }),
    output: LoanView,
  },
  signLoan: {
    method: 'POST',
    personal: true,
    path: '/loans/:loanId/signature',
    summary: '签收借用资产',
    input: z.object(step),
    output: LoanView,
  },
  declineLoan: {
    method: 'POST',
    personal: true,
    path: '/loans/:loanId/refusal',
    summary: '退回资产借用',
    input: z.object({ ...step, opinion: z.string().trim().min(1, '请写明退回的理由。').max(300) }),
    output: LoanView,
  },
  withdrawLoan: {
    method: 'POST',
    path: '/loans/:loanId/withdrawal',
    summary: '撤回资产借用',
    input: z.object(step),
    output: LoanView,
  },
  extendLoan: {
    method: 'POST',
    path: '/loans/:loanId/extension',
    summary: '续借资产',
    input: z.object({
      ...step,
      dueOn: LocalDateSchema,
      reason: z.string().trim().min(1, '请填写续借原因。').max(300),
    }),
    output: LoanView,
  },
  /** The borrower says that the things are back; the lender looks them over. */
  handBackLoan: {
    method: 'POST',
    personal: true,
    path: '/loans/:loanId/hand-back',
    summary: '交还借用资产',
    input: z.object({ ...step, opinion: z.string().trim().max(300).optional() }),
    output: LoanView,
  },
  takeBackLoan: {
    method: 'POST',
    path: '/loans/:loanId/return',
    summary: '验收归还资产',
    input: z.object({
      ...step,
      cards: z
        .array(
          z.object({
            cardId: z.uuid(),
            condition: z.enum(returnConditions),
            note: z.string().trim().max(300).default(''),
          }),
        )
        .max(100),
    }),
    output: LoanView,
  },
} as const satisfies Record<string, OperationDeclaration>
