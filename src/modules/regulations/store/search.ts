import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { WorkKind } from '../model.ts'

export type Passage = {
  position: number
  article: string | null
  number: number | null
  label: string
  body: string
  words: string
  grams: readonly string[]
}

/** All passages of a version in one statement. */
export async function insertPassages(tx: Tx, versionId: string, passages: readonly Passage[]): Promise<void> {
  await sql`insert into regulations.passage (version_id, position, article, number, label, body, words, grams)
    select ${versionId}::uuid, p.position, p.article, p.number, p.label, p.body, p.words, p.grams
    from jsonb_to_recordset(${JSON.stringify(passages)}::jsonb)
      as p(position integer, article text, number integer, label text, body text, words text, grams text[])`.execute(tx)
}

export type FoundPassage = {
  workId: string
  versionId: string
  workTitle: string
  kind: WorkKind
  jurisdictionCode: string
  article: string | null
  label: string
  body: string
  rank: number
  finds: number
  kindRank: number
  position: number
}

export type SearchPlace = Pick<FoundPassage, 'rank' | 'finds' | 'kindRank' | 'versionId' | 'position'>

/**
 * Passages of versions in force on a day that hold all the words, best first: the article asked for by number, titles,
 * then articles by how often they say the first word, by level of authority, and in their order.
 * @returns a page, and how many there are in all (null above 10,000; 0 past the last page)
 */
export async function searchPassages(
  tx: Tx,
  asked: {
    scopes: readonly string[]
    terms: readonly string[]
    grams: readonly string[]
    article: number | null
    kind: WorkKind | null
    workId: string | null
    on: string
  },
  page: { after: SearchPlace | null; limit: number },
): Promise<{ rows: FoundPassage[]; total: number | null }> {
  const first = asked.terms[0] ?? ''
  const holding = sql.join(
    asked.terms.map((term) => sql`strpos(p.words, ${term}) > 0`),
    sql` and `,
  )
  const { after } = page
  const later = after
    ? sql`where (m.rank, -m.finds, m.kind_rank, m.version_id, m.position)
        > (${after.rank}::int, ${-after.finds}::int, ${after.kindRank}::int, ${after.versionId}::uuid, ${after.position}::int)`
    : sql``
  // By the index first, then whose they are; texts are fetched for the page alone.
  const { rows } = await sql<FoundPassage & { total: number }>`
    with found as materialized (
      select p.version_id, p.position,
        case when p.number = ${asked.article}::int then 0 when p.position = 0 then 1 else 2 end as rank,
        least(99, (length(p.words) - length(replace(p.words, ${first}, ''))) / greatest(1, length(${first}::text)))::int as finds
      from regulations.passage p where p.grams @> ${[...asked.grams]}::text[] and ${holding}
    ), matches as materialized (
      select f.*, w.id as work_id, v.title as work_title, w.kind, w.jurisdiction_code,
        array_position(array['law', 'administrative-regulation', 'local-regulation', 'rule', 'normative-document', 'standard'], w.kind) as kind_rank
      from found f join regulations.version v on v.id = f.version_id join regulations.work w on w.id = v.work_id
      where w.jurisdiction_code = any(${[...asked.scopes]})
        and v.valid_from <= ${asked.on} and (v.valid_until is null or v.valid_until >= ${asked.on})
        ${asked.kind ? sql`and w.kind = ${asked.kind}` : sql``} ${asked.workId ? sql`and w.id = ${asked.workId}` : sql``}
    ), page as (
      select m.* from matches m ${later}
      order by m.rank, -m.finds, m.kind_rank, m.version_id, m.position limit ${page.limit}
    )
    select page.*, p.article, p.label, p.body, (select count(*)::int from (select from matches limit 10001) counted) as total
    from page join regulations.passage p on p.version_id = page.version_id and p.position = page.position
    order by page.rank, -page.finds, page.kind_rank, page.version_id, page.position`.execute(tx)
  const total = rows[0]?.total ?? 0
  return { rows, total: total > 10_000 ? null : total }
}
