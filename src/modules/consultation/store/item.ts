import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import type { ItemDraft, Reply } from '../model.ts'
import type { Merged } from '../rules/answering.ts'

export type ItemRow = {
  id: string
  consultationId: string
  opinionId: string
  organId: string
  late: boolean
  itemNo: number
  place: string
  /** Where the place stands in the draft. */
  placeNo: number
  opinion: string
  suggestion: string
  reason: string
  groupLabel: string | null
  reply: Reply | null
  replyReason: string | null
  repliedByName: string | null
  repliedAt: Date | null
  version: number
}

const columns = sql`i.id, i.consultation_id, i.opinion_id, i.organ_id, i.late, i.item_no, i.place, i.place_no, i.opinion, i.suggestion, i.reason,
  i.group_label, i.reply, i.reply_reason, i.replied_by_name, i.replied_at, i.version`
const source = sql`consultation.item i`

export async function itemsOfOpinion(tx: Tx, opinionId: string): Promise<ItemRow[]> {
  const { rows } =
    await sql<ItemRow>`select ${columns} from ${source} where i.opinion_id = ${opinionId} order by i.item_no`.execute(
      tx,
    )
  return rows
}

export type ItemFilter = {
  consultationId: string
  reply?: Reply | 'open' | undefined
  organId?: string | undefined
  text?: string | undefined
  sort: 'number' | 'place'
}

/** By number, or by place in the draft: what concerns one article stands together. */
export async function itemsPage(
  tx: Tx,
  { consultationId, reply, organId, text, sort }: ItemFilter,
  after: { itemNo: number; placeNo: number; place: string } | null,
  limit: number,
): Promise<ItemRow[]> {
  const later =
    after === null
      ? sql``
      : sort === 'number'
        ? sql`and i.item_no > ${after.itemNo}`
        : sql`and (i.place_no, i.place, i.item_no) > (${after.placeNo}, ${after.place}, ${after.itemNo})`
  const { rows } = await sql<ItemRow>`select ${columns} from ${source} where i.consultation_id = ${consultationId}
      ${reply === undefined ? sql`` : reply === 'open' ? sql`and i.reply is null` : sql`and i.reply = ${reply}`}
      ${organId === undefined ? sql`` : sql`and i.organ_id = ${organId}`}
      ${text === undefined ? sql`` : sql`and strpos(i.place || i.opinion || i.suggestion || i.reason || coalesce(i.group_label, ''), ${text}) > 0`}
      ${later} order by ${sort === 'number' ? sql`i.item_no` : sql`i.place_no, i.place, i.item_no`} limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** Everything said, for the summary: as many as there are, in the order of the draft's places. */
export async function allItems(tx: Tx, consultationId: string): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${source} where i.consultation_id = ${consultationId}
    order by i.place_no, i.place, i.item_no`.execute(tx)
  return rows
}

/**
 * Writes what an organ sends anew: three statements however many items. The consultation is held by the caller.
 * @param placeNo where a place stands in the draft
 */
export async function writeItems(
  tx: Tx,
  where: { consultationId: string; opinionId: string; organId: string; late: boolean },
  { changed, added, removed }: Merged,
  placeNo: (place: string) => number,
): Promise<void> {
  const places = (items: readonly Omit<ItemDraft, 'id'>[]) => items.map(({ place }) => placeNo(place))
  if (removed.length > 0) await sql`delete from consultation.item where id = any(${[...removed]}::uuid[])`.execute(tx)
  if (changed.length > 0)
    await sql`update consultation.item i set place = t.place, place_no = t.place_no, opinion = t.opinion, suggestion = t.suggestion, reason = t.reason,
        group_label = null, reply = null, reply_reason = null, replied_by_name = null, replied_at = null, version = i.version + 1
      from unnest(${changed.map(({ id }) => id)}::uuid[], ${texts(changed, 'place')}::text[], ${texts(changed, 'opinion')}::text[],
        ${texts(changed, 'suggestion')}::text[], ${texts(changed, 'reason')}::text[], ${places(changed)}::integer[]) as t (id, place, opinion, suggestion, reason, place_no)
      where i.id = t.id and i.opinion_id = ${where.opinionId}`.execute(tx)
  if (added.length > 0)
    await sql`with numbered as (update consultation.consultation set last_item_no = last_item_no + ${added.length}
        where id = ${where.consultationId} returning last_item_no)
      insert into consultation.item (id, consultation_id, opinion_id, organ_id, late, item_no, place, opinion, suggestion, reason, place_no)
      select t.id, ${where.consultationId}, ${where.opinionId}, ${where.organId}, ${where.late}, numbered.last_item_no - ${added.length}::integer + t.n, t.place, t.opinion,
        t.suggestion, t.reason, t.place_no
      from numbered, unnest(${added.map(() => newId())}::uuid[], ${texts(added, 'place')}::text[], ${texts(added, 'opinion')}::text[],
        ${texts(added, 'suggestion')}::text[], ${texts(added, 'reason')}::text[], ${places(added)}::integer[])
        with ordinality as t (id, place, opinion, suggestion, reason, place_no, n)`.execute(tx)
}

function texts(
  items: readonly Omit<ItemDraft, 'id'>[],
  field: 'place' | 'opinion' | 'suggestion' | 'reason',
): string[] {
  return items.map((item) => item[field])
}

export type ItemVersion = { id: string; version: number }

/** Items by id as they stand; those of another consultation are left out. */
export async function itemsById(tx: Tx, consultationId: string, ids: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${source}
    where i.consultation_id = ${consultationId} and i.id = any(${[...ids]}::uuid[]) order by i.item_no`.execute(tx)
  return rows
}

/**
 * Writes the answer (or takes it back) on all the items in one statement, each as the clerk saw it.
 * @throws Conflict when any of them was answered, grouped or rewritten meanwhile; then none is
 */
export async function saveReplies(
  tx: Tx,
  consultationId: string,
  items: readonly ItemVersion[],
  given: { reply: Reply; reason: string | null; byName: string; at: Date } | null,
): Promise<void> {
  const { rows } =
    await sql`update consultation.item i set reply = ${given?.reply ?? null}, reply_reason = ${given?.reason ?? null},
      replied_by_name = ${given?.byName ?? null}, replied_at = ${given?.at ?? null}, version = i.version + 1
    from ${asSeen(items)} where i.id = t.id and i.version = t.version and i.consultation_id = ${consultationId} returning i.id`.execute(
      tx,
    )
  expectAll(rows.length, items.length)
}

/** Puts items together under a label, or takes them apart. @throws Conflict as {@link saveReplies} */
export async function saveGroup(
  tx: Tx,
  consultationId: string,
  items: readonly ItemVersion[],
  label: string | null,
): Promise<void> {
  const { rows } = await sql`update consultation.item i set group_label = ${label}, version = i.version + 1
    from ${asSeen(items)} where i.id = t.id and i.version = t.version and i.consultation_id = ${consultationId} returning i.id`.execute(
    tx,
  )
  expectAll(rows.length, items.length)
}

function asSeen(items: readonly ItemVersion[]) {
  return sql`unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ version }) => version)}::integer[]) as t (id, version)`
}

function expectAll(changed: number, wanted: number): void {
  if (changed !== wanted)
    throw new Conflict(
      '意见',
      `所选${wanted}条意见中有${wanted - changed}条刚刚被他人答复、归并或被来文机关修改，全部未保存。请刷新后核对，再重新提交。`,
    )
}
