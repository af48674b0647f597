import { z } from 'zod'
import { FileOutput, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { CardFacts, settableStates } from '../model.ts'
import { longestScan, ReceiptCard, receiptActs, scanActs, ScannedCard, ScanReceipt } from '../model/scan.ts'

export const ReceiptView = z.object({ receipt: ScanReceipt, cards: z.array(ReceiptCard) })

export const scanOperations = {
  /** One thing that was scanned or typed: what it is, and whether the act can be done with it. */
  scanCard: {
    method: 'GET',
    path: '/scans/card',
    summary: '核对扫到的资产能否办理',
    input: z.object({
      code: z.string().trim().min(1, '请输入编号。').max(100),
      act: z.enum(scanActs),
      /** Of a hand-over: who is to take the things over. */
      toPersonId: z.uuid().optional(),
    }),
    output: z.object({ card: ScannedCard, may: May }),
  },
  /** All that was scanned, or nothing: the cards change and one receipt says so. */
  finishScan: {
    method: 'POST',
    path: '/scans',
    summary: '办理扫码变更',
    input: z.object({
      act: z.enum(receiptActs),
      /** In the order of the scans. */
      cardIds: z.array(z.uuid()).min(1, '请先扫码。').max(longestScan, `一次最多办理${longestScan}件。`),
      effectiveOn: LocalDateSchema,
      reason: z.string().trim().min(1, '请填写原因。').max(500),
      place: CardFacts.shape.place.optional(),
      department: CardFacts.shape.department.optional(),
      state: z.enum(settableStates).optional(),
    }),
    output: ReceiptView,
  },
  scanReceipts: {
    method: 'GET',
    path: '/scans',
    summary: '资产变动单列表',
    input: z.object(pageInputById),
    output: pageOf(ScanReceipt),
  },
  viewScanReceipt: {
    method: 'GET',
    path: '/scans/:receiptId',
    summary: '查看资产变动单',
    input: z.object({ receiptId: z.uuid() }),
    output: ReceiptView,
  },
  scanSheet: {
    method: 'GET',
    kind: 'download',
    path: '/scans/:receiptId/sheet',
    summary: '打印资产变动单',
    input: z.object({ receiptId: z.uuid() }),
    output: FileOutput,
  },
} as const satisfies Record<string, OperationDeclaration>
