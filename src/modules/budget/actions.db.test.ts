import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { notificationsFor } from '#kernel/server/cases/notifications.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { Conflict, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { namedId, newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { needKinds, type NeedKind } from '#modules/standards/model.ts'
import organs from '../organs/module.ts'
import { demonstrationOrganId, organById } from '../organs/offers.ts'
import { mayEnterIntoForce } from '../plans/rules/plan.ts'
import { cycleOf, insertCycle } from '../plans/store/cycle.ts'
import { insertPlan, insertVersion, planById, planLines, replacePlanLines, versionsOfPlan } from '../plans/store/plan.ts'
import standards from '../standards/module.ts'
import { actions } from './actions.ts'
import { contract, type BudgetView } from './contract.ts'
import budgetModule from './module.ts'
import { faultyBudgets } from './store.ts'

type View = z.output<typeof BudgetView>
const today = '2026-11-23'
let database: FreshDatabase
const people: Record<string, Actor> = {}

beforeAll(async () => {
  database = await freshDatabase()
  await inTx(async (tx) => {
    for (const { reference, seed } of [organs, standards]) {
      await reference?.(testAct({ tx, today }), () => {})
      await seed?.(testAct({ tx, today }), () => {})
    }
    const hire = async (name: string, organKey: string, roles: readonly Role[]) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, roles, { name })
    }
    await hire('bureau', 'province-authority', ['plan-reviewer'])
    await hire('finance', 'province-finance', ['finance-reviewer'])
    await hire('cityFinance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('education', 'province-education', ['organ-clerk'])
    await hire('educationStaff', 'province-education', ['staff'])
    await hire('archives', 'province-archives', ['organ-clerk'])
    await hire('audit', 'province-audit', ['supervisor'])
  })
})
afterAll(() => database.drop())

const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

/** Through the contract, as a named person. */
async function call<N extends keyof typeof contract>(who: string, name: N, input: z.input<(typeof contract)[N]['input']>): Promise<z.output<(typeof contract)[N]['output']>> {
  const { [name]: operation } = contract
  const caseKinds = new Map((budgetModule.cases ?? []).map((declared) => [declared.kind.kind, declared]))
  const parsed = operation.input.parse(input)
  const action = actions[name] as (ctx: unknown) => Promise<unknown>
  const answer = await inTx((tx) => action(testCtx({ tx, today, actor: people[who] as Actor, caseKinds }, parsed)))
  return operation.output.parse(answer) as z.output<(typeof contract)[N]['output']>
}

type Wanted = { needKind: NeedKind; amountFen: number; economicCode?: string; itemName?: string; centralised?: boolean }

/** A plan as the plan cycle leaves it when it is issued. */
async function issuedPlan(organKey: string, kind: 'authority' | 'organ', year: number, wanted: readonly Wanted[], state: 'draft' | 'issued' = 'issued'): Promise<string> {
  const organId = demonstrationOrganId(organKey)
  const id = newId()
  const texts = { present: '现状', needs: '需求', equipping: '配备', disposal: '处置' }
  await inTx(async (tx) => {
    const cycleId = (await cycleOf(tx, '140000', year))?.id ?? newId()
    if (!(await cycleOf(tx, '140000', year)))
      await insertCycle(tx, {
        id: cycleId, jurisdictionCode: '140000', year, state: 'open', demandOpensOn: `${year - 1}-06-01`, demandClosesOn: `${year - 1}-06-30`,
        reviewUntil: `${year - 1}-07-31`, planUntil: `${year - 1}-08-20`, standardsOn: `${year - 1}-06-01`, openedOn: `${year - 1}-05-15`, openedBy: null,
      })
    const lines = wanted.map(({ needKind, amountFen, economicCode, itemName, centralised }, index) => ({
      id: newId(), lineNo: index + 1, number: `JH-${year}-${index + 1}`, demandLineId: null, ledgerLineId: null, centralised: centralised ?? kind === 'authority',
      servedOrganId: organId, needKind, itemName: itemName ?? `事项${index + 1}`, economicCode: economicCode ?? '', unit: '项', quantity: 1, amountFen, fromMonth: 1, toMonth: 12,
    }))
    const totalFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
    await insertPlan(tx, {
      id, cycleId, jurisdictionCode: '140000', year, organId, kind, planVersion: 1, state, caseId: null, texts, documentNumber: null, issuedOn: null,
      inForceOn: null, controlFen: null, approvedFen: null, replyDocument: null, totalFen, lineCount: lines.length, version: 1,
    })
    await replacePlanLines(tx, id, 1, lines)
    await insertVersion(tx, id, { planVersion: 1, madeOn: today, madeBy: '测试', reason: '编制草案', totalFen, texts })
  })
  return id
}

