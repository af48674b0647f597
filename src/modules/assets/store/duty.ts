import { sql, type RawBuilder } from 'kysely'

/** Things whose inspection 定期检验 ends on a day, one duty each; open until the card tells of a later day. */
export function inspectionDuties(term: string, days: number): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || c.id || ':' || c.inspection_due as key, c.organ_id, c.jurisdiction_code, null::int as year,
      c.name || '（' || c.number || '）定期检验' as title, c.inspection_due - ${days}::int as opens_on,
      c.inspection_due - ${days}::int as counted_from, c.inspection_due as due_on, false as provisional, null::date as fulfilled_on,
      '/assets/cards/' || c.id as link
    from assets.card c where c.inspection_due is not null and c.removed_on is null`
}

/** Warranties that end on a day, an organ's together; once it is over there is nothing left to do, and nobody is late. */
export function warrantyDuties(term: string, days: number, today: string): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || c.organ_id || ':' || c.warranty_until as key, c.organ_id, c.jurisdiction_code, null::int as year,
      case when count(*) = 1 then min(c.name || '（' || c.number || '）') else count(*) || '项资产' end || '保修期满' as title,
      c.warranty_until - ${days}::int as opens_on, c.warranty_until - ${days}::int as counted_from, c.warranty_until as due_on,
      false as provisional, null::date as fulfilled_on,
      '/assets/cards?warrantyFrom=' || c.warranty_until || '&warrantyUntil=' || c.warranty_until || '&organId=' || c.organ_id as link
    from assets.card c
    where c.warranty_until between ${today}::date and ${today}::date + ${days}::int and c.removed_on is null
    group by c.organ_id, c.jurisdiction_code, c.warranty_until`
}

/** Loans that are away, until each thing was looked over; open to the lender from so many days before. */
export function loanDuties(term: string, days: number): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || l.id as key, l.organ_id, l.jurisdiction_code, null::int as year,
      '收回借用资产 ' || l.number as title, l.due_on - ${days}::int as opens_on,
      l.due_on - ${days}::int as counted_from, l.due_on as due_on, false as provisional, l.closed_on as fulfilled_on,
      '/assets/loans/' || l.id as link
    from assets.loan l where l.lent_on is not null`
}
