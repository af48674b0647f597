import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/local-date.ts'
import { caseKindFaults } from '#kernel/pure/case-kind.ts'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import { testTable as table } from '#modules/standards/testing/table.ts'
import { allotmentCase, intakeCase, loanCase } from './cases.ts'
import { grades, purposes, triggers } from './model.ts'
import { checkAllotment, compareRequests, mayJudge, savingOf, uncounted } from './rules/allotment.ts'
import { holdsOn, mayHold, remainingMonths, reservedUntil } from './rules/holding.ts'
import { checkIntakeTerm, intakeDue, mayBegin, mayReceive, mayTakeIn, stateAfter } from './rules/intake.ts'
import { checkLoan, checkOverdue, checkRenewal, checkReturn, loanStanding, mayBorrow } from './rules/lending.ts'
import { metricsOf, type Counts } from './rules/metrics.ts'
import { mayDispose, mayFinishRepair, mayHaveRepairApproved } from './rules/repair.ts'

const calendar = makeCalendar(builtInNotices)
const codes = (verdict: { ok: boolean; refusals?: readonly { code: string }[] }) =>
  verdict.ok ? [] : (verdict.refusals ?? []).map(({ code }) => code)

describe('intake (A23-1)', () => {
  it('GWC-R03 GWC-T05: a task force ended 2026-06-30, 41 cards are open on 2026-07-31: due 2026-07-30, 41 flagged', () => {
    const dueOn = intakeDue(table, 'G3', '2026-06-30', calendar) as string
    expect(dueOn).toBe('2026-07-30')
    const facts = { trigger: 'G3' as const, triggeredOn: '2026-06-30', dueOn, open: 41 }
    const late = checkIntakeTerm(table, { ...facts, today: '2026-07-31' })
    expect(late).toMatchObject({ rule: 'GWC-R03', outcome: 'warn', facts: { 逾期件数: 41 } })
    expect(late.message).toContain('逾期未入仓41件')
    expect(checkIntakeTerm(table, { ...facts, today: '2026-07-30' }).outcome).toBe('ok')
    expect(checkIntakeTerm(table, { ...facts, open: 0, today: '2026-09-01' }).outcome).toBe('ok')
  })

  it('each ground has who begins it and its term', () => {
    expect(intakeDue(table, 'G1', '2026-11-23', calendar)).toBe('2026-12-14')
    expect(intakeDue(table, 'G5', '2026-11-23', calendar)).toBe('2026-12-23')
    expect(intakeDue(table, 'G7', '2026-11-23', calendar)).toBeNull()
    expect(codes(mayBegin('G2', 'holder'))).toEqual(['trigger-party'])
    expect(codes(mayBegin('G7', 'authority'))).toEqual(['trigger-party'])
    for (const trigger of triggers)
      expect(mayBegin(trigger, 'holder').ok || mayBegin(trigger, 'authority').ok, trigger).toBe(true)
  })

  it.each([
    ['涉密计算机', 'GWC-R05'],
    ['防暴枪支柜（含枪支）', 'GWC-R05'],
    ['剧毒化学品柜', 'GWC-R05'],
    ['台式计算机 机密★10年', 'A44-1'],
  ])('GWC-R05 %s never comes in', (name, code) =>
    expect(codes(mayTakeIn({ number: 'ZC-1', name, model: '', note: '' }))).toContain(code),
  )

  it('GWC-R04 card, photo, grade, store and both signatures: all that is missing is said at once', () => {
    const arriving = { label: '复印机', hasCard: true, hasPhoto: true, grade: 'A' as const, storeId: 'x' }
    const signed = { handedByName: '王', receiverName: '赵' }
    expect(mayReceive([arriving], signed).ok).toBe(true)
    const verdict = mayReceive(
      [
        { ...arriving, hasPhoto: false },
        { ...arriving, grade: null },
        { ...arriving, hasCard: false, storeId: null },
      ],
      { ...signed, receiverName: ' ' },
    )
    expect(codes(verdict)).toEqual(Array(5).fill('GWC-R04'))
  })

  it('GWC-R09 heavy repair is approved before it is done; what is beyond repair is for disposal', () => {
    expect(grades.map(stateAfter)).toEqual(['available', 'available', 'repair', 'disposal'])
    const heavy = { state: 'repair' as const, grade: 'C' as const, repairFen: 190_000, repairApprovedByName: '' }
    expect(mayHaveRepairApproved(heavy).ok).toBe(true)
    expect(codes(mayFinishRepair(heavy))).toEqual(['GWC-R09'])
    expect(mayFinishRepair({ ...heavy, repairApprovedByName: '局长' }).ok).toBe(true)
    expect(mayFinishRepair({ ...heavy, state: 'available', grade: 'A', repairFen: 0 }).ok).toBe(false)
    expect(codes(mayDispose({ state: 'lent' }, true))).toEqual(['not-in-store', 'GWC-R12'])
  })
})

type Holding = { organId: string; organName: string; heldUntil: string }