const planNow = (planId: string) =>
  inTx(async (tx) => {
    const plan = await planById(tx, planId)
    if (!plan) throw new Error('no plan')
    return { plan, lines: await planLines(tx, planId, plan.planVersion), versions: await versionsOfPlan(tx, planId) }
  })
const stepOf = ({ budget }: View) => ({ budgetId: budget.id, version: budget.version })
const sum = (lines: View['lines'], figure: 'proposedFen' | 'controlFen' | 'draftedFen' | 'approvedFen') => lines.reduce((total, line) => total + (line[figure] ?? 0), 0)
const refusalsOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => null, (thrown: unknown) => thrown)
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}
const toProposed = async (who: string, planId: string) => call(who, 'proposeBudget', stepOf(await call(who, 'makeBudget', { planId })))
const factsOf = (id: string) =>
  inTx(async (tx) => (await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)).rows.map(({ fact }) => fact))

/** Totals of a budget never differ from its lines, at any step; nor from the sums by economic code. */
function expectSums({ budget, lines, byEconomicCode }: View): void {
  const figures = ['proposedFen', 'controlFen', 'draftedFen', 'approvedFen'] as const
  for (const figure of figures) {
    expect(sum(lines, figure), figure).toBe(budget[figure] ?? 0)
    expect(byEconomicCode.reduce((total, row) => total + (row[figure] ?? 0), 0), figure).toBe(budget[figure] ?? 0)
  }
}

