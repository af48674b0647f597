import type { OutputOf } from '#kernel/pure/contract.ts'
import { worstOutcome } from '#kernel/pure/verdict.ts'
import type { Finding, Outcome } from '#kernel/pure/verdict.ts'
import type { GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import type { CellMark } from '#kernel/web/grid/grid-layout.ts'
import { isBlank } from '#kernel/web/grid/grid-state.ts'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import type { NeedKind, StandardsInForce } from '#modules/standards/model.ts'
import type { DemandLine, DemandLineDraft, StoreQuery } from '../../model.ts'
import type { contract } from '../../contract.ts'
import { indexStandards } from '../../rules/facts.ts'
import type { IndexedStandards, OrganFacts } from '../../rules/facts.ts'
import { judgeLines } from '../../rules/judging.ts'
import { lineOf } from './sheet.ts'

export type DemandView = OutputOf<(typeof contract)['viewDemand']>

/** What judging needs of the view, made once: the very facts the server judges by. */
export type JudgingGround = {
  standards: IndexedStandards
  organ: OrganFacts
  holdings: DemandView['holdings']
  lastYear: DemandView['lastYear']
}

export function judgingGround({
  standards: told,
  organ,
  holdings,
  lastYear,
}: Pick<DemandView, 'standards' | 'organ' | 'holdings' | 'lastYear'>): JudgingGround {
  const { level, ...standards } = told as StandardsInForce & Pick<OrganFacts, 'level'>
  return { standards: indexStandards(standards), organ: { ...organ, level }, holdings, lastYear }
}

/** A row of the sheet with what the rules say of it. */
export type JudgedRow = {
  key: string
  /** Place in the sheet, from 0. */
  index: number
  line: DemandLineDraft & { storeQuery: StoreQuery | null }
  saved: DemandLine | null
  findings: readonly Finding[]
  outcome: Outcome
  troubles: Readonly<Record<string, string>>
}

/**
 * Judges the rows by the rules of the server. `savedLine` gives the line a row became when it was saved: its store
 * query counts while the item is still the one that was asked for.
 */
export function judgeRows(
  rows: readonly GridRow[],
  columns: readonly GridColumn[],
  savedLine: (key: string) => DemandLine | null,
  ground: JudgingGround,
  today: string,
): JudgedRow[] {
  const read = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => !isBlank(row))
    .map(({ row, index }) => {
      const { draft, troubles } = lineOf(row, columns)
      const saved = savedLine(row.key)
      const storeQuery = saved !== null && saved.standardCode === draft.standardCode ? saved.storeQuery : null
      return { key: row.key, index, line: { ...draft, storeQuery }, saved, troubles }
    })
  const judgements = judgeLines(
    read.map(({ line }) => line),
    { ...ground, today },
  )
  return read.map((row, index) => ({
    ...row,
    findings: judgements[index]?.findings ?? [],
    outcome: judgements[index]?.outcome ?? 'ok',
  }))
}

/** Cells that show the finding of a field that is no column of its own. */
const shownAt: Record<string, string> = { replacement: 'acquiredOn' }

/** The gravest thing to be said of a cell. */
export function markOf(row: JudgedRow | undefined, column: string): CellMark | null {
  if (row === undefined) return null
  const trouble = row.troubles[column]
  if (trouble !== undefined) return { outcome: 'block', message: trouble }
  const here = row.findings.filter(
    ({ field, outcome }) => field !== null && outcome !== 'ok' && (shownAt[field] ?? field) === column,
  )
  const worst = worstOutcome(here)
  const finding = here.find(({ outcome }) => outcome === worst)
  return finding === undefined
    ? null
    : { outcome: finding.outcome, message: finding.message, citation: finding.basis.citation, remedy: finding.remedy }
}

export type KindTotal = {
  kind: NeedKind | null
  lines: number
  amountFen: number
  outcome: Outcome
  /** Key of the first row. */ first: string
  blocked: number
}

/** Lines, money and the gravest finding by kind of need, in the order of the Regulation; lines without a kind come last. */
export function totalsByKind(rows: readonly JudgedRow[]): KindTotal[] {
  const totals = new Map<NeedKind | null, KindTotal>()
  for (const { key, line, outcome } of rows) {
    const before = totals.get(line.needKind) ?? {
      kind: line.needKind,
      lines: 0,
      amountFen: 0,
      outcome: 'ok' as Outcome,
      first: key,
      blocked: 0,
    }
    totals.set(line.needKind, {
      ...before,
      lines: before.lines + 1,
      amountFen: before.amountFen + (line.amountFen ?? 0),
      outcome: worstOutcome([before, { outcome }]),
      blocked: before.blocked + (outcome === 'block' ? 1 : 0),
    })
  }
  return [...totals.values()].sort((a, b) => (a.kind ?? 'Z').localeCompare(b.kind ?? 'Z'))
}
