import { z } from 'zod'
import { FenSchema, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { CommitmentOwner } from '#modules/ledger/model.ts'
import { Cycle } from '../model.ts'
import { Closing, YearFigures } from '../model/closing.ts'

const text = (longest: number) => z.string().trim().max(longest)
const step = { cycleId: z.uuid(), version: z.number().int().min(1).max(2_147_483_647) }

export const ClosingView = z.object({
  cycle: Cycle,
  /** The ledger as it stands now. */
  figures: YearFigures,
  closing: Closing.nullable(),
  /** Something was posted since it was asked for: finance cannot consent to other figures than it was shown. */
  moved: z.boolean(),
  /** Adjustments of the year that are not filed yet. */
  openAdjustments: z.number().int(),
  may: z.object({ ask: May, consent: May, giveBack: May }),
})

/** Closing a budget year 年度结束, at its end (facts 1.3, B80; 预算法第十八条). */
export const closingOperations = {
  viewClosing: {
    method: 'GET',
    path: '/cycles/:cycleId/closing',
    summary: '查看年度结束',
    input: z.object({ cycleId: z.uuid() }),
    output: ClosingView,
  },
  /** What is still held: settled before the year is closed, or carried over. */
  openCommitments: {
    method: 'GET',
    path: '/cycles/:cycleId/open-commitments',
    summary: '年度内未了结的占用',
    input: z.object({ cycleId: z.uuid(), ...pageInputById }),
    output: pageOf(
      z.object({
        id: z.uuid(),
        lineId: z.uuid(),
        lineNumber: z.string(),
        itemName: z.string(),
        organName: z.string(),
        title: z.string(),
        openFen: FenSchema,
        committedOn: LocalDateSchema,
        carriedOn: LocalDateSchema.nullable(),
        owner: CommitmentOwner.nullable(),
      }),
    ),
  },
  askClosing: {
    method: 'POST',
    path: '/cycles/:cycleId/closing',
    summary: '提请年度结束',
    input: z.object({ cycleId: z.uuid(), carryReason: text(500).default('') }),
    output: ClosingView,
  },
  consentClosing: {
    method: 'POST',
    path: '/cycles/:cycleId/closing/consent',
    summary: '同意年度结束',
    stepUp: true,
    input: z.object({ ...step, document: text(100).min(1, '请填写财政部门同意的文号。') }),
    output: ClosingView,
  },
  returnClosing: {
    method: 'POST',
    path: '/cycles/:cycleId/closing/return',
    summary: '退回年度结束',
    input: z.object({ ...step, opinion: text(500).min(1, '请写明退回核对的内容。') }),
    output: ClosingView,
  },
} as const satisfies Record<string, OperationDeclaration>