describe('making a budget from a plan (A33-4, PLAN-R22)', () => {
  it('gives every kind of need a code of the table that fits it, and takes the plan’s own where it has one', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2031, [...needKinds.map((needKind) => ({ needKind, amountFen: 100 })), { needKind: 'N01', economicCode: '30206', amountFen: 7 }])
    const view = await call('bureau', 'makeBudget', { planId })
    expectSums(view)
    expect(view.budget).toMatchObject({ state: 'draft', proposedFen: 907, controlFen: null, draftedFen: 0, approvedFen: null })
    expect(view.findings.filter(({ rule }) => rule === 'PLAN-R21')).toEqual([])
    expect(view.lines.at(-1)).toMatchObject({ economicCode: '30206', economicTitle: '电费', functionalCode: '2010303' })
  })

  it('refuses a plan that is not issued, a stranger, and a second start after proposing; a new start replaces the draft', async () => {
    const draft = await issuedPlan('province-education', 'organ', 2031, [{ needKind: 'N01', amountFen: 100 }], 'draft')
    expect(await refusalsOf(call('education', 'makeBudget', { planId: draft }))).toEqual(['plan-not-issued'])
    const planId = await issuedPlan('province-education', 'organ', 2032, [{ needKind: 'N01', amountFen: 100 }, { needKind: 'N01', amountFen: 0 }])
    await expect(call('archives', 'makeBudget', { planId })).rejects.toThrow(Missing)
    expect(await refusalsOf(call('finance', 'makeBudget', { planId }))).toContain('not-own-organ')
    expect(await refusalsOf(call('educationStaff', 'makeBudget', { planId }))).toEqual(['role'])
    const first = await call('education', 'makeBudget', { planId })
    expect(first.lines).toHaveLength(1)
    const again = await call('education', 'makeBudget', { planId })
    expect(again.budget).toMatchObject({ id: first.budget.id, version: first.budget.version + 1 })
    await call('education', 'proposeBudget', stepOf(again))
    expect(await refusalsOf(call('education', 'makeBudget', { planId }))).toEqual(['state'])
  })

  it('splits and reclassifies a draft within the plan line only', async () => {
    const planId = await issuedPlan('province-education', 'organ', 2033, [{ needKind: 'N01', economicCode: '30201', amountFen: 100 }])
    const view = await call('education', 'makeBudget', { planId })
    const [line] = view.lines as [View['lines'][number]]
    const lineOf = (amountFen: number, economicCode: string, id: string | null = null) => ({ id, planLineId: line.planLineId, economicCode, functionalCode: '2010302', amountFen })
    expect(await refusalsOf(call('education', 'saveBudget', { ...stepOf(view), lines: [lineOf(60, '30201', line.id), lineOf(41, '30202')] }))).toEqual(['PLAN-R22'])
    expect(await refusalsOf(call('education', 'saveBudget', { ...stepOf(view), lines: [{ ...lineOf(1, '30201'), planLineId: newId() }] }))).toEqual(['PLAN-R22'])
    const saved = await call('education', 'saveBudget', { ...stepOf(view), lines: [lineOf(60, '30201', line.id), lineOf(40, '30202')] })
    expectSums(saved)
    expect(saved.lines.map(({ id, economicCode, proposedFen }) => [id === line.id, economicCode, proposedFen])).toEqual([[true, '30201', 60], [false, '30202', 40]])
    const wrongCode = await call('education', 'saveBudget', { ...stepOf(saved), lines: [lineOf(100, '39999', line.id)] })
    expect(await refusalsOf(call('education', 'proposeBudget', stepOf(wrongCode)))).toEqual(['PLAN-R21'])
    expect(await refusalsOf(call('education', 'exportBudget', { budgetId: view.budget.id, format: 'json' }))).toEqual(['PLAN-R21'])
  })

  it('PLAN-R07: a centralised matter does not leave an organ in its own budget', async () => {
    const planId = await issuedPlan('province-education', 'organ', 2034, [{ needKind: 'N01', amountFen: 100 }, { needKind: 'N05', amountFen: 100 }])
    const view = await call('education', 'makeBudget', { planId })
    expect(view.findings.map(({ rule, outcome }) => `${rule} ${outcome}`)).toContain('PLAN-R07 block')
    expect(view.may.propose?.map(({ code }) => code)).toEqual(['PLAN-R07'])
    expect(await refusalsOf(call('education', 'proposeBudget', stepOf(view)))).toEqual(['PLAN-R07'])
  })
})

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
    expect(await inTx((tx) => notificationsFor(tx, people['finance'] as Actor, null, 1))).toMatchObject([{ link: `/budget/budgets/${made.budget.id}` }])

    expect(await refusalsOf(call('education', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '晋财预〔2034〕1号' }))).toContain('not-finance')
    await expect(call('cityFinance', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '并财预〔2034〕1号' })).rejects.toThrow(Missing)
    expect(await refusalsOf(call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 600_000_02, document: '晋财预〔2034〕1号' }))).toEqual(['above-proposal'])
    expect(await refusalsOf(call('audit', 'setControlFigures', { ...stepOf(proposed), totalFen: 1, document: '晋财预〔2034〕1号' }))).toContain('not-finance')

    const controlled = await call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 500_000_00, document: '晋财预〔2034〕1号' })
    expectSums(controlled)
    expect(controlled.budget).toMatchObject({ state: 'controlled', controlFen: 500_000_00, controlDocument: '晋财预〔2034〕1号', draftedFen: 500_000_00 })
    const cut = await planNow(planId)
    expect(cut.plan).toMatchObject({ planVersion: 2, totalFen: 500_000_00, controlFen: 500_000_00, approvedFen: null })
    expect(cut.lines.map(({ amountFen }) => amountFen)).toEqual(controlled.lines.map(({ controlFen }) => controlFen))
    expect(mayEnterIntoForce(cut.plan).ok).toBe(false)
    expect(await inTx((tx) => notificationsFor(tx, people['education'] as Actor, null, 1))).toMatchObject([{ text: expect.stringContaining('控制数') }])

    const first = controlled.lines[0] as View['lines'][number]
    expect(await refusalsOf(call('education', 'draftBudget', { ...stepOf(controlled), lines: [{ lineId: first.id, amountFen: (first.controlFen as number) + 1 }] }))).toEqual(['PLAN-R22', 'A33-4'])
    const drafted = await call('education', 'draftBudget', { ...stepOf(controlled), lines: [{ lineId: first.id, amountFen: (first.controlFen as number) - 1 }] })
    expectSums(drafted)

    expect(await refusalsOf(call('finance', 'approveBudget', { ...stepOf(drafted), document: '晋财预〔2035〕8号', repliedOn: '2026-11-24' }))).toEqual(['future-reply'])
    const approved = await call('finance', 'approveBudget', { ...stepOf(drafted), document: '晋财预〔2035〕8号', repliedOn: today })
    expectSums(approved)
    expect(approved.budget).toMatchObject({ state: 'approved', approvedFen: 499_999_99, replyDocument: '晋财预〔2035〕8号', repliedOn: today })
    expect(approved.findings.filter(({ outcome }) => outcome === 'block')).toEqual([])
    const final = await planNow(planId)
    expect(final.plan).toMatchObject({ planVersion: 3, totalFen: 499_999_99, approvedFen: 499_999_99, replyDocument: '晋财预〔2035〕8号', controlFen: 500_000_00 })
    expect(final.versions.map(({ totalFen }) => totalFen)).toEqual([600_000_01, 500_000_00, 499_999_99])
    expect(mayEnterIntoForce(final.plan).ok).toBe(true)
    expect(await factsOf(made.budget.id)).toEqual(['budget.budget-made', 'budget.budget-proposed', 'budget.control-figures-set', 'budget.budget-drafted', 'budget.budget-approved'])
    expect(await factsOf(planId)).toEqual(['plans.plan-aligned', 'plans.plan-aligned'])
    for (const may of Object.entries(approved.may)) if (may[0] !== 'export') expect(may[1], may[0]).not.toBeNull()
  })

  it('keeps the line finance names and drops what it sets to nothing', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2036, [
      { needKind: 'N03', amountFen: 300 }, { needKind: 'N07', amountFen: 300 }, { needKind: 'N08', amountFen: 300 },
    ])
    const proposed = await toProposed('bureau', planId)
    const [keep, drop, rest] = proposed.lines as [View['lines'][number], View['lines'][number], View['lines'][number]]
    const figures = [{ lineId: keep.id, amountFen: 300 }, { lineId: drop.id, amountFen: 0 }]
    expect(await refusalsOf(call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 700, lines: figures, document: '文号' }))).toEqual(['sum-differs'])
    expect(await refusalsOf(call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 450, lines: [...figures, { lineId: drop.id, amountFen: 1 }], document: '文号' }))).toEqual(['line-twice'])
    expect(await refusalsOf(call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 450, lines: [{ lineId: newId(), amountFen: 1 }], document: '文号' }))).toEqual(['unknown-line'])
    const controlled = await call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: 450, lines: figures, document: '文号' })
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
    await expect(call('finance', 'returnBudget', { ...stepOf(proposed), opinion: '  ' })).rejects.toThrow('请写明退回原因')
    const back = await call('finance', 'returnBudget', { ...stepOf(proposed), opinion: '请补充测算依据' })
    expect(back.budget.state).toBe('draft')
    const again = await call('archives', 'proposeBudget', stepOf(back))
    const controlled = await call('finance', 'setControlFigures', { ...stepOf(again), totalFen: 400, document: '文号' })
    expect(await refusalsOf(call('finance', 'returnBudget', { ...stepOf(controlled), opinion: '退回' }))).toEqual(['state'])
    const drafted = await call('archives', 'draftBudget', { ...stepOf(controlled), lines: [] })
    const returned = await call('finance', 'returnBudget', { ...stepOf(drafted), opinion: '请核对科目' })
    expect(returned.budget).toMatchObject({ state: 'controlled', controlFen: 400 })
    expectSums(returned)
  })

  it('PLAN-R16: 三公 above what was approved last year is approved only with its ground named (只减不增)', async () => {
    const planOf = (year: number, amountFen: number) => issuedPlan('province-education', 'organ', year, [{ needKind: 'N06', economicCode: '30217', amountFen }])
    const draftedOf = async (year: number, amountFen: number) => {
      const proposed = await toProposed('education', await planOf(year, amountFen))
      const controlled = await call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen: amountFen, document: '文号' })
      return call('education', 'draftBudget', { ...stepOf(controlled), lines: [] })
    }
    await call('finance', 'approveBudget', { ...stepOf(await draftedOf(2041, 100)), document: '批复', repliedOn: today })
    const risen = await draftedOf(2042, 130)
    expect(risen.threePublic).toMatchObject({ totalFen: 130, lastYearFen: 100, changeFen: 30 })
    const reply = { ...stepOf(risen), document: '批复', repliedOn: today }
    expect(await refusalsOf(call('finance', 'approveBudget', reply))).toEqual(['PLAN-R16'])
    expect((await call('finance', 'approveBudget', { ...reply, opinion: '依据省政府批示〔2041〕2号' })).budget.state).toBe('approved')
  })
})

