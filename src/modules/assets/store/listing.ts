import { sql, type RawBuilder } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { AssetState, ListedCard } from '../model.ts'
import { askedOf } from '../rules/search.ts'
import { cardsOfOneMoment, type CardRow } from './card.ts'

export const cardSorts = ['newest', 'number', '-number', 'costFen', '-costFen', 'acquiredOn', '-acquiredOn'] as const
export type CardSort = (typeof cardSorts)[number]

export type CardFilter = Readonly<{
  jurisdictionCode: string
  organId: string | null
  terms: readonly string[]
  classPrefix?: string | undefined
  state?: AssetState | undefined
  custodian?: string | undefined
  department?: string | undefined
  place?: string | undefined
  costFromFen?: number | undefined
  costToFen?: number | undefined
  acquiredFrom?: string | undefined
  acquiredTo?: string | undefined
  warrantyFrom?: string | undefined
  warrantyUntil?: string | undefined
  engaged?: boolean | undefined
  /** Of a custom field, by its id: it has a value, or this one. */
  field?: string | undefined
  fieldText?: string | undefined
}>
export type ListedRow = Omit<ListedCard, 'className' | 'engagement'>

const columns = sql`c.id, c.number, c.name, c.model, c.serial_number, c.class_code, c.class_edition, c.organ_id, o.name as organ_name, c.unit,
  c.quantity, c.cost_fen, c.accumulated_fen, c.net_fen, c.acquired_on, c.state, c.department, c.place, c.custodian_name, c.user_name,
  c.warranty_until`

/** The present holders' cards unless disposed ones are asked for by name. */
function filtered(filter: CardFilter): RawBuilder<unknown> {
  const {
    jurisdictionCode,
    organId,
    classPrefix,
    state,
    costFromFen,
    costToFen,
    acquiredFrom,
    acquiredTo,
    warrantyFrom,
    warrantyUntil,
  } = filter
  const parts = [
    organId === null ? sql`c.jurisdiction_code = ${jurisdictionCode}` : sql`c.organ_id = ${organId}`,
    state === undefined ? sql`c.removed_on is null` : sql`c.state = ${state}`,
    ...(classPrefix === undefined
      ? []
      : // A leaf by equality, so that cost and class share an index; a branch as a range of codes.
        classPrefix.length >= 9
        ? [sql`c.class_code = ${classPrefix}`]
        : [sql`c.class_code >= ${classPrefix} and c.class_code < ${`${classPrefix}~`}`]),
    ...(costFromFen === undefined ? [] : [sql`c.cost_fen >= ${costFromFen}`]),
    ...(costToFen === undefined ? [] : [sql`c.cost_fen <= ${costToFen}`]),
    ...(acquiredFrom === undefined ? [] : [sql`c.acquired_on >= ${acquiredFrom}`]),
    ...(acquiredTo === undefined ? [] : [sql`c.acquired_on <= ${acquiredTo}`]),
    ...(warrantyFrom === undefined ? [] : [sql`c.warranty_until >= ${warrantyFrom}`]),
    ...(warrantyUntil === undefined ? [] : [sql`c.warranty_until <= ${warrantyUntil}`]),
    ...(['custodian', 'department', 'place'] as const).flatMap((key) => {
      const wanted = filter[key]
      const column = { custodian: 'custodian_name', department: 'department', place: 'place' }[key]
      return wanted === undefined ? [] : [sql`position(${wanted} in c.${sql.ref(column)}) > 0`]
    }),
    ...(filter.engaged === undefined
      ? []
      : [sql`${filter.engaged ? sql`` : sql`not `}exists (select from assets.engagement e where e.card_id = c.id)`]),
    ...(filter.field === undefined
      ? []
      : filter.fieldText === undefined
        ? [sql`c.detail ->> ${filter.field} is not null`]
        : [
            sql`case jsonb_typeof(c.detail -> ${filter.field}) when 'number' then c.detail ->> ${filter.field} = ${filter.fieldText}
              else position(lower(${filter.fieldText}) in lower(c.detail ->> ${filter.field})) > 0 end`,
          ]),
    ...(filter.terms.length === 0
      ? []
      : [sql`exists (select from assets.card_text t where t.card_id = c.id and ${holding(filter.terms)})`]),
  ]
  return sql.join(parts, sql` and `)
}

