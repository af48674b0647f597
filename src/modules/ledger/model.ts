import { z } from 'zod'
import { FenSchema, Instant, SignedFenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { slot } from '#kernel/pure/slot.ts'
import { NeedKind } from '#modules/standards/model.ts'

/** A quantity with at most two decimals; most are whole pieces. */
export const Quantity = z
  .number()
  .min(0)
  .max(99_999_999)
  .refine((quantity) => Math.abs(quantity * 100 - Math.round(quantity * 100)) < 1e-6, '数量最多两位小数。')

/** On the page of a line, for modules that carry it out. */
export const lineSlot = slot('ledger.line', 'lineId')

/** What an entry does to its line. Entries are append-only; a mistake is put right by a reversing entry. */
export const entryKindLabels = {
  open: '列入计划',
  adjust: '调整',
  commit: '占用',
  release: '释放占用',
  execute: '支出',
  reverse: '冲销',
} as const
export type EntryKind = keyof typeof entryKindLabels
export const EntryKind = z.enum(Object.keys(entryKindLabels) as [EntryKind, ...EntryKind[]])

/** A plan line on the ledger with its balances, all in 分; `remainingFen = planned − committed − executed`, never below zero (A34-2). */
export const LedgerLine = z.object({
  id: z.uuid(),
  jurisdictionCode: z.string(),
  year: z.number().int(),
  /** 计划编号 shown to people. */
  number: z.string(),
  planId: z.uuid(),
  /** Who spends: the authority for centralised matters, else the organ. */
  holderOrganId: z.uuid(),
  holderOrganName: z.string(),
  /** Whom it is for. */
  servedOrganId: z.uuid(),
  servedOrganName: z.string(),
  needKind: NeedKind,
  itemName: z.string(),
  economicCode: z.string(),
  unit: z.string(),
  centralised: z.boolean(),
  plannedFen: FenSchema,
  committedFen: FenSchema,
  executedFen: FenSchema,
  remainingFen: FenSchema,
  plannedQuantity: Quantity,
  committedQuantity: Quantity,
  executedQuantity: Quantity,
  /** The day on which its year was closed; null while it is carried out. */
  closedOn: LocalDateSchema.nullable(),
  version: z.number().int(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

export const LedgerEntry = z.object({
  id: z.number().int(),
  lineId: z.uuid(),
  kind: EntryKind,
  /** Change of planned (open, adjust), committed (commit, release) or executed (execute, reverse) money. */
  amountFen: SignedFenSchema,
  quantity: z.number(),
  commitmentId: z.uuid().nullable(),
  note: z.string(),
  document: z.string().nullable(),
  counterparty: z.string().nullable(),
  occurredOn: LocalDateSchema,
  postedAt: Instant,
  postedBy: z.string(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** The case a commitment belongs to: what it is called, and its page. */
export const CommitmentOwner = z.object({ title: z.string(), link: z.string().nullable() })
export type CommitmentOwner = z.infer<typeof CommitmentOwner>

/** A commitment 占用 (order, contract, approved trip): money held on a line until spent or released. */
export const Commitment = z.object({
  id: z.uuid(),
  lineId: z.uuid(),
  title: z.string(),
  counterparty: z.string().nullable(),
  document: z.string().nullable(),
  openFen: FenSchema,
  openQuantity: Quantity,
  committedOn: LocalDateSchema,
  /** Carried over when its year was closed; null else. */
  carriedOn: LocalDateSchema.nullable(),
  /** The case that made it and alone releases and spends it; null for one entered by hand. */
  owner: CommitmentOwner.nullable(),
})
export type Commitment = z.infer<typeof Commitment>

/** An entry as the page of its line lists it. */
export const ListedEntry = LedgerEntry.extend({
  /** The case that made the payment or holds the commitment: it alone takes it back; null for one entered by hand. */
  owner: CommitmentOwner.nullable(),
  reversed: z.boolean(),
})
export type ListedEntry = z.infer<typeof ListedEntry>
