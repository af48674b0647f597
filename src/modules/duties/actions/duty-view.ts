import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import type { Party } from '#kernel/pure/case-kind.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import type { DutyView } from '../contract.ts'
import { termOf } from '../reference/terms.ts'
import { daysToLast, dutyStateOf, unitOf } from '../rules/reckoning.ts'
import type { DutyRow, Reckoned } from '../store/register.ts'

/** Rows as people read them: names, where each stands, days left. */
export async function dutyViews(
  act: Pick<Act, 'tx' | 'today' | 'directory'>,
  rows: readonly DutyRow[],
  { calendar, ...days }: Reckoned & { calendar: WorkCalendar },
): Promise<DutyView[]> {
  const names = await act.directory.organNames(
    act.tx,
    rows.map(({ organId }) => organId),
  )
  const bearers = await bearersOf(act, rows)
  return rows.map((row) => {
    const term = found(termOf(row.term), '法定时限')
    const { kind: _, state: __, opensOn: ___, jurisdictionCode: ____, ...told } = row
    const organName = names.get(row.organId) ?? ''
    return {
      ...told,
      termTitle: term.title,
      norm: term.norm,
      citation: term.citation,
      organName,
      bearerName: bearers.get(`${row.jurisdictionCode} ${row.party}`)?.name ?? organName,
      state: dutyStateOf(row, days),
      unit: unitOf(term),
      left: daysToLast(row, term, days.today, calendar),
    }
  })
}

/** The organ that has to do it; an authority or finance department not registered leaves the organ concerned. */
export async function bearerOrgan(
  act: Pick<Act, 'tx' | 'today' | 'directory'>,
  row: Pick<DutyRow, 'party' | 'organId' | 'jurisdictionCode'>,
): Promise<string> {
  if (row.party === 'applicant') return row.organId
  return (await act.directory.partyOrgan(act.tx, row.jurisdictionCode, row.party, act.today))?.id ?? row.organId
}

/** Authority and finance department of each jurisdiction among the rows; each asked for once. */
async function bearersOf(act: Pick<Act, 'tx' | 'today' | 'directory'>, rows: readonly DutyRow[]) {
  const bearers = new Map<string, { id: string; name: string }>()
  const asked = new Map<string, { jurisdictionCode: string; party: Exclude<Party, 'applicant'> }>()
  for (const { jurisdictionCode, party } of rows)
    if (party !== 'applicant') asked.set(`${jurisdictionCode} ${party}`, { jurisdictionCode, party })
  for (const [key, { jurisdictionCode, party }] of asked) {
    const organ = await act.directory.partyOrgan(act.tx, jurisdictionCode, party, act.today)
    if (organ) bearers.set(key, organ)
  }
  return bearers
}
