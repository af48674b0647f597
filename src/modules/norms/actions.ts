import { officeScope } from '#kernel/pure/actor.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, permit } from '#kernel/server/errors.ts'
import { cursorAfter, cursorOf, daysToLast, reading, termOf, unitOf } from '#modules/duties/offers.ts'
import type { contract } from './contract.ts'
import { placeOf, type Carrier, type Norm, type Standing } from './model.ts'
import { can } from './policy.ts'
import { articles, chapters, normOf, norms } from './reference/catalogue.ts'
import { casesUnderNorms } from './rules/carrying-cases.ts'
import { carriersOf, openOf } from './rules/coverage.ts'
import { countsByNorm, overduePage, type OverdueRow } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async articles(act) {
    const scope = officeScope(act.actor)
    const under = casesUnder(act)
    const counts = scope && (await reading(act, () => countsByNorm(act, scope, under)))
    const counted = new Set([...under.map(({ norm }) => norm), ...(counts?.keys() ?? [])])
    const viewOf = (norm: Norm) =>
      normView(act, norm, counts && counted.has(norm.id) ? (counts.get(norm.id) ?? { open: 0, overdue: 0 }) : null)
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
    const scope = found(officeScope(act.actor), '可查看的范围')
    const rows = await reading(act, () => overduePage(act, scope, casesUnder(act), norm, cursorOf(after), limit + 1))
    const page = pageFrom(rows, limit, cursorAfter)
    const calendar = await currentCalendar(act.tx)
    const names = await act.directory.organNames(
      act.tx,
      page.items.map(({ organId }) => organId),
    )
    return { ...page, items: page.items.map((row) => overdueView(act, row, names.get(row.organId) ?? '', calendar)) }
  },
}

function casesUnder({ caseKinds }: Pick<Act, 'caseKinds'>) {
  return casesUnderNorms(
    norms,
    [...caseKinds.values()].map(({ kind }) => kind),
  )
}

function normView(act: Act, norm: Norm, cases: { open: number; overdue: number } | null) {
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
    places: carriersOf(norm).map((carrier) => placeView(act, carrier)),
    cases,
  }
}

function placeView({ declared }: Act, { module, page, operations = [], rules = [] }: Carrier) {
  return {
    module,
    title: (page === undefined ? undefined : declared?.places.get(page)) ?? module,
    page: page ?? null,
    acts: operations.map((name) => declared?.summaries.get(`${module}.${name}`) ?? name),
    rules: [...rules],
  }
}

function overdueView({ caseKinds, today }: Act, row: OverdueRow, organName: string, calendar: WorkCalendar) {
  const kind = row.kind === null ? undefined : caseKinds.get(row.kind)?.kind
  const norm = found(normOf(row.norm), '规范')
  const term = termOf(row.term)
  return {
    key: row.key,
    norm: norm.id,
    place: placeOf(norm),
    kindTitle: kind?.title ?? term?.title ?? '',
    title: row.title,
    stateLabel: (row.state === null ? undefined : kind?.states[row.state]?.label) ?? '未办理',
    organName,
    dueOn: row.dueOn,
    unit: term ? unitOf(term) : ('workdays' as const),
    daysLate: Math.max(1, -(term ? daysToLast(row, term, today, calendar) : 1)),
    link: row.link,
  }
}
