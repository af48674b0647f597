import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'

export type LinkRow = {
  id: string
  versionId: string
  article: string
  toWorkId: string
  toWorkTitle: string
  toJurisdictionCode: string
  toArticle: string | null
  note: string
  createdByName: string
}

export type NewLink = Omit<LinkRow, 'toWorkTitle' | 'toJurisdictionCode'> & {
  createdBy: string | null
  createdAt: Date
}

const columns = sql`l.id, l.version_id, l.article, l.to_work_id, w.title as to_work_title,
  w.jurisdiction_code as to_jurisdiction_code, l.to_article, l.note, l.created_by_name`

export async function linksOf(tx: Tx, versionId: string): Promise<LinkRow[]> {
  const { rows } =
    await sql<LinkRow>`select ${columns} from regulations.link l join regulations.work w on w.id = l.to_work_id
    where l.version_id = ${versionId} and l.removed_at is null order by l.created_at, l.id limit 2000`.execute(tx)
  return rows
}

export async function linkById(tx: Tx, id: string): Promise<LinkRow | null> {
  const { rows } =
    await sql<LinkRow>`select ${columns} from regulations.link l join regulations.work w on w.id = l.to_work_id
    where l.id = ${id} and l.removed_at is null for update of l`.execute(tx)
  return rows[0] ?? null
}

/** @throws Conflict when the article is tied to that one already */
export async function insertLink(tx: Tx, link: NewLink): Promise<void> {
  const { rows } =
    await sql`insert into regulations.link (id, version_id, article, to_work_id, to_article, note, created_by, created_by_name, created_at)
    values (${link.id}, ${link.versionId}, ${link.article}, ${link.toWorkId}, ${link.toArticle}, ${link.note}, ${link.createdBy},
      ${link.createdByName}, ${link.createdAt}) on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('关联条文', '这条条文已经关联到该条文，没有重复登记。')
}

export async function removeLinkAt(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update regulations.link set removed_at = ${at} where id = ${id}`.execute(tx)
}
