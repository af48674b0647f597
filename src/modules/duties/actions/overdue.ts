import { allOf, mayOf } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, permit } from '#kernel/server/errors.ts'
import { officeScope } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import { codePrefix } from '#modules/organs/model.ts'
import type { contract, LateDuty } from '../contract.ts'
import type { DutyState } from '../model.ts'
import { can } from '../policy.ts'
import { termOf } from '../reference/terms.ts'
import { mayRemind } from '../rules/reminding.ts'
import { dutyPage, lateTotals, type DutyFilter, type DutyRow } from '../store/register.ts'
import { reminderCounts } from '../store/reminder.ts'
import { exportOverdue } from '../documents/overdue-sheet.ts'
import { issueList } from '../documents/supervision-list.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { dutyViews } from './duty-view.ts'
import { cursorAfter, cursorOf } from './list.ts'
import { reading } from './reach.ts'
import { reckoned } from './scope.ts'

type Operation = 'overdue' | 'overdueTotals' | 'overdueExport' | 'belowTotals' | 'issueSupervisionList'
type Asked = { term?: string | undefined; state?: 'overdue' | 'done-late' | undefined; organId?: string | undefined }

export const overdueActions: Pick<ActionsOf<typeof contract>, Operation> = {
  async overdue(act) {
    const { after, limit, ...asked } = act.input
    const filter = lateFilter(act, asked)
    return reading(act, async () => {
      const rows = await dutyPage(act, filter, await reckoned(act), cursorOf(after), limit + 1)
      const page = pageFrom(rows, limit, cursorAfter)
      return { ...page, items: await lateViews(act, page.items) }
    })
  },

  async overdueTotals(act) {
    const filter = lateFilter(act, act.input)
    const organ = found(act.actor.organ, '所代表的机关')
    const totals = await reading(act, async () => lateTotals(act, filter, await reckoned(act)))
    return {
      items: totals.map(({ jurisdictionCode: _, ...total }) => {
        const { title, norm } = found(termOf(total.term), '法定时限')
        return { ...total, termTitle: title, norm }
      }),
      may: { issueList: mayOf(can.supervise(act.actor, organ)) },
    }
  },

  async overdueExport(act) {
    const filter = lateFilter(act, act.input)
    const days = await reckoned(act)
    return reading(act, () =>
      exportOverdue(async (after, limit) => lateViews(act, await dutyPage(act, filter, days, after, limit))),
    )
  },

  /** Art. 6: what the levels below have late, as figures; their records stay theirs. */
  async belowTotals(act) {
    permit(can.seeBelow(act.actor))
    const organ = found(act.actor.organ, '所代表的机关')
    const beginning = codePrefix(organ.jurisdictionCode)
    const totals = await beyondScope(act, 'sums over lower levels', async () =>
      lateTotals(act, { beginning }, await reckoned(act)),
    )
    const below = (await jurisdictions(act.tx, act.today)).filter(
      ({ code }) => code.startsWith(beginning) && code !== organ.jurisdictionCode,
    )
    return {
      items: below.flatMap(({ code, name }) => {
        const own = totals.filter(({ jurisdictionCode }) => jurisdictionCode === code)
        if (own.length === 0) return []
        const sum = (of: 'overdue' | 'doneLate') => own.reduce((all, total) => all + total[of], 0)
        return [{ jurisdictionCode: code, jurisdictionName: name, overdue: sum('overdue'), doneLate: sum('doneLate') }]
      }),
    }
  },

  /** A39-1: the list by which organs are urged, as an official document; what it says stays as issued. */
  async issueSupervisionList(act) {
    const organ = found(act.actor.organ, '所代表的机关')
    permit(can.supervise(act.actor, organ))
    const days = await reckoned(act)
    const filter: DutyFilter = { ...lateFilter(act, { ...act.input, state: 'overdue' }) }
    const rows = await dutyPage(act, filter, days, null, longestList + 1)
    return issueList(act, organ, await lateViews(act, rows.slice(0, longestList)), {
      more: rows.length > longestList,
      term: act.input.term,
    })
  },
}

/** Matters on one printed list; what is beyond it is exported. */
const longestList = 1000

/** What is or was late within reach: of the level, or of the own organ. */
function lateFilter(act: Act, { term, state, organId }: Asked): DutyFilter {
  permit(can.see(act.actor))
  const scope = found(officeScope(act.actor), '可查看的范围')
  const states: DutyState[] = state === undefined ? ['overdue', 'done-late'] : [state]
  return {
    jurisdictionCode: scope.jurisdictionCode,
    // Who sees one organ alone cannot ask for another.
    organId: scope.organId ?? organId,
    terms: term === undefined ? undefined : [term],
    states,
  }
}

async function lateViews(act: Act, rows: readonly DutyRow[]): Promise<LateDuty[]> {
  const days = await reckoned(act)
  const counts = await reminderCounts(
    act.tx,
    rows.map(({ key }) => key),
  )
  return (await dutyViews(act, rows, days)).map((duty, index) => {
    const row = rows[index] as DutyRow
    const given = counts.get(duty.key)
    const remindedToday = given?.supervisedOn.includes(act.today) ?? false
    return {
      ...duty,
      remindersSent: given?.sent ?? 0,
      lastRemindedOn: given?.last ?? null,
      may: { remind: mayOf(allOf(can.supervise(act.actor, row), mayRemind({ state: duty.state, remindedToday }))) },
    }
  })
}