/** Texts that hold all the words. */
function holding(terms: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    terms.map((term) => sql`position(${term} in t.words) > 0`),
    sql` and `,
  )
}

const orders: Record<CardSort, { order: RawBuilder<unknown>; after: (id: string) => RawBuilder<unknown> }> = {
  newest: { order: sql`c.id desc`, after: (id) => sql`c.id < ${id}::uuid` },
  number: sorted('number', false),
  '-number': sorted('number', true),
  costFen: sorted('cost_fen', false),
  '-costFen': sorted('cost_fen', true),
  acquiredOn: sorted('acquired_on', false),
  '-acquiredOn': sorted('acquired_on', true),
}

function sorted(column: string, down: boolean) {
  const name = sql.ref(`c.${column}`)
  const way = sql.raw(down ? 'desc' : 'asc')
  return {
    order: sql`${name} ${way}, c.id ${way}`,
    after: (id: string) =>
      sql`(${name}, c.id) ${sql.raw(down ? '<' : '>')} (select ${sql.ref(column)}, id from assets.card where id = ${id}::uuid)`,
  }
}

/** One page by key: the row last seen names where it goes on. */
export async function cardsPage(
  tx: Tx,
  filter: CardFilter,
  { sort, after, limit }: { sort: CardSort; after: string | undefined; limit: number },
): Promise<ListedRow[]> {
  const { order, after: beyond } = orders[sort]
  const { rows } =
    await sql<ListedRow>`with page as materialized (select c.* from assets.card c where ${filtered(filter)}
      ${after === undefined ? sql`` : sql`and ${beyond(after)}`} order by ${order} limit ${limit})
    select ${columns} from page c join organs.open_organ o on o.id = c.organ_id order by ${order}`.execute(tx)
  return rows
}

/** True count up to 10,000; null means more. */
export async function countCards(tx: Tx, filter: CardFilter): Promise<number | null> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n
    from (select from assets.card c where ${filtered(filter)} limit 10001) counted`.execute(tx)
  const n = rows[0]?.n ?? 0
  return n > 10_000 ? null : n
}

/** Finds of the index that are held against the other filters at a time; at first a page and as many that may fall out. */
const foundAtATime = 1000

/** The newest cards of the level whose texts hold all terms, by the index of pairs (`assets.cards_with`). */
export async function foundCards(
  tx: Tx,
  filter: CardFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ListedRow[]> {
  const rest = filtered({ ...filter, terms: [] })
  const asked = [...new Set(filter.terms.flatMap(askedOf))]
  const found: ListedRow[] = []
  let before = after ?? null
  for (let most = limit * 2; ; most = foundAtATime) {
    const { rows: ids } = await executePrepared(
      tx,
      sql<{
        id: string
      }>`select id from assets.cards_with(${asked}::text[], ${[...filter.terms]}::text[], ${before}::uuid, ${most}) as id`,
    )
    if (ids.length === 0) return found
    const { rows: page } =
      await sql<ListedRow>`select ${columns} from assets.card c join organs.open_organ o on o.id = c.organ_id
      where c.id = any(${ids.map(({ id }) => id)}::uuid[]) and ${rest} order by c.id desc limit ${limit - found.length}`.execute(
        tx,
      )
    found.push(...page)
    if (found.length >= limit || ids.length < most) return found
    before = ids.at(-1)?.id ?? null
  }
}

/** Cards of an export, in batches: exactly what is filtered, as it was at one moment. */
export function exportedCards(tx: Tx, filter: CardFilter, batch: number): AsyncGenerator<CardRow[]> {
  return cardsOfOneMoment(tx, filtered(filter), batch)
}
