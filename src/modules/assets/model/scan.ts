import { z } from 'zod'
import { Instant } from '#kernel/pure/contract.ts'
import { CardFacts, stateLabels, type AssetState } from '../model.ts'

/* A scan session (连续扫码): an act chosen once, then things scanned one after the other, done at the end as one. */

/** Acts of a scan session; a hand-over is offered as any other and is signed for by the receiver. */
export const scanActLabels = {
  'hand-over': '交接给保管人',
  move: '变更存放地点、部门',
  state: '变更使用状况',
} as const
export type ScanAct = keyof typeof scanActLabels
export const scanActs = Object.keys(scanActLabels) as [ScanAct, ...ScanAct[]]

/** Acts that end in a receipt of their own (资产变动单); the receipt of a hand-over is the hand-over. */
export const receiptActs = ['move', 'state'] as const
export type ReceiptAct = (typeof receiptActs)[number]

/** Most things of one session: what one act changes at once. */
export const longestScan = 500

/** What of a card is shown where it was scanned. */
export const ScannedCard = z.object({
  id: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  place: z.string(),
  department: z.string(),
  custodianName: z.string(),
  state: CardFacts.shape.state,
})
export type ScannedCard = z.infer<typeof ScannedCard>

/** What a session set on every card. */
export const ScanChanges = z.object({
  place: z.string().optional(),
  department: z.string().optional(),
  state: CardFacts.shape.state.optional(),
})
export type ScanChanges = z.infer<typeof ScanChanges>

/** 资产变动单: what a session did, by whom, from when. */
export const ScanReceipt = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  number: z.string(),
  act: z.enum(receiptActs),
  effectiveOn: z.string(),
  reason: z.string(),
  changes: ScanChanges,
  cards: z.number().int(),
  changed: z.number().int(),
  doneAt: Instant,
  doneByName: z.string(),
})
export type ScanReceipt = z.infer<typeof ScanReceipt>

/** A card of a receipt as it was before. */
export const ReceiptCard = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  place: z.string(),
  department: z.string(),
  state: CardFacts.shape.state,
  custodianName: z.string(),
  changed: z.boolean(),
})
export type ReceiptCard = z.infer<typeof ReceiptCard>

/** What a session set, in words: `存放地点 主楼305，使用部门 办公室`. */
export function changesText({ place, department, state }: ScanChanges): string {
  return [
    place === undefined ? null : `存放地点 ${place}`,
    department === undefined ? null : `使用部门 ${department}`,
    state === undefined ? null : `使用状况 ${stateLabels[state satisfies AssetState]}`,
  ]
    .filter((said) => said !== null)
    .join('，')
}
