import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { organNames } from '#modules/organs/offers.ts'
import { maySeePurchase } from '../policy.ts'
import { mayGoOn } from '../rules/objection.ts'
import {
  complaintById,
  complaintsOfPurchase,
  questionById,
  questionsOfPurchase,
  type ComplaintRow,
  type QuestionRow,
} from '../store/objection.ts'
import type { PurchaseRow } from '../store/purchase.ts'
import { seenPurchase } from './access.ts'

type Reading = Pick<Act, 'tx' | 'actor'>

/** What suppliers have said of a purchase, and whether it may go on meanwhile. */
export async function objectionsTo({ tx, today }: Pick<Act, 'tx' | 'today'>, { id }: Pick<PurchaseRow, 'id'>) {
  const questions = await questionsOfPurchase(tx, id)
  const complaints = await complaintsOfPurchase(tx, id)
  return { questions, complaints, goesOn: mayGoOn(questions, complaints, today) }
}

/** Rows as people see them, with the names of the organs that buy. */
export async function withOrgans<R extends { organId: string; jurisdictionCode: string }>(
  { tx }: Pick<Act, 'tx'>,
  rows: readonly R[],
): Promise<(Omit<R, 'jurisdictionCode'> & { organName: string })[]> {
  const names = await organNames(tx, [...new Set(rows.map(({ organId }) => organId))])
  return rows.map(({ jurisdictionCode: _, ...row }) => ({ ...row, organName: names.get(row.organId) ?? '' }))
}

export async function seenQuestion({ tx, actor }: Reading, id: string): Promise<QuestionRow> {
  const row = found(await questionById(tx, id), '供应商质疑')
  if (!maySeePurchase(actor, row)) throw new Missing('供应商质疑')
  return row
}

export async function seenComplaint({ tx, actor }: Reading, id: string): Promise<ComplaintRow> {
  const row = found(await complaintById(tx, id), '供应商投诉')
  if (!maySeePurchase(actor, row)) throw new Missing('供应商投诉')
  return row
}

/** Purchase first, then what is said of it: the order in which every step locks. */
export async function lockedQuestion(act: Act & { input: { questionId: string; version: number } }) {
  const seen = await seenQuestion(act, act.input.questionId)
  const purchase = await seenPurchase(act, seen.purchaseId, true)
  const question = found(await questionById(act.tx, seen.id, true), '供应商质疑')
  if (question.version !== act.input.version) throw new Conflict('供应商质疑')
  return { purchase, question }
}

export async function lockedComplaint(act: Act & { input: { complaintId: string; version: number } }) {
  const seen = await seenComplaint(act, act.input.complaintId)
  const purchase = await seenPurchase(act, seen.purchaseId, true)
  const complaint = found(await complaintById(act.tx, seen.id, true), '供应商投诉')
  if (complaint.version !== act.input.version) throw new Conflict('供应商投诉')
  return { purchase, complaint }
}

export const questionRecord = ({ id, organId }: Pick<QuestionRow, 'id' | 'organId'>) => ({
  subject: { kind: 'procurement.question', id },
  organId,
})
export const complaintRecord = ({ id, organId }: Pick<ComplaintRow, 'id' | 'organId'>) => ({
  subject: { kind: 'procurement.complaint', id },
  organId,
})