describe('the table for finance', () => {
  it('says the same in JSON (分) and in the workbook (万元), and the sums are the budget’s', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2045, [
      { needKind: 'N05', economicCode: '31013', amountFen: 18_000_000_00 }, { needKind: 'N05', economicCode: '30231', amountFen: 3_500_000_50 }, { needKind: 'N07', amountFen: 1_234_567_89 },
    ])
    const { budget, lines } = await toProposed('bureau', planId)
    const fileOf = async (format: 'json' | 'xlsx') => (await call('audit', 'exportBudget', { budgetId: budget.id, format })) as { fileName: string; body: Buffer }
    const json = JSON.parse((await fileOf('json')).body.toString()) as { budget: typeof budget & { budgetCode: string }; lines: typeof lines; threePublic: { totalFen: number; vehiclesFen: number } }
    expect(json.budget).toMatchObject({ proposedFen: 22_734_568_39, budgetCode: expect.stringMatching(/^\d{6,12}$/) })
    expect(sum(json.lines, 'proposedFen')).toBe(json.budget.proposedFen)
    expect(json.threePublic).toMatchObject({ vehiclesFen: 21_500_000_50, totalFen: 21_500_000_50 })
    const file = await fileOf('xlsx')
    expect(file.fileName).toBe('山西省机关事务管理局2045年度部门预算(一上).xlsx')
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(file.body as never)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['按经济科目', '预算明细', '三公经费'])
    for (const name of ['按经济科目', '预算明细']) {
      const page = workbook.getWorksheet(name) as ExcelJS.Worksheet
      const column = (page.getRow(3).values as string[]).indexOf('建议数')
      const figures = (page.getColumn(column).values.slice(4) as number[]).map((amount) => Math.round(amount * 1_000_000))
      expect(figures.at(-1), name).toBe(22_734_568_39)
      expect(figures.slice(0, -1).reduce((a, b) => a + b, 0), name).toBe(22_734_568_39)
    }
    await expect(call('cityFinance', 'exportBudget', { budgetId: budget.id })).rejects.toThrow(Missing)
  })
})

