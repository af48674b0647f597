import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { daysLeft } from '#kernel/pure/deadline.ts'
import { daysBetween, type LocalDate } from '#kernel/pure/local-date.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, permit } from '#kernel/server/errors.ts'
import type { contract } from './contract.ts'
import { placeOf, type Carrier, type Norm, type Standing } from './model.ts'
import { can, normScope } from './policy.ts'
import { articles, chapters, normOf, norms } from './reference/catalogue.ts'
import { casesUnderNorms } from './rules/carrying-cases.ts'
import { carriersOf, openOf } from './rules/coverage.ts'
import { countsByNorm, overduePage, type OverdueRow } from './store.ts'
import { placeTitles, summaries } from './where.ts'

export const actions: ActionsOf<typeof contract> = {
  async articles(act) {
    const scope = normScope(act.actor)
    const under = casesUnder(act)
    const counts = scope && (await countsByNorm(act.tx, scope, under, act.today))
    const counted = new Set(under.map(({ norm }) => norm))
    const viewOf = (norm: Norm) =>
      normView(norm, counts && counted.has(norm.id) ? (counts.get(norm.id) ?? { open: 0, overdue: 0 }) : null)
    const count = (standing: Standing) => norms.filter(({ carrying }) => carrying.how === standing).length
    return {
      chapters: Object.entries(chapters).map(([number, title]) => ({
        number: Number(number),
        title,
        articles: articles
          .filter(({ chapter }) => chapter === Number(number))
          .map((article) => ({
            number: article.number,
            place: placeOf({ article: article.number, paragraph: null }),
            title: article.title,
            norms: norms.filter((norm) => norm.article === article.number).map(viewOf),
          })),
      })),
      totals: {
        norms: norms.length,
        whole: count('whole'),
        part: count('part'),
        display: count('display'),
        open: count('open'),
      },
      reach: scope === null ? 'none' : scope.organId === null ? 'jurisdiction' : 'organ',
    }
  },

  async overdue(act) {
    const { norm, after, limit } = act.input
    permit(can.seeOverdue(act.actor))
    const scope = found(normScope(act.actor), '可查看的范围')
    const cursor = /^(\d{4}-\d\d-\d\d):([0-9a-f-]{36})$/.exec(after ?? '')
    const rows = await overduePage(
      act.tx,
      scope,
      casesUnder(act).filter((one) => norm === undefined || one.norm === norm),
      act.today,
      cursor ? { dueOn: cursor[1] as string, id: cursor[2] as string } : null,
      limit + 1,
    )
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const calendar = await currentCalendar(act.tx)
    const names = await act.directory.organNames(
      act.tx,
      page.map(({ applicantOrganId }) => applicantOrganId),
    )
    return {
      items: page.map((row) => overdueView(act, row, names.get(row.applicantOrganId) ?? '', calendar)),
      next: rows.length > limit && last ? `${last.dueOn}:${last.id}` : null,
      total: null,
    }
  },
}

function casesUnder({ caseKinds }: Pick<Act, 'caseKinds'>) {
  return casesUnderNorms(
    norms,
    [...caseKinds.values()].map(({ kind }) => kind),
  )
}

function normView(norm: Norm, cases: { open: number; overdue: number } | null) {
  const { id, kind, bearer, towards, text, trigger, deadline, evidence, carrying } = norm
  return {
    id,
    place: placeOf(norm),
    kind,
    bearer,
    towards,
    text,
    trigger,
    deadline,
    evidence,
    standing: carrying.how,
    open: openOf(norm),
    places: carriersOf(norm).map(placeView),
    cases,
  }
}

function placeView({ module, page, operations = [], rules = [] }: Carrier) {
  return {
    module,
    title: (page === undefined ? undefined : placeTitles[page]) ?? module,
    page: page ?? null,
    acts: operations.map((name) => summaries.get(`${module}.${name}`) ?? name),
    rules: [...rules],
  }
}

function overdueView({ caseKinds, today }: Act, row: OverdueRow, organName: string, calendar: WorkCalendar) {
  const { kind } = found(caseKinds.get(row.kind), '事项种类')
  const norm = found(normOf(row.norm), '规范')
  const unit = row.clockUnit ?? 'workdays'
  return {
    caseId: row.id,
    norm: norm.id,
    place: placeOf(norm),
    kindTitle: kind.title,
    title: row.title,
    stateLabel: kind.states[row.state]?.label ?? row.state,
    organName,
    dueOn: row.dueOn,
    unit,
    daysLate: Math.max(1, -left(unit, today, row, calendar)),
    link: kind.page.replace(':subjectId', row.subjectId),
  }
}

/** Days from today to the last day, by its own unit; past it, on the days off that follow, none. */
function left(unit: 'workdays' | 'calendar-days', today: LocalDate, row: OverdueRow, calendar: WorkCalendar): number {
  return unit === 'workdays'
    ? daysLeft(today, row.dueOn, calendar, row.jurisdictionCode)
    : daysBetween(today, row.dueOn)
}
