import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { notificationsFor } from '#kernel/server/cases/notifications.ts'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { namedId, newId } from '#kernel/server/identifier.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { mayEnterIntoForce } from '#modules/plans/rules/plan.ts'
import { faultyBudgets } from '../store.ts'
import {
  call,
  closeBudgetStage,
  expectSums,
  factsOf,
  inTx,
  issuedPlan,
  openBudgetStage,
  people,
  planNow,
  refusalsOf,
  stepOf,
  toProposed,
  today,
  type View,
} from '../testing/budget-stage.ts'

beforeAll(openBudgetStage)
afterAll(closeBudgetStage)

describe('the way 一上 to 二下 (A33-4, P50, P60)', () => {
  it('cuts the plan to the control figures, takes the reply, and lets the plan come into force', async () => {
    const planId = await issuedPlan('province-education', 'organ', 2035, [
      { needKind: 'N01', economicCode: '30201', amountFen: 100_000_01, itemName: '办公费' },
      { needKind: 'N01', economicCode: '30211', amountFen: 200_000_00, itemName: '差旅费' },
      { needKind: 'N09', economicCode: '31002', amountFen: 300_000_00, itemName: '台式计算机' },
    ])
    const made = await call('education', 'makeBudget', { planId })
    expect(made.may).toMatchObject({ edit: null, propose: null })
    expect(made.may.control).not.toBeNull()
    const proposed = await call('education', 'proposeBudget', stepOf(made))
    expectSums(proposed)
    expect(await inTx((tx) => notificationsFor(tx, people['finance'] as Actor, null, 1))).toMatchObject([
      { link: `/budget/budgets/${made.budget.id}` },
    ])

    expect(
      await refusalsOf(
        call('education', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '晋财预〔2034〕1号' }),
      ),
    ).toContain('not-finance')
    await expect(
      call('cityFinance', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '并财预〔2034〕1号' }),
    ).rejects.toThrow(Missing)
    expect(
      await refusalsOf(
        call('finance', 'setControlFigures', {
          ...stepOf(proposed),
          totalFen: 600_000_02,
          document: '晋财预〔2034〕1号',
        }),
      ),
    ).toEqual(['above-proposal'])
    expect(
      await refusalsOf(
        call('audit', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '晋财预〔2034〕1号' }),
      ),
    ).toContain('not-finance')

    const controlled = await call('finance', 'setControlFigures', {
      ...stepOf(proposed),
      totalFen: 500_000_00,
      document: '晋财预〔2034〕1号',
    })
    expectSums(controlled)
    expect(controlled.budget).toMatchObject({
      state: 'controlled',
      controlFen: 500_000_00,
      controlDocument: '晋财预〔2034〕1号',
      draftedFen: 500_000_00,
    })
    const cut = await planNow(planId)
    expect(cut.plan).toMatchObject({ planVersion: 2, totalFen: 500_000_00, controlFen: 500_000_00, approvedFen: null })
    expect(cut.lines.map(({ amountFen }) => amountFen)).toEqual(controlled.lines.map(({ controlFen }) => controlFen))
    expect(mayEnterIntoForce(cut.plan).ok).toBe(false)
    expect(await inTx((tx) => notificationsFor(tx, people['education'] as Actor, null, 1))).toMatchObject([
      { text: expect.stringContaining('控制数') },
    ])

    const first = controlled.lines[0] as View['lines'][number]
    expect(
      await refusalsOf(
        call('education', 'draftBudget', {
          ...stepOf(controlled),
          lines: [{ lineId: first.id, amountFen: (first.controlFen as number) + 1 }],
        }),
      ),
    ).toEqual(['PLAN-R22', 'A33-4'])
    const drafted = await call('education', 'draftBudget', {
      ...stepOf(controlled),
      lines: [{ lineId: first.id, amountFen: (first.controlFen as number) - 1 }],
    })
    expectSums(drafted)

    expect(
      await refusalsOf(
        call('finance', 'approveBudget', {
          ...stepOf(drafted),
          document: '晋财预〔2035〕8号',
          repliedOn: '2026-11-24',
        }),
      ),
    ).toEqual(['future-reply'])
    const approved = await call('finance', 'approveBudget', {
      ...stepOf(drafted),
      document: '晋财预〔2035〕8号',
      repliedOn: today,
    })
    expectSums(approved)
    expect(approved.budget).toMatchObject({
      state: 'approved',
      approvedFen: 499_999_99,
      replyDocument: '晋财预〔2035〕8号',
      repliedOn: today,
    })
    expect(approved.findings.filter(({ outcome }) => outcome === 'block')).toEqual([])
    const final = await planNow(planId)
    expect(final.plan).toMatchObject({
      planVersion: 3,
      totalFen: 499_999_99,
      approvedFen: 499_999_99,
      replyDocument: '晋财预〔2035〕8号',
      controlFen: 500_000_00,
    })
    expect(final.versions.map(({ totalFen }) => totalFen)).toEqual([600_000_01, 500_000_00, 499_999_99])
    expect(mayEnterIntoForce(final.plan).ok).toBe(true)
    expect(await factsOf(made.budget.id)).toEqual([
      'budget.budget-made',
      'budget.budget-proposed',
      'budget.control-figures-set',
      'budget.budget-drafted',
      'budget.budget-approved',
    ])
    expect(await factsOf(planId)).toEqual(['plans.plan-aligned', 'plans.plan-aligned'])
    for (const may of Object.entries(approved.may)) if (may[0] !== 'export') expect(may[1], may[0]).not.toBeNull()
  })

  it('keeps the line finance names and drops what it sets to nothing', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2036, [
      { needKind: 'N03', amountFen: 300 },
      { needKind: 'N07', amountFen: 300 },
      { needKind: 'N08', amountFen: 300 },
    ])
    const proposed = await toProposed('bureau', planId)
    const [keep, drop, rest] = proposed.lines as [View['lines'][number], View['lines'][number], View['lines'][number]]
    const figures = [
      { lineId: keep.id, amountFen: 300 },
      { lineId: drop.id, amountFen: 0 },
    ]
    expect(
      await refusalsOf(
        call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 700, lines: figures, document: '文号' }),
      ),
    ).toEqual(['sum-differs'])
    expect(
      await refusalsOf(
        call('finance', 'setControlFigures', {
          ...stepOf(proposed),
          totalFen: 450,
          lines: [...figures, { lineId: drop.id, amountFen: 1 }],
          document: '文号',
        }),
      ),
    ).toEqual(['line-twice'])
    expect(
      await refusalsOf(
        call('finance', 'setControlFigures', {
          ...stepOf(proposed),
          totalFen: 450,
          lines: [{ lineId: newId(), amountFen: 1 }],
          document: '文号',
        }),
      ),
    ).toEqual(['unknown-line'])
    const controlled = await call('finance', 'setControlFigures', {
      ...stepOf(proposed),
      totalFen: 450,
      lines: figures,
      document: '文号',
    })
    expectSums(controlled)
    expect(controlled.lines.map(({ controlFen }) => controlFen)).toEqual([300, 0, 150])
    expect((await planNow(planId)).lines.map(({ id }) => id)).toEqual([keep.planLineId, rest.planLineId])
    const drafted = await call('bureau', 'draftBudget', { ...stepOf(controlled), lines: [] })
    const approved = await call('finance', 'approveBudget', { ...stepOf(drafted), document: '批复', repliedOn: today })
    expectSums(approved)
    expect((await planNow(planId)).plan).toMatchObject({ totalFen: 450, approvedFen: 450, planVersion: 2 })
  })

  it('returns each step to where it came from, with the reason', async () => {
    const planId = await issuedPlan('province-archives', 'organ', 2036, [{ needKind: 'N01', amountFen: 500 }])
    const proposed = await toProposed('archives', planId)
    await expect(call('finance', 'returnBudget', { ...stepOf(proposed), opinion: '  ' })).rejects.toThrow(
      '请写明退回原因',
    )
    const back = await call('finance', 'returnBudget', { ...stepOf(proposed), opinion: '请补充测算依据' })
    expect(back.budget.state).toBe('draft')
    const again = await call('archives', 'proposeBudget', stepOf(back))
    const controlled = await call('finance', 'setControlFigures', { ...stepOf(again), totalFen: 400, document: '文号' })
    expect(await refusalsOf(call('finance', 'returnBudget', { ...stepOf(controlled), opinion: '退回' }))).toEqual([
      'state',
    ])
    const drafted = await call('archives', 'draftBudget', { ...stepOf(controlled), lines: [] })
    const returned = await call('finance', 'returnBudget', { ...stepOf(drafted), opinion: '请核对科目' })
    expect(returned.budget).toMatchObject({ state: 'controlled', controlFen: 400 })
    expectSums(returned)
  })

  it('PLAN-R16: 三公 above what was approved last year is approved only with its ground named （只减不增）', async () => {
    const planOf = (year: number, amountFen: number) =>
      issuedPlan('province-education', 'organ', year, [{ needKind: 'N06', economicCode: '30217', amountFen }])
    const draftedOf = async (year: number, amountFen: number) => {
      const proposed = await toProposed('education', await planOf(year, amountFen))
      const controlled = await call('finance', 'setControlFigures', {
        ...stepOf(proposed),
        totalFen: amountFen,
        document: '文号',
      })
      return call('education', 'draftBudget', { ...stepOf(controlled), lines: [] })
    }
    await call('finance', 'approveBudget', {
      ...stepOf(await draftedOf(2041, 100)),
      document: '批复',
      repliedOn: today,
    })
    const risen = await draftedOf(2042, 130)
    expect(risen.threePublic).toMatchObject({ totalFen: 130, lastYearFen: 100, changeFen: 30 })
    const reply = { ...stepOf(risen), document: '批复', repliedOn: today }
    expect(await refusalsOf(call('finance', 'approveBudget', reply))).toEqual(['PLAN-R16'])
    expect(
      (await call('finance', 'approveBudget', { ...reply, opinion: '依据省政府批示〔2041〕2号' })).budget.state,
    ).toBe('approved')
  })
})

