import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import { keyOf, type Change, type ChangeContent, type DraftState, type Matter } from '../model.ts'

export type DraftRow = {
  id: string
  number: string
  matter: Matter
  jurisdictionCode: string
  organId: string
  documentTitle: string
  reason: string
  inForceOn: string | null
  retroactiveGround: string
  state: DraftState
  caseId: string | null
  consulted: Record<string, ChangeContent> | null
  authors: string[]
  submittedBy: string | null
  draftedByName: string
  draftedOn: string
  documentNumber: string | null
  documentId: string | null
  approvedOn: string | null
  approvedByName: string | null
  changeCount: number
  version: number
}

const columns = sql`id, number, matter, jurisdiction_code, organ_id, document_title, reason, in_force_on, retroactive_ground, state, case_id,
  consulted, authors, submitted_by, drafted_by_name, drafted_on, document_number, document_id, approved_on, approved_by_name, change_count, version`

export async function insertDraft(tx: Tx, row: DraftRow): Promise<void> {
  await sql`insert into drafting.draft (${columns}) values (${row.id}, ${row.number}, ${row.matter}, ${row.jurisdictionCode}, ${row.organId},
    ${row.documentTitle}, ${row.reason}, ${row.inForceOn}, ${row.retroactiveGround}, ${row.state}, ${row.caseId}, null, ${row.authors}::uuid[],
    ${row.submittedBy}, ${row.draftedByName}, ${row.draftedOn}, ${row.documentNumber}, ${row.documentId}, ${row.approvedOn}, ${row.approvedByName},
    ${row.changeCount}, ${row.version})`.execute(tx)
}

export async function draftById(tx: Tx, id: string): Promise<DraftRow | undefined> {
  return (await sql<DraftRow>`select ${columns} from drafting.draft where id = ${id}`.execute(tx)).rows[0]
}

export async function lockDraft(tx: Tx, id: string): Promise<DraftRow | undefined> {
  return (await sql<DraftRow>`select ${columns} from drafting.draft where id = ${id} for update`.execute(tx)).rows[0]
}

