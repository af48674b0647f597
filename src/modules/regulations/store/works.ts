import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Field, LawText, VersionFacts, WorkKind } from '../model.ts'

export type WorkRow = {
  id: string
  title: string
  kind: WorkKind
  fields: Field[]
  jurisdictionCode: string
  version: number
}

export type VersionRow = VersionFacts & {
  id: string
  workId: string
  title: string
  articleCount: number
  oddityCount: number
  fileName: string
  sha256: string
  importedByName: string
  importedAt: Date
}

export type NewVersion = Omit<VersionRow, 'importedAt'> & {
  source: string
  content: LawText
  confirmed: readonly string[]
  importedBy: string | null
  importedAt: Date
}

const versionHead = sql`v.id, v.work_id, v.title, v.document_number, v.issuer, v.issued_on, v.valid_from, v.valid_until,
  v.article_count, v.oddity_count, v.file_name, v.sha256, v.imported_by_name, v.imported_at`
const workColumns = sql`w.id, w.title, w.kind, w.fields, w.jurisdiction_code, w.version`

export async function workById(tx: Tx, id: string, lock = false): Promise<WorkRow | null> {
  const { rows } = await sql<WorkRow>`select ${workColumns} from regulations.work w where w.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] ?? null
}

/** The works of one library, by title: few hundreds at most, for choosing what a text is a version of. */
export async function worksOf(tx: Tx, jurisdictionCode: string): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`select ${workColumns} from regulations.work w
    where w.jurisdiction_code = ${jurisdictionCode} order by w.title, w.id limit 2000`.execute(tx)
  return rows
}

/** Works in the given libraries whose title, or the title of one of whose versions, is among those named. */
export async function worksTitled(
  tx: Tx,
  scopes: readonly string[],
  titles: readonly string[],
): Promise<{ title: string; workId: string }[]> {
  if (titles.length === 0) return []
  const { rows } = await sql<{ title: string; workId: string }>`
    select distinct on (t.title) t.title, t.work_id from (
      select w.title, w.id as work_id, w.jurisdiction_code from regulations.work w
      union select v.title, w.id, w.jurisdiction_code from regulations.version v join regulations.work w on w.id = v.work_id) t
    where t.jurisdiction_code = any(${[...scopes]}) and t.title = any(${[...titles]})
    order by t.title, t.jurisdiction_code`.execute(tx)
  return rows
}

/** @throws Conflict when the library holds a work of that title already: somebody was faster */
export async function insertWork(tx: Tx, work: Omit<WorkRow, 'version'>): Promise<void> {
  const { rows } = await sql`insert into regulations.work (id, title, kind, fields, jurisdiction_code)
    values (${work.id}, ${work.title}, ${work.kind}, ${work.fields}, ${work.jurisdictionCode}) on conflict do nothing returning id`.execute(
    tx,
  )
  if (rows.length === 0)
    throw new Conflict(
      '制度',
      `本级制度库中已有《${work.title}》。请选择它，作为新版本导入；不是同一制度的，请改用能够区分的标题。`,
    )
}

export async function updateWork(tx: Tx, work: WorkRow): Promise<void> {
  const { rows } =
    await sql`update regulations.work set title = ${work.title}, kind = ${work.kind}, fields = ${work.fields},
    version = version + 1 where id = ${work.id} and version = ${work.version} returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('制度')
}

/** All versions of works, latest first. */
export async function versionsOf(tx: Tx, workIds: readonly string[]): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`select ${versionHead} from regulations.version v
    where v.work_id = any(${[...workIds]}::uuid[]) order by v.work_id, v.valid_from desc`.execute(tx)
  return rows
}