describe('reservation (A23-2)', () => {
  const item = { number: 'G-0017', name: '台式计算机', state: 'available' as const }
  it('GWC-R12 holds five working days; nobody else reserves meanwhile', () => {
    expect(reservedUntil(table, '2026-11-23', calendar)).toBe('2026-11-30')
    const hold = { organId: 'a', organName: '甲局', heldUntil: '2026-11-30' }
    expect(codes(mayHold(item, hold, { organId: 'b', today: '2026-11-30' }))).toEqual(['GWC-R12'])
    expect(mayHold(item, hold, { organId: 'b', today: '2026-12-01' }).ok).toBe(true)
    expect(mayHold(item, hold, { organId: 'a', today: '2026-11-24' }).ok).toBe(true)
    expect(codes(mayHold(item, { ...hold, heldUntil: null }, { organId: 'b', today: '2030-01-01' }))).toEqual([
      'GWC-R12',
    ])
    expect(codes(mayHold({ ...item, state: 'lent' }, null, { organId: 'b', today: '2026-11-24' }))).toEqual([
      'not-available',
    ])
  })

  it('no sequence of reservations gives one thing to two organs on a day', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ organ: fc.constantFrom('a', 'b', 'c'), after: fc.nat(9) }), { maxLength: 20 }),
        (asked) => {
          let today = '2026-11-23'
          let hold = null as Holding | null
          for (const { organ, after } of asked) {
            today = addDays(today, after)
            const before = hold as Holding | null
            if (!mayHold(item, hold, { organId: organ, today }).ok) continue
            if (before !== null && before.organId !== organ) expect(holdsOn(before, today)).toBe(false)
            hold = { organId: organ, organName: organ, heldUntil: reservedUntil(table, today, calendar) }
          }
        },
      ),
    ))

  it('counts whole months of life that are left', () => {
    expect(remainingMonths('2030-03-08', '2026-11-23')).toBe(39)
    expect(remainingMonths('2026-12-23', '2026-11-23')).toBe(1)
    expect(remainingMonths('2026-11-23', '2026-11-23')).toBe(0)
    expect(remainingMonths(null, '2026-11-23')).toBeNull()
  })
})

describe('loans (A23-2)', () => {
  it.each([
    ['no end', null, null, 'block'],
    ['twelve months', '2027-11-23', null, 'ok'],
    ['a day more', '2027-11-24', null, 'block'],
    ['before it begins', '2026-11-22', null, 'block'],
    ['ten working days after the meeting', '2026-12-14', '2026-11-30', 'ok'],
    ['a day later', '2026-12-15', '2026-11-30', 'block'],
  ])('GWC-R06 %s', (_, dueOn, eventEndsOn, outcome) =>
    expect(checkLoan(table, { from: '2026-11-23', dueOn, eventEndsOn }, calendar).outcome).toBe(outcome),
  )

  it('is renewed once, six months at most, while it is not late', () => {
    const renewal = { dueOn: '2026-12-01', renewed: false, today: '2026-11-23' }
    expect(checkRenewal(table, { ...renewal, until: '2027-06-01' }).outcome).toBe('ok')
    expect(checkRenewal(table, { ...renewal, until: '2027-06-02' }).outcome).toBe('block')
    expect(checkRenewal(table, { ...renewal, until: '2027-06-01', renewed: true }).outcome).toBe('block')
    expect(checkRenewal(table, { ...renewal, until: '2027-06-01', today: '2026-12-02' }).outcome).toBe('block')
  })

  it('GWC-R07 a day late is a warning, past ten working days nothing more is lent', () => {
    const dueOn = '2026-11-06'
    expect(loanStanding(table, dueOn, '2026-11-06', calendar).state).toBe('running')
    expect(loanStanding(table, dueOn, '2026-11-07', calendar)).toEqual({
      state: 'late',
      daysLate: 1,
      stopsOn: '2026-11-20',
    })
    expect(checkOverdue(table, { number: 'JY-1', dueOn, today: '2026-11-07' }, calendar).outcome).toBe('warn')
    const open = [{ number: 'JY-1', dueOn }]
    expect(mayBorrow(table, open, '2026-11-20', calendar).ok).toBe(true)
    expect(codes(mayBorrow(table, open, '2026-11-21', calendar))).toEqual(['GWC-R07'])
  })

  it('GWC-R08 what comes back worse wants a word on who answers for it', () => {
    const thing = { label: '投影仪', outGrade: 'A' as const, note: '' }
    expect(checkReturn({ ...thing, backGrade: 'A' }).outcome).toBe('ok')
    expect(checkReturn({ ...thing, backGrade: 'B' }).outcome).toBe('block')
    expect(checkReturn({ ...thing, backGrade: 'B', note: '运输中碰损，由借用机关赔付' }).outcome).toBe('warn')
  })
})

