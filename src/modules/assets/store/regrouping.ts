import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { RegroupedCard, Regrouping, RegroupingKind } from '../model.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }
export type RegroupingRow = OfOrgan &
  Pick<Regrouping, 'id' | 'effectiveOn' | 'reason' | 'document' | 'before' | 'after'> & { kind: RegroupingKind }

/** Records what became of which cards, with the money on both sides. */
export async function insertRegrouping(tx: Tx, row: RegroupingRow, by: { name: string; at: Date }): Promise<void> {
  await sql`insert into assets.regrouping (id, organ_id, jurisdiction_code, kind, effective_on, reason, document, recorded_at, recorded_by)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.kind}, ${row.effectiveOn}, ${row.reason}, ${row.document}, ${by.at},
      ${by.name})`.execute(tx)
  const cards = (['before', 'after'] as const).flatMap((side) => row[side].map((card) => ({ ...card, side })))
  await sql`insert into assets.regrouped_card (regrouping_id, card_id, organ_id, jurisdiction_code, side, number, name, unit, quantity, cost_fen,
      accumulated_fen)
    select ${row.id}, r."cardId", ${row.organId}, ${row.jurisdictionCode}, r.side, r.number, r.name, r.unit, r.quantity, r."costFen",
      r."accumulatedFen"
    from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as r("cardId" uuid, side text, number text, name text, unit text,
      quantity integer, "costFen" bigint, "accumulatedFen" bigint)`.execute(tx)
}

/** How a card came to be and how it ended, where that was by split or merge; with all cards of both sides. */
export async function regroupingsOf(
  tx: Tx,
  cardId: string,
): Promise<{ formed: Regrouping | null; ended: Regrouping | null }> {
  const { rows } = await executePrepared(
    tx,
    sql<
      Omit<Regrouping, 'before' | 'after'> & RegroupedCard & { side: 'before' | 'after'; own: 'before' | 'after' }
    >`select g.id, g.kind, g.effective_on, g.reason, g.document, g.recorded_by, x.card_id, x.side, x.number, x.name, x.unit, x.quantity,
      x.cost_fen, x.accumulated_fen, o.side as own
    from assets.regrouped_card o join assets.regrouping g on g.id = o.regrouping_id
      join assets.regrouped_card x on x.regrouping_id = g.id
    where o.card_id = ${cardId} order by x.number`,
  )
  const told = (own: 'before' | 'after'): Regrouping | null => {
    const [first, ...rest] = rows.filter((row) => row.own === own)
    if (first === undefined) return null
    const side = (name: 'before' | 'after') =>
      [first, ...rest]
        .filter((row) => row.side === name)
        .map(({ cardId: id, number, name: called, unit, quantity, costFen, accumulatedFen }) => ({
          cardId: id,
          number,
          name: called,
          unit,
          quantity,
          costFen,
          accumulatedFen,
        }))
    const { id, kind, effectiveOn, reason, document, recordedBy } = first
    return { id, kind, effectiveOn, reason, document, recordedBy, before: side('before'), after: side('after') }
  }
  return { formed: told('after'), ended: told('before') }
}

/** Splits and merges whose two sides are not the same money, or not what their cards say: numbers of cards that ended. */
export async function regroupingsDiffer(tx: Tx): Promise<{ checked: number; numbers: string[] }> {
  const { rows } = await sql<{ checked: number; numbers: string[] | null }>`select count(*)::int as checked,
      (array_agg(number) filter (where not same))[1:100] as numbers
    from (select min(x.number) filter (where x.side = 'before') as number,
        sum(x.cost_fen) filter (where x.side = 'before') = sum(x.cost_fen) filter (where x.side = 'after')
          and sum(x.accumulated_fen) filter (where x.side = 'before') = sum(x.accumulated_fen) filter (where x.side = 'after')
          and bool_and(case x.side when 'before' then c.state = 'replaced' and (c.cost_fen, c.accumulated_fen) = (x.cost_fen, x.accumulated_fen)
            else c.opening_fen = x.accumulated_fen end) as same
      from assets.regrouped_card x join assets.card c on c.id = x.card_id group by x.regrouping_id) t`.execute(tx)
  return { checked: rows[0]?.checked ?? 0, numbers: rows[0]?.numbers ?? [] }
}