describe('who sees and who came first', () => {
  it('a stale version is refused in plain words, whatever the act', async () => {
    const planId = await issuedPlan('province-archives', 'organ', 2043, [{ needKind: 'N01', amountFen: 500 }])
    const made = await call('archives', 'makeBudget', { planId })
    const proposed = await call('archives', 'proposeBudget', stepOf(made))
    const stale = stepOf(made)
    const tries = [
      () => call('archives', 'saveBudget', { ...stale, lines: [] }), () => call('archives', 'proposeBudget', stale), () => call('archives', 'draftBudget', { ...stale, lines: [] }),
      () => call('finance', 'setControlFigures', { ...stale, totalFen: 1, document: '文号' }), () => call('finance', 'returnBudget', { ...stale, opinion: '退回' }),
      () => call('finance', 'approveBudget', { ...stale, document: '批复', repliedOn: today }),
    ]
    for (const attempt of tries) {
      const error = await attempt().then(() => null, (thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Conflict)
      expect((error as Conflict).message).toContain('请刷新后核对')
    }
    expect((await call('archives', 'viewBudget', { budgetId: made.budget.id })).budget).toMatchObject({ state: 'proposed', version: proposed.budget.version })
  })

  it('of two control figures at once one counts', async () => {
    const planId = await issuedPlan('province-archives', 'organ', 2044, [{ needKind: 'N01', amountFen: 500 }])
    const proposed = await toProposed('archives', planId)
    const results = await Promise.allSettled([300, 400].map((totalFen) => call('finance', 'setControlFigures', { ...stepOf(proposed), totalFen, document: '文号' })))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const view = await call('archives', 'viewBudget', { budgetId: proposed.budget.id })
    expectSums(view)
    expect((await planNow(planId)).plan.totalFen).toBe(view.budget.controlFen)
  })

  it('lists the level for finance, the own for an organ, nothing of another jurisdiction', async () => {
    const listed = async (who: string, more: object = {}) => (await call(who, 'budgets', { limit: 200, ...more })).items
    const all = await listed('finance')
    expect(new Set(all.map(({ organName }) => organName)).size).toBeGreaterThan(2)
    expect(new Set((await listed('archives')).map(({ organId }) => organId))).toEqual(new Set([demonstrationOrganId('province-archives')]))
    expect(await listed('cityFinance')).toEqual([])
    expect((await listed('finance', { year: 2036 })).every(({ year }) => year === 2036)).toBe(true)
    expect((await listed('finance', { state: 'approved' })).every(({ state }) => state === 'approved')).toBe(true)
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
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
    expect(checked).toBeGreaterThan(8)
    expect(faults).toEqual([])
    await inTx(async (tx) => {
      await sql`update budget.line set control_fen = control_fen + 1 where id = (select l.id from budget.line l join budget.budget b on b.id = l.budget_id where b.state = 'controlled' limit 1)`.execute(tx)
      expect((await faultyBudgets(tx)).faults).toHaveLength(1)
    })
  })
})
