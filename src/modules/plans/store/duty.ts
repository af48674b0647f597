import { sql, type RawBuilder } from 'kysely'
import type { YearlyDate } from '#kernel/pure/deadline.ts'

const dateOf = ({ month, day, of }: YearlyDate, year: string) =>
  sql`make_date(${sql.ref(year)} + ${of === 'year' ? 0 : 1}::int, ${month}::int, ${day}::int)`
const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`

/** A36-1: every organ with a plan of its own in force owes the report on that year; what was sent back is still owed. */
export function organReportDuties(term: string, date: YearlyDate): RawBuilder<unknown> {
  return reportDuties(term, 'organ', date, '年度计划执行情况报告')
}

/** A36-2: the authority owes the consolidated report on a year whose plan was carried out. */
export function consolidatedReportDuties(term: string, date: YearlyDate): RawBuilder<unknown> {
  return reportDuties(term, 'consolidated', date, '年度计划执行情况汇总报告')
}

function reportDuties(term: string, kind: 'organ' | 'consolidated', date: YearlyDate, title: string) {
  return sql`
    select ${term} || ':' || p.year || ':' || p.organ_id as key, p.organ_id, p.jurisdiction_code, p.year,
      p.year || ${title} as title, make_date(p.year + 1, 1, 1) as opens_on, null::date as counted_from,
      ${dateOf(date, 'p.year')} as due_on, false as provisional,
      case when r.state in ('sent', 'received') then ${dayOf('r.sent_at')} end as fulfilled_on,
      -- A draft is its organ's alone; the list shows it to whom it belongs.
      case when r.state in ('sent', 'received', 'returned') then '/plans/reports/' || r.id else '/plans/reports?year=' || p.year end as link
    from plans.plan p
      left join plans.report r on r.organ_id = p.organ_id and r.year = p.year and r.kind = ${kind}
    where p.kind = ${kind === 'organ' ? 'organ' : 'authority'} and p.state = 'in-force'`
}

/** A33-3: a written notice follows the review; it is delivered in the act that issues it. */
export function noticeDuties(term: string): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || n.id as key, n.organ_id, n.jurisdiction_code, c.year, n.number as title,
      n.issued_on as opens_on, n.issued_on as counted_from, n.due_on, false as provisional, ${dayOf('n.delivered_at')} as fulfilled_on,
      '/plans/notices/' || n.id as link
    from plans.notice n join plans.cycle c on c.id = n.cycle_id`
}