export async function versionById(tx: Tx, id: string): Promise<VersionRow | null> {
  const { rows } = await sql<VersionRow>`select ${versionHead} from regulations.version v where v.id = ${id}`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function contentOf(tx: Tx, versionId: string): Promise<LawText | null> {
  const { rows } = await sql<{
    content: LawText
  }>`select content from regulations.version where id = ${versionId}`.execute(tx)
  return rows[0]?.content ?? null
}

export async function insertVersion(tx: Tx, row: NewVersion): Promise<void> {
  await sql`insert into regulations.version (id, work_id, title, document_number, issuer, issued_on, valid_from, valid_until, source,
      content, article_count, oddity_count, confirmed, file_name, sha256, imported_by, imported_by_name, imported_at)
    values (${row.id}, ${row.workId}, ${row.title}, ${row.documentNumber}, ${row.issuer}, ${row.issuedOn}, ${row.validFrom},
      ${row.validUntil}, ${row.source}, ${JSON.stringify(row.content)}::jsonb, ${row.articleCount}, ${row.oddityCount},
      ${[...row.confirmed]}, ${row.fileName}, ${row.sha256}, ${row.importedBy}, ${row.importedByName}, ${row.importedAt})`.execute(
    tx,
  )
}

export async function endVersionOn(tx: Tx, id: string, lastDay: string): Promise<void> {
  await sql`update regulations.version set valid_until = ${lastDay} where id = ${id}`.execute(tx)
}

export type ListedWork = WorkRow & {
  versionId: string
  documentNumber: string | null
  issuer: string
  validFrom: string
  validUntil: string | null
  versions: number
  articles: number
  oddities: number
}

export type WorkFilter = {
  text?: string | undefined
  kind?: WorkKind | undefined
  field?: Field | undefined
  jurisdictionCode?: string | undefined
  on?: string | undefined
}

/** Place of a kind among the levels of authority: highest first. */
const kindRank = sql`array_position(array['law', 'administrative-regulation', 'local-regulation', 'rule', 'normative-document', 'standard'], w.kind)`

/** A page of works, highest level of authority first, each with the version that says most about it on the day. */
export async function listWorks(
  tx: Tx,
  scopes: readonly string[],
  filter: WorkFilter,
  page: { after: { rank: number; title: string; id: string } | null; limit: number; day: string },
): Promise<{ rows: ListedWork[]; total: number | null }> {
  const { text, kind, field, jurisdictionCode, on } = filter
  const matching = sql`w.jurisdiction_code = any(${[...scopes]})
    ${kind ? sql`and w.kind = ${kind}` : sql``} ${field ? sql`and ${field} = any(w.fields)` : sql``}
    ${jurisdictionCode ? sql`and w.jurisdiction_code = ${jurisdictionCode}` : sql``}
    ${on ? sql`and exists (select from regulations.version v where v.work_id = w.id and v.valid_from <= ${on} and (v.valid_until is null or v.valid_until >= ${on}))` : sql``}
    ${text ? sql`and exists (select from regulations.version v where v.work_id = w.id and strpos(v.title || ' ' || coalesce(v.document_number, '') || ' ' || v.issuer, ${text}) > 0)` : sql``}`
  const { after, day } = page
  const later = after
    ? sql`and (${kindRank}, w.title, w.id) > (${after.rank}::int, ${after.title}::text, ${after.id}::uuid)`
    : sql``
  const { rows } =
    await sql<ListedWork>`select p.*, s.id as version_id, s.document_number, s.issuer, s.valid_from, s.valid_until,
      s.article_count as articles, s.oddity_count as oddities,
      (select count(*)::int from regulations.version v where v.work_id = p.id) as versions
    from (select ${workColumns}, ${kindRank} as rank from regulations.work w where ${matching} ${later}
      order by ${kindRank}, w.title, w.id limit ${page.limit}) p
    cross join lateral (select v.* from regulations.version v where v.work_id = p.id
      order by (v.valid_from <= ${on ?? day} and (v.valid_until is null or v.valid_until >= ${on ?? day})) desc,
        (v.valid_from > ${on ?? day}) desc, v.valid_from desc limit 1) s
    order by p.rank, p.title, p.id`.execute(tx)
  const count = await sql<{ total: number }>`select count(*)::int as total from
    (select from regulations.work w where ${matching} limit 10001) counted`.execute(tx)
  const total = count.rows[0]?.total ?? 0
  return { rows, total: total > 10_000 ? null : total }
}
