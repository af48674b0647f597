import { finding as findingOf } from '#kernel/pure/verdict.ts'
import type { CatalogueEntry, Standard } from '#modules/standards/model.ts'
import type { Change, ChangeContent, DraftHead, Matter } from '../model.ts'

/** What the opinions of those served were asked on, and whether all are answered. */
export type ConsultationStanding = {
  closed: boolean
  /** Key → content as it stood when the draft was sent out. */
  consulted: Readonly<Record<string, ChangeContent>>
} | null

/** All that the rules on a draft look at: the draft, the rows it touches in all their versions, and the day. */
export type DraftFacts = {
  matter: Matter
  jurisdictionCode: string
  head: DraftHead
  changes: readonly Change[]
  /** Every version of the codes in the draft, of the jurisdiction and those above it. */
  rows: readonly Standard[]
  /** Every version of catalogue entries, of the jurisdiction and those above it. */
  entries: readonly CatalogueEntry[]
  /** Codes of quotas and service standards that exist here, for what expenditure rests on. */
  quotaCodes: ReadonlySet<string>
  /** Rows whose document leaves the decision to the levels below. */
  localRows: ReadonlySet<string>
  consultation: ConsultationStanding
  today: string
}

export type DraftRule =
  | 'STD-R01'
  | 'STD-R02'
  | 'STD-R03'
  | 'STD-R04'
  | 'STD-R05'
  | 'STD-R06'
  | 'STD-R07'
  | 'STD-R08'
  | 'CAT-R01'
  | 'CAT-R02'
  | 'CAT-R03'
  | 'CAT-R04'

/** A finding of one of these rules; `field` is a path in the draft: `changes.2.value`. */
export const finding = findingOf<DraftRule>

/** 第3行“台式计算机”: where in the draft a finding bites, for people. */
export function placeOf(change: Change, name: string): string {
  return `第${change.lineNo}行“${name}”`
}