describe('who sees and who came first', () => {
  it('a stale version is refused in plain words, whatever the act', async () => {
    const planId = await issuedPlan('province-archives', 'organ', 2043, [{ needKind: 'N01', amountFen: 500 }])
    const made = await call('archives', 'makeBudget', { planId })
    const proposed = await call('archives', 'proposeBudget', stepOf(made))
    const stale = stepOf(made)
    const tries = [
      () => call('archives', 'saveBudget', { ...stale, lines: [] }),
      () => call('archives', 'proposeBudget', stale),
      () => call('archives', 'draftBudget', { ...stale, lines: [] }),
      () => call('finance', 'setControlFigures', { ...stale, totalFen: 1, document: '文号' }),
      () => call('finance', 'returnBudget', { ...stale, opinion: '退回' }),
      () => call('finance', 'approveBudget', { ...stale, document: '批复', repliedOn: today }),
    ]
    for (const attempt of tries) {
      const error = await attempt().then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(Conflict)
      expect((error as Conflict).message).toContain('请刷新后核对')
    }
    expect((await call('archives', 'viewBudget', { budgetId: made.budget.id })).budget).toMatchObject({
      state: 'proposed',
      version: proposed.budget.version,
    })
  })

  it('of two control figures at once one counts', async () => {
    const planId = await issuedPlan('province-archives', 'organ', 2044, [{ needKind: 'N01', amountFen: 500 }])
    const proposed = await toProposed('archives', planId)
    const results = await Promise.allSettled(
      [300, 400].map((totalFen) =>
        call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen, document: '文号' }),
      ),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const view = await call('archives', 'viewBudget', { budgetId: proposed.budget.id })
    expectSums(view)
    expect((await planNow(planId)).plan.totalFen).toBe(view.budget.controlFen)
  })

  it('lists the level for finance, the own for an organ, nothing of another jurisdiction', async () => {
    const listed = async (who: string, more: object = {}) => (await call(who, 'budgets', { limit: 200, ...more })).items
    const all = await listed('finance')
    expect(new Set(all.map(({ organName }) => organName)).size).toBeGreaterThan(2)
    expect(new Set((await listed('archives')).map(({ organId }) => organId))).toEqual(
      new Set([demonstrationOrganId('province-archives')]),
    )
    expect(await listed('cityFinance')).toEqual([])
    expect((await listed('finance', { year: 2036 })).every(({ year }) => year === 2036)).toBe(true)
    expect((await listed('finance', { state: 'approved' })).every(({ state }) => state === 'approved')).toBe(true)
    const paged: string[] = []
    for (let after: string | undefined; ;) {
      const page = await call('finance', 'budgets', { limit: 2, ...(after ? { after } : {}) })
      expect(page.total).toBe(all.length)
      paged.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    expect(paged).toEqual(all.map(({ id }) => id))
    await expect(call('cityFinance', 'viewBudget', { budgetId: all[0]?.id as string })).rejects.toThrow(Missing)
    await expect(call('finance', 'viewBudget', { budgetId: namedId('no budget') })).rejects.toThrow(Missing)
  })

  it('all figures add up in the end, and the check finds one that was changed behind our back', async () => {
    const { checked, faults } = await inTx(faultyBudgets)
    expect(checked).toBeGreaterThan(5)
    expect(faults).toEqual([])
    await inTx(async (tx) => {
      await sql`update budget.line set control_fen = control_fen + 1 where id = (select l.id from budget.line l join budget.budget b on b.id = l.budget_id where b.state = 'controlled' limit 1)`.execute(
        tx,
      )
      expect((await faultyBudgets(tx)).faults).toHaveLength(1)
    })
  })
})
