import { sql } from 'kysely'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testActor, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { cycleOf, insertCycle } from '#modules/plans/store/cycle.ts'
import {
  insertPlan,
  insertVersion,
  planById,
  planLines,
  replacePlanLines,
  versionsOfPlan,
} from '#modules/plans/store/plan.ts'
import type { NeedKind } from '#modules/standards/model.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract, type BudgetView } from '../contract.ts'
import budgetModule from '../module.ts'

export type View = z.output<typeof BudgetView>
export const today = '2026-11-23'
let database: FreshDatabase
export const people: Record<string, Actor> = {}

/** A database with the standards, the demonstration's organs and some of their people; for `beforeAll`. */
export async function openBudgetStage(): Promise<void> {
  database = await seededDatabase(today, [organs, standards])
  await inTx(async (tx) => {
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
}
export const closeBudgetStage = () => database.drop()

export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

/** Through the contract, as a named person. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const { [name]: operation } = contract
  const caseKinds = new Map((budgetModule.cases ?? []).map((declared) => [declared.kind.kind, declared]))
  const parsed = operation.input.parse(input)
  const action = actions[name] as (ctx: unknown) => Promise<unknown>
  const answer = await inTx((tx) => action(testCtx({ tx, today, actor: people[who] as Actor, caseKinds }, parsed)))
  return operation.output.parse(answer) as z.output<(typeof contract)[N]['output']>
}

export type Wanted = {
  needKind: NeedKind
  amountFen: number
  economicCode?: string
  itemName?: string
  centralised?: boolean
}

/** A plan as the plan cycle leaves it when it is issued. */
export async function issuedPlan(
  organKey: string,
  kind: 'authority' | 'organ',
  year: number,
  wanted: readonly Wanted[],
  state: 'draft' | 'issued' = 'issued',
): Promise<string> {
  const organId = demonstrationOrganId(organKey)
  const id = newId()
  const texts = { present: '现状', needs: '需求', equipping: '配备', disposal: '处置' }
  await inTx(async (tx) => {
    const cycleId = (await cycleOf(tx, '140000', year))?.id ?? newId()
    if (!(await cycleOf(tx, '140000', year)))
      await insertCycle(tx, {
        id: cycleId,
        jurisdictionCode: '140000',
        year,
        state: 'open',
        demandOpensOn: `${year - 1}-06-01`,
        demandClosesOn: `${year - 1}-06-30`,
        reviewUntil: `${year - 1}-07-31`,
        planUntil: `${year - 1}-08-20`,
        standardsOn: `${year - 1}-06-01`,
        openedOn: `${year - 1}-05-15`,
        openedBy: null,
      })
    const lines = wanted.map(({ needKind, amountFen, economicCode, itemName, centralised }, index) => ({
      id: newId(),
      lineNo: index + 1,
      number: `JH-${year}-${index + 1}`,
      demandLineId: null,
      ledgerLineId: null,
      centralised: centralised ?? kind === 'authority',
      servedOrganId: organId,
      needKind,
      itemName: itemName ?? `事项${index + 1}`,
      economicCode: economicCode ?? '',
      unit: '项',
      quantity: 1,
      amountFen,
      fromMonth: 1,
      toMonth: 12,
    }))
    const totalFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
    await insertPlan(tx, {
      id,
      cycleId,
      jurisdictionCode: '140000',
      year,
      organId,
      kind,
      planVersion: 1,
      state,
      caseId: null,
      texts,
      documentNumber: null,
      issuedOn: null,
      inForceOn: null,
      controlFen: null,
      approvedFen: null,
      replyDocument: null,
      totalFen,
      lineCount: lines.length,
      version: 1,
    })
    await replacePlanLines(tx, id, 1, lines)
    await insertVersion(tx, id, { planVersion: 1, madeOn: today, madeBy: '测试', reason: '编制草案', totalFen, texts })
  })
  return id
}

/** The plan as it stands, with its lines and versions. */
export const planNow = (planId: string) =>
  inTx(async (tx) => {
    const plan = await planById(tx, planId)
    if (!plan) throw new Error('no plan')
    return { plan, lines: await planLines(tx, planId, plan.planVersion), versions: await versionsOfPlan(tx, planId) }
  })
export const stepOf = ({ budget }: View) => ({ budgetId: budget.id, version: budget.version })
export const sum = (lines: View['lines'], figure: 'proposedFen' | 'controlFen' | 'draftedFen' | 'approvedFen') =>
  lines.reduce((total, line) => total + (line[figure] ?? 0), 0)
/** Codes of the refusals an act meets; anything else it throws goes on. */
export const refusalsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}
export const toProposed = async (who: string, planId: string) =>
  call(who, 'proposeBudget', stepOf(await call(who, 'makeBudget', { planId })))
/** What the audit record says happened to a subject. */
export const factsOf = (id: string) =>
  inTx(async (tx) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )

/** Totals of a budget never differ from its lines, at any step; nor from the sums by economic code. */
export function expectSums({ budget, lines, byEconomicCode }: View): void {
  const figures = ['proposedFen', 'controlFen', 'draftedFen', 'approvedFen'] as const
  for (const figure of figures) {
    expect(sum(lines, figure), figure).toBe(budget[figure] ?? 0)
    expect(
      byEconomicCode.reduce((total, row) => total + (row[figure] ?? 0), 0),
      figure,
    ).toBe(budget[figure] ?? 0)
  }
}
