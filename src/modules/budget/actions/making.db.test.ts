import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { needKinds } from '#modules/standards/model.ts'
import {
  call,
  closeBudgetStage,
  expectSums,
  issuedPlan,
  openBudgetStage,
  refusalsOf,
  stepOf,
  sum,
  toProposed,
  type View,
} from '../testing/budget-stage.ts'

beforeAll(openBudgetStage)
afterAll(closeBudgetStage)

describe('making a budget from a plan (A33-4, PLAN-R22)', () => {
  it('gives every kind of need a code of the table that fits it, and takes the plan’s own where it has one', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2031, [
      ...needKinds.map((needKind) => ({ needKind, amountFen: 100 })),
      { needKind: 'N01', economicCode: '30206', amountFen: 7 },
    ])
    const view = await call('bureau', 'makeBudget', { planId })
    expectSums(view)
    expect(view.budget).toMatchObject({
      state: 'draft',
      proposedFen: 907,
      controlFen: null,
      draftedFen: 0,
      approvedFen: null,
    })
    expect(view.findings.filter(({ rule }) => rule === 'PLAN-R21')).toEqual([])
    expect(view.lines.at(-1)).toMatchObject({ economicCode: '30206', economicTitle: '电费', functionalCode: '2010303' })
  })

  it('refuses a plan that is not issued, a stranger, and a second start after proposing; a new start replaces the draft', async () => {
    const draft = await issuedPlan('province-education', 'organ', 2031, [{ needKind: 'N01', amountFen: 100 }], 'draft')
    expect(await refusalsOf(call('education', 'makeBudget', { planId: draft }))).toEqual(['plan-not-issued'])
    const planId = await issuedPlan('province-education', 'organ', 2032, [
      { needKind: 'N01', amountFen: 100 },
      { needKind: 'N01', amountFen: 0 },
    ])
    await expect(call('archives', 'makeBudget', { planId })).rejects.toThrow(Missing)
    expect(await refusalsOf(call('finance', 'makeBudget', { planId }))).toContain('not-own-organ')
    await expect(call('educationStaff', 'makeBudget', { planId })).rejects.toBeInstanceOf(Missing)
    const first = await call('education', 'makeBudget', { planId })
    expect(first.lines).toHaveLength(1)
    const again = await call('education', 'makeBudget', { planId })
    expect(again.budget).toMatchObject({ id: first.budget.id, version: first.budget.version + 1 })
    await call('education', 'proposeBudget', stepOf(again))
    expect(await refusalsOf(call('education', 'makeBudget', { planId }))).toEqual(['state'])
  })

  it('splits and reclassifies a draft within the plan line only', async () => {
    const planId = await issuedPlan('province-education', 'organ', 2033, [
      { needKind: 'N01', economicCode: '30201', amountFen: 100 },
    ])
    const view = await call('education', 'makeBudget', { planId })
    const [line] = view.lines as [View['lines'][number]]
    const lineOf = (amountFen: number, economicCode: string, id: string | null = null) => ({
      id,
      planLineId: line.planLineId,
      economicCode,
      functionalCode: '2010302',
      amountFen,
    })
    expect(
      await refusalsOf(
        call('education', 'saveBudget', {
          ...stepOf(view),
          lines: [lineOf(60, '30201', line.id), lineOf(41, '30202')],
        }),
      ),
    ).toEqual(['PLAN-R22'])
    expect(
      await refusalsOf(
        call('education', 'saveBudget', { ...stepOf(view), lines: [{ ...lineOf(1, '30201'), planLineId: newId() }] }),
      ),
    ).toEqual(['PLAN-R22'])
    const saved = await call('education', 'saveBudget', {
      ...stepOf(view),
      lines: [lineOf(60, '30201', line.id), lineOf(40, '30202')],
    })
    expectSums(saved)
    expect(saved.lines.map(({ id, economicCode, proposedFen }) => [id === line.id, economicCode, proposedFen])).toEqual(
      [
        [true, '30201', 60],
        [false, '30202', 40],
      ],
    )
    const wrongCode = await call('education', 'saveBudget', {
      ...stepOf(saved),
      lines: [lineOf(100, '39999', line.id)],
    })
    expect(await refusalsOf(call('education', 'proposeBudget', stepOf(wrongCode)))).toEqual(['PLAN-R21'])
    expect(await refusalsOf(call('education', 'exportBudget', { budgetId: view.budget.id, format: 'json' }))).toEqual([
      'PLAN-R21',
    ])
  })

  it('PLAN-R07: a centralised matter does not leave an organ in its own budget', async () => {
    const planId = await issuedPlan('province-education', 'organ', 2034, [
      { needKind: 'N01', amountFen: 100 },
      { needKind: 'N05', amountFen: 100 },
    ])
    const view = await call('education', 'makeBudget', { planId })
    expect(view.findings.map(({ rule, outcome }) => `${rule} ${outcome}`)).toContain('PLAN-R07 block')
    expect(view.may.propose?.map(({ code }) => code)).toEqual(['PLAN-R07'])
    expect(await refusalsOf(call('education', 'proposeBudget', stepOf(view)))).toEqual(['PLAN-R07'])
  })
})

describe('the table for finance', () => {
  it('says the same in JSON （分） and in the workbook （万元）， and the sums are the budget’s', async () => {
    const planId = await issuedPlan('province-authority', 'authority', 2045, [
      { needKind: 'N05', economicCode: '31013', amountFen: 18_000_000_00 },
      { needKind: 'N05', economicCode: '30231', amountFen: 3_500_000_50 },
      { needKind: 'N07', amountFen: 1_234_567_89 },
    ])
    const { budget, lines } = await toProposed('bureau', planId)
    const fileOf = async (format: 'json' | 'xlsx') =>
      (await call('audit', 'exportBudget', { budgetId: budget.id, format })) as { fileName: string; body: Buffer }
    const json = JSON.parse((await fileOf('json')).body.toString()) as {
      budget: typeof budget & { budgetCode: string }
      lines: typeof lines
      threePublic: { totalFen: number; vehiclesFen: number }
    }
    expect(json.budget).toMatchObject({ proposedFen: 22_734_568_39, budgetCode: expect.stringMatching(/^\d{6,12}$/) })
    expect(sum(json.lines, 'proposedFen')).toBe(json.budget.proposedFen)
    expect(json.threePublic).toMatchObject({ vehiclesFen: 21_500_000_50, totalFen: 21_500_000_50 })
    const file = await fileOf('xlsx')
    expect(file.fileName).toBe('山西省机关事务管理局2045年度部门预算（一上）.xlsx')
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(file.body as never)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['按经济科目', '预算明细', '三公经费'])
    for (const name of ['按经济科目', '预算明细']) {
      const page = workbook.getWorksheet(name) as ExcelJS.Worksheet
      const column = (page.getRow(3).values as string[]).indexOf('建议数')
      const figures = (page.getColumn(column).values.slice(4) as number[]).map((amount) =>
        Math.round(amount * 1_000_000),
      )
      expect(figures.at(-1), name).toBe(22_734_568_39)
      expect(
        figures.slice(0, -1).reduce((a, b) => a + b, 0),
        name,
      ).toBe(22_734_568_39)
    }
    await expect(call('cityFinance', 'exportBudget', { budgetId: budget.id })).rejects.toThrow(Missing)
  })
})