/** Drafts of a jurisdiction or of those whose standards bind in it, newest first. */
export async function draftsPage(
  tx: Tx,
  filter: {
    jurisdictionCodes: readonly string[]
    /** Whose drafts are shown in every state; of the others only what is open to those served. */
    own: string | null
    /** Null: all that may be shown. */
    states: readonly DraftState[] | null
    matter?: Matter | undefined
    code?: string | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<DraftRow[]> {
  return (
    await sql<DraftRow>`select ${columns} from drafting.draft d where jurisdiction_code = any(${[...filter.jurisdictionCodes]})
      and (jurisdiction_code = ${filter.own} or state in ('consulting', 'approving', 'approved'))
      ${filter.states ? sql`and state = any(${[...filter.states]})` : sql``} ${filter.matter ? sql`and matter = ${filter.matter}` : sql``}
      ${filter.code ? sql`and exists (select from drafting.change c where c.draft_id = d.id and c.code = ${filter.code})` : sql``}
      ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`.execute(tx)
  ).rows
}

/** @throws Conflict when somebody else was first */
export async function saveDraft(
  tx: Tx,
  row: DraftRow,
  changes: Partial<Omit<DraftRow, 'id' | 'version'>>,
): Promise<DraftRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const result =
    await sql`update drafting.draft set document_title = ${next.documentTitle}, reason = ${next.reason}, in_force_on = ${next.inForceOn},
      retroactive_ground = ${next.retroactiveGround}, state = ${next.state}, case_id = ${next.caseId},
      consulted = ${next.consulted === null ? null : JSON.stringify(next.consulted)}::jsonb, authors = ${next.authors}::uuid[],
      submitted_by = ${next.submittedBy}, document_number = ${next.documentNumber}, document_id = ${next.documentId}, approved_on = ${next.approvedOn},
      approved_by_name = ${next.approvedByName}, change_count = ${next.changeCount}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} and state = ${row.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('标准草案')
  return next
}

/** A change as it is kept: with the row it replaces as that stood, and what it became. */
export type ChangeRow = {
  id: string
  draftId: string
  lineNo: number
  content: ChangeContent
  before: unknown
  enactedId: string | null
}

export async function changesOf(tx: Tx, draftId: string): Promise<ChangeRow[]> {
  return (
    await sql<ChangeRow>`select id, draft_id, line_no, content, before, enacted_id from drafting.change
      where draft_id = ${draftId} order by line_no`.execute(tx)
  ).rows
}

export function asChange({ id, lineNo, content }: ChangeRow): Change {
  return { ...content, id, lineNo }
}

/** Adds changes at the end in one statement. @returns false when one of their keys is in the draft already */
export async function insertChanges(
  tx: Tx,
  draftId: string,
  changes: readonly { id: string; content: ChangeContent; before: unknown }[],
): Promise<boolean> {
  if (changes.length === 0) return true
  const rows = changes.map(({ id, content, before }, index) => ({ id, index, before, content, ...keyOf(content) }))
  const { rows: inserted } = await sql`
    insert into drafting.change (id, draft_id, line_no, code, level, rank, content, before)
    select given.id, ${draftId}::uuid, given.index + 1 + (select coalesce(max(line_no), 0) from drafting.change where draft_id = ${draftId}::uuid),
      given.code, given.level, given.rank, given.content, nullif(given.before, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, index integer, code text, level text, rank text, content jsonb, before jsonb)
    on conflict (draft_id, code, (coalesce(level, '')), (coalesce(rank, ''))) do nothing returning id`.execute(tx)
  return inserted.length === changes.length
}

/** Replaces what a change proposes. @returns false when its new key is in the draft already */
export async function saveChange(
  tx: Tx,
  id: string,
  { content, before }: { content: ChangeContent; before: unknown },
): Promise<boolean> {
  const { code, level, rank } = keyOf(content)
  const { rows } = await sql`update drafting.change c set code = ${code}, level = ${level}, rank = ${rank},
      content = ${JSON.stringify(content)}::jsonb, before = ${before === null ? null : JSON.stringify(before)}::jsonb
    where id = ${id} and not exists (select from drafting.change other where other.draft_id = c.draft_id and other.id <> c.id
      and other.code = ${code} and other.level is not distinct from ${level} and other.rank is not distinct from ${rank})
    returning id`.execute(tx)
  return rows.length === 1
}

/** Takes a change out; those below move up. */
export async function removeChange(tx: Tx, { id, draftId, lineNo }: ChangeRow): Promise<void> {
  await sql`delete from drafting.change where id = ${id}`.execute(tx)
  await sql`update drafting.change set line_no = line_no - 1 where draft_id = ${draftId} and line_no > ${lineNo}`.execute(
    tx,
  )
}

/** What the changes of an approved draft became, in one statement. */
export async function markEnacted(tx: Tx, enacted: ReadonlyMap<string, string | null>): Promise<void> {
  const rows = [...enacted].map(([id, enactedId]) => ({ id, enacted_id: enactedId }))
  await sql`update drafting.change c set enacted_id = given.enacted_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, enacted_id uuid) where c.id = given.id`.execute(
    tx,
  )
}

/** Drafts under way, of others, that hold one of the keys: the drafters should know of each other. */
export async function rivalsOf(
  tx: Tx,
  draft: Pick<DraftRow, 'id' | 'jurisdictionCode'>,
): Promise<{ id: string; number: string; code: string }[]> {
  return (
    await sql<{ id: string; number: string; code: string }>`
      select distinct d.id, d.number, c.code from drafting.change mine
        join drafting.change c on c.code = mine.code and c.level is not distinct from mine.level and c.rank is not distinct from mine.rank
          and c.draft_id <> mine.draft_id
        join drafting.draft d on d.id = c.draft_id and d.jurisdiction_code = ${draft.jurisdictionCode}
          and d.state in ('drafting', 'consulting', 'approving', 'returned')
      where mine.draft_id = ${draft.id} order by d.number limit 20`.execute(tx)
  ).rows
}