describe('allotment (A22-1, A23-2)', () => {
  it('GWC-R11 GWC-T07 an organ of 60 has 58 desktops and asks for 5: 2 are possible', () => {
    const unit = { staffInPost: 60, bureauStaff: 0, classified: false }
    const wanted = Array.from({ length: 5 }, () => ({ itemCode: 'item.desktop', quantity: 1 }))
    const [finding] = checkAllotment(table, unit, wanted, new Map([['item.desktop', 58]]))
    expect(finding).toMatchObject({ rule: 'GWC-R11', outcome: 'block' })
    expect(finding?.message).toContain('最多可再配2台')
    expect(checkAllotment(table, unit, wanted.slice(0, 2), new Map([['item.desktop', 58]]))[0]?.outcome).toBe('ok')
    expect(codes(mayJudge(uncounted(table, wanted, new Map())))).toEqual(['in-use-unknown'])
    expect(uncounted(table, [{ itemCode: null, quantity: 3 }], new Map())).toEqual([])
  })

  it('GWC-R11 printers share one limit, and furniture of 厅局级 is for those of that rank', () => {
    const unit = { staffInPost: 60, bureauStaff: 1, classified: false }
    const of = (itemCode: string, quantity: number, held: [string, number][]) =>
      checkAllotment(table, unit, [{ itemCode, quantity }], new Map(held)).map(({ rule, outcome }) => [rule, outcome])
    const printers: [string, number][] = [
      ['item.printer-a4-mono', 39],
      ['item.printer-a3-mono', 8],
    ]
    // 48 for 60 people, 9 of them A3.
    expect(of('item.printer-a4-mono', 1, printers)).toEqual([['GWC-R11', 'ok']])
    expect(of('item.printer-a4-mono', 2, printers)).toEqual([['GWC-R11', 'block']])
    expect(of('item.desk-bureau', 1, [['item.desk-bureau', 0]])).toEqual([['GWC-R11', 'ok']])
    expect(of('item.desk-bureau', 1, [['item.desk-bureau', 1]])).toEqual([['GWC-R11', 'block']])
  })

  it('never passes the limit, whatever is asked', () =>
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(200),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }),
        (staff, held, asked) => {
          const wanted = asked.map((quantity) => ({ itemCode: 'item.desktop', quantity }))
          const findings = checkAllotment(
            table,
            { staffInPost: staff, bureauStaff: 0, classified: false },
            wanted,
            new Map([['item.desktop', held]]),
          )
          const after = held + asked.reduce((sum, n) => sum + n, 0)
          for (const { outcome } of findings) expect(outcome === 'ok').toBe(after <= staff)
        },
      ),
    ))

  it('emergency first, then temporary body, shortage, replacement; ties by date', () => {
    const asked = purposes.toReversed().flatMap((purpose) => [
      { purpose, appliedOn: '2026-11-02', number: `${purpose}-2` },
      { purpose, appliedOn: '2026-11-01', number: `${purpose}-1` },
    ])
    expect(asked.toSorted(compareRequests).map(({ number }) => number)).toEqual(
      purposes.flatMap((purpose) => [`${purpose}-1`, `${purpose}-2`]),
    )
  })

  it('saves the price of the standard, else the replacement price (facts 3.1)', () => {
    expect(savingOf(table, { itemCode: 'item.desktop', quantity: 2, replacementFen: 480_000 }).savedFen).toBe(1_000_000)
    expect(savingOf(table, { itemCode: null, quantity: 1, replacementFen: 480_000 })).toEqual({
      savedFen: 480_000,
      basis: '重置价',
    })
  })
})

describe('metrics (facts 3.1)', () => {
  const none: Counts = {
    inItems: 0,
    inFen: 0,
    outItems: 0,
    outFen: 0,
    savedFen: 0,
    outTimes: 0,
    daysIn: 0,
    daysOf: 0,
    returnsDue: 0,
    returnsInTime: 0,
    repaired: 0,
    repairedOut: 0,
    repairFen: 0,
    repairReplacementFen: 0,
  }
  it('GWC-T01 central figures: 43.77 % put to use, 6,753 元 saved a thing, 7,052 元 a thing that came in', () => {
    const metrics = metricsOf({
      ...none,
      inItems: 131_600,
      inFen: 92_800_000_000,
      outItems: 57_600,
      savedFen: 38_900_000_000,
    })
    expect(metrics.reusePercent).toBe(43.77)
    expect(Math.round((metrics.savedPerItemFen ?? 0) / 100)).toBe(6753)
    expect(Math.round((metrics.costPerItemFen ?? 0) / 100)).toBe(7052)
  })

  it('GWC-T02 an early city: 1,570 and 11 things, 4.07 and 2.07 million: 1,581 things, 6.14 million saved', () => {
    const counts = { ...none, outItems: 1570 + 11, savedFen: 407_000_000 + 207_000_000 }
    expect([counts.outItems, counts.savedFen]).toEqual([1581, 614_000_000])
    expect(metricsOf(counts)).toMatchObject({ savedPerItemFen: 388_362, reusePercent: null })
  })

  it('nothing is divided by nothing', () =>
    expect(Object.values(metricsOf(none)).every((value) => value === null)).toBe(true))
})

it.each([intakeCase, loanCase, allotmentCase])('the procedure $kind has no dead end', (kind) =>
  expect(caseKindFaults(kind)).toEqual([]),
)
