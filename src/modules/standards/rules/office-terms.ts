import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { monthsLater } from './terms.ts'

/** What starts a term to give rooms back, with the rule and the standard of its length. */
export const returnGrounds = {
  'side-post-ended': { rule: 'OF-05', code: 'office.second-room-vacate', title: '兼职结束' },
  'left-or-retired': { rule: 'OF-06', code: 'office.leaver-vacate', title: '办理调离或者退休手续' },
  'moved-in': { rule: 'OF-07', code: 'office.old-space-handover', title: '搬入新用房' },
  'institution-has-own': { rule: 'OF-24', code: 'office.institution-handover', title: '事业单位另有用房' },
  'establishment-changed': { rule: 'OF-25', code: 'office.reverification', title: '机构编制变动' },
} as const
export type ReturnGround = keyof typeof returnGrounds

/** Last day to give the room back; months are calendar months, clamped to the end of a shorter one. */
export function returnDue(table: StandardTable, ground: ReturnGround, startedOn: LocalDate): LocalDate {
  return monthsLater(startedOn, figureFor(table, returnGrounds[ground].code, 'term').value.amount)
}

/** OF-05, OF-06, OF-07, OF-25: overdue or not; an overdue handover blocks further allocation to the unit (OF-07). */
export function checkReturn(
  table: StandardTable,
  {
    ground,
    startedOn,
    returnedOn,
    today,
  }: Readonly<{ ground: ReturnGround; startedOn: LocalDate; returnedOn: LocalDate | null; today: LocalDate }>,
): Finding {
  const { rule, code, title } = returnGrounds[ground]
  const row = figureFor(table, code, 'term')
  const due = returnDue(table, ground, startedOn)
  const ok = (returnedOn ?? today) <= due
  return judged({
    rule,
    norm: 'A18-1',
    rows: [row],
    ok,
    otherwise: ground === 'moved-in' && returnedOn === null ? 'block' : 'warn',
    field: 'returnedOn',
    said: `${title}（${startedOn}），应于${due}前办结，${returnedOn === null ? (ok ? '尚未办理' : '已逾期') : `已于${returnedOn}办理`}。`,
    remedy: ground === 'moved-in' ? '请立即移交原用房；移交前不再新增配置。' : '请立即办理。',
    facts: { 起算日: startedOn, 期限日: due, 办理日: returnedOn ?? '' },
    steps: [{ label: '期限', expression: `${startedOn} + ${row.value.amount}个月`, result: due }],
  })
}

/** OF-14, OF-15: interval between repairs of own buildings; rented ones are not renovated as a whole. */
export function checkRepair(
  table: StandardTable,
  facts: Readonly<{
    rented: boolean
    leaseYears: number | null
    whole: boolean
    lastRepairedOn: LocalDate | null
    plannedOn: LocalDate
    /** Disaster or safety. */
    urgentGround: string | null
  }>,
): Finding[] {
  const interval = figureFor(table, 'office.repair-interval', 'years')
  const lease = figureFor(table, 'office.lease-renovation', 'years')
  const longLease = facts.leaseYears !== null && facts.leaseYears > lease.value.minimumYears
  if (facts.rented && !longLease)
    return [
      judged({
        rule: 'OF-15',
        norm: 'A18-1',
        rows: [lease],
        ok: !facts.whole,
        field: 'whole',
        said: `租用办公用房租期${facts.leaseYears ?? 0}年，未超过${lease.value.minimumYears}年，${facts.whole ? '不得整体装修' : '只做局部功能性维修'}。`,
        remedy: '请改为局部功能性维修。',
      }),
    ]
  if (facts.lastRepairedOn === null) return []
  const earliest = monthsLater(facts.lastRepairedOn, interval.value.minimumYears * 12)
  const urgent = facts.urgentGround !== null && facts.urgentGround.trim() !== ''
  return [
    judged({
      rule: 'OF-14',
      norm: 'A18-1',
      rows: [interval],
      ok: facts.plannedOn >= earliest || urgent,
      otherwise: 'needs-approval',
      field: 'plannedOn',
      said: `上次维修改造于${facts.lastRepairedOn}，间隔不少于${interval.value.minimumYears}年，${earliest}起可再次安排${urgent ? `；本次因${facts.urgentGround}` : ''}。`,
      remedy: '请推迟安排；因灾害、安全等原因确需提前的，报经批准。',
    }),
  ]
}
