import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { newId } from '#kernel/server/identifier.ts'
import { changeBy } from '#apps/demonstration/execution.ts'
import { contract as assets } from '#modules/assets/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import type { LedgerLine } from '#modules/ledger/model.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { jobs } from '#modules/plans/jobs.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, type Caller } from './visit.ts'

/** The plan year on the whole demonstration, through HTTP and against the tables. */
let stage: StageForTest
let clerk: Caller
let reviewer: Caller
let otherClerk: Caller
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  clerk = await callerAt(stage.address, 'shi.education.jingban')
  reviewer = await callerAt(stage.address, 'shi.jihua')
  otherClerk = await callerAt(stage.address, 'xian.education.jingban')
}, 300_000)
afterAll(() => stage.close())

const rowsOf = async <T>(query: ReturnType<typeof sql<T>>) =>
  (await transaction(stage.application.ground.db, (tx) => query.execute(tx), { readOnly: true, scope: systemScope }))
    .rows
const demandsOf = async (state: 'draft' | 'submitted' | 'returned') =>
  (await reviewer(plans.demands, { year: 2027, state, limit: 50 })).body.items

describe('review', () => {
  test('A33-1 proposals made for all at once are those made one by one; again nothing is added', async () => {
    const { ground } = stage.application
    const open = await demandsOf('submitted')
    expect(open.length).toBeGreaterThan(1)
    const cycleId = open[0]?.cycleId as string
    const proposals = () =>
      rowsOf(sql<{
        line: string
      }>`select line_id, proposed_opinion, proposed_quantity, proposed_fen, proposed_reason, j.inputs, j.findings, j.conclusion, oddness
        from plans.review r join plans.demand d on d.id = r.demand_id join kernel.judgement j on j.id = r.judgement_id
        where d.cycle_id = ${cycleId} and d.state = 'submitted' and r.opinion is null order by line_id`)
    for (const { id } of open) expect((await reviewer(plans.viewReview, { demandId: id })).status).toBe(200)
    const oneByOne = await proposals()
    await ground.act(({ tx }) =>
      sql`delete from plans.review r using plans.demand d where d.id = r.demand_id and d.cycle_id = ${cycleId}
        and d.state = 'submitted' and r.opinion is null`.execute(tx),
    )
    const run = () =>
      jobs['plans.propose-all']?.run({
        runId: newId(),
        data: { cycleId },
        transact: ground.act,
        progress: async () => {},
      })
    const link = `/plans/reviews/${cycleId}`
    expect(await run()).toEqual({ demands: open.length, lines: oneByOne.length, link })
    expect(await proposals()).toEqual(oneByOne)
    expect(await run()).toEqual({ demands: open.length, lines: 0, link })
  })

  test('A22-1, A33-1 the demands of an organ with a register are judged by its cards, and the judgements keep the count', async () => {
    const own = (await clerk(plans.demands, { year: 2027, limit: 1 })).body.items[0]
    const { holdings } = (await clerk(plans.viewDemand, { demandId: own?.id as string })).body
    const counted = holdings.filter(({ source }) => source === 'register')
    expect(counted.length).toBeGreaterThan(5)
    for (const { classCode, quantity } of counted.slice(0, 3)) {
      const page = (await clerk(assets.cards, { classPrefix: classCode as string, limit: 1 })).body
      expect([classCode, page.total]).toEqual([classCode, quantity])
    }
    const kept = await rowsOf(sql<{ code: string; source: string | null; quantity: number }>`
      select j.inputs #>> '{facts,holding,standardCode}' as code, j.inputs #>> '{facts,holding,source}' as source,
        (j.inputs #>> '{facts,holding,quantity}')::int as quantity
      from plans.review r join plans.demand d on d.id = r.demand_id join kernel.judgement j on j.id = r.judgement_id
      where d.organ_id = ${own?.organId} and j.inputs #>> '{facts,holding,standardCode}' = any(${counted.map(({ standardCode }) => standardCode)})`)
    expect(kept.length).toBeGreaterThan(0)
    // What was bought on the plan meanwhile was not there when its demand was judged.
    const bought = await rowsOf(sql<{ classCode: string; pieces: number }>`
      select c.class_code, sum(c.quantity)::int as pieces from procurement.item_card i join assets.card c on c.id = i.card_id
      where c.organ_id = ${own?.organId} group by 1`)
    const then = new Map(
      counted.map(({ standardCode, classCode, quantity }) => [
        standardCode,
        quantity - (bought.find((one) => one.classCode === classCode)?.pieces ?? 0),
      ]),
    )
    for (const row of kept) expect(row).toEqual({ code: row.code, source: 'register', quantity: then.get(row.code) })
  })

  test('an application withdrawn has no proposals left, and none are made for it', async () => {
    const demand = (await demandsOf('submitted')).at(-1)
    if (!demand) throw new Error('nothing is under review')
    const { ground } = stage.application
    await ground.act(({ tx }) => sql`update plans.demand set state = 'draft' where id = ${demand.id}`.execute(tx))
    const run = jobs['plans.propose-all']?.run({
      runId: newId(),
      data: { cycleId: demand.cycleId },
      transact: ground.act,
      progress: async () => {},
    })
    await run
    expect((await reviewer(plans.acceptProposals, { demandId: demand.id, onlyWithoutFindings: true })).codes).toEqual([
      'state',
    ])
    await ground.act(({ tx }) => sql`update plans.demand set state = 'submitted' where id = ${demand.id}`.execute(tx))
  })

  test('ROLE-R02 nobody but the authority’s reviewer decides; another level does not even see the application', async () => {
    const [demand] = await demandsOf('submitted')
    const demandId = demand?.id as string
    expect((await clerk(plans.viewReview, { demandId })).status).toBeGreaterThanOrEqual(403)
    expect((await otherClerk(plans.viewDemand, { demandId })).status).toBe(404)
    expect((await otherClerk(plans.acceptProposals, { demandId, onlyWithoutFindings: false })).status).toBe(404)
  })

  test('A33-3 what the organ plans itself is told it by one written notice, as a document of its own', async () => {
    const [sums] = await rowsOf(sql<{ demands: number; unnoticed: number; differing: number; undocumented: number }>`
      with own as (select d.id, count(*)::int as lines, sum(r.amount_fen) as fen
        from plans.demand d join plans.review r on r.demand_id = d.id
        where d.state = 'reviewed' and not r.centralised and r.amount_fen > 0 group by d.id)
      select count(*)::int as demands, count(*) filter (where n.id is null)::int as unnoticed,
        count(*) filter (where n.line_count <> own.lines or n.amount_fen <> own.fen)::int as differing,
        count(*) filter (where i.id is null or not n.organ_id = any(i.recipient_organ_ids))::int as undocumented
      from own left join plans.notice n on n.demand_id = own.id
        left join kernel.issued_document i on i.subject_kind = 'plans.notice' and i.subject_id = n.id`)
    expect(sums?.demands).toBeGreaterThan(5)
    expect(sums).toMatchObject({ unnoticed: 0, differing: 0, undocumented: 0 })
    const { items } = (await clerk(plans.notices, {})).body
    expect(items.length).toBeGreaterThan(0)
    expect((await otherClerk(plans.viewNotice, { noticeId: items[0]?.id as string })).status).toBe(404)
  })

  test('PLAN-R09 a cut needs its reason; nothing is decided without', async () => {
    const [demand] = await demandsOf('submitted')
    const { body } = await reviewer(plans.viewReview, { demandId: demand?.id as string })
    const open = body.lines.find(({ decision, line }) => decision === null && (line.amountFen ?? 0) > 100_000)
    if (!open) throw new Error('every line is decided')
    const cut = { lineId: open.line.id, opinion: 'O2', quantity: 1, amountFen: 100_000 } as const
    const refused = await reviewer(plans.decideLine, { ...cut, reason: '' })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    const decided = await reviewer(plans.decideLine, { ...cut, reason: '按上年实际支出核定。' })
    expect(decided.body.decision).toMatchObject({ opinion: 'O2', amountFen: 100_000, deviates: true })
  })
})

describe('ledger', () => {
  test('A34-1 every plan in force stands on the ledger line by line, with equal money', async () => {
    const rows = await rowsOf(sql<{ plans: number; differing: number }>`
      select count(*)::int as plans, count(*) filter (where l.lines is distinct from p.lines or l.fen is distinct from p.fen)::int as differing
      from (select p.id, count(*) as lines, sum(l.amount_fen) as fen from plans.plan p
          join plans.plan_line l on l.plan_id = p.id and l.plan_version = p.plan_version where p.state = 'in-force' group by p.id) p
        left join (select plan_id, count(*) as lines, sum(o.fen) as fen from ledger.line l
          join (select line_id, sum(amount_fen) as fen from ledger.entry where kind = 'open' group by 1) o on o.line_id = l.id group by plan_id) l
          on l.plan_id = p.id`)
    expect(rows[0]?.plans).toBeGreaterThan(50)
    expect(rows[0]?.differing).toBe(0)
  })

  test('A34-2 fifty payments at once on a line with room for ten leave exactly ten', async () => {
    const { body } = await clerk(ledger.lines, { year: 2026, limit: 100 })
    const own = (await clerk(plans.demands, { limit: 1 })).body.items[0]?.organId
    const line = body.items.find(({ remainingFen, holderOrganId }) => remainingFen > 1_000_000 && holderOrganId === own)
    if (!line) throw new Error('nothing is left to spend')
    const amountFen = Math.floor(line.remainingFen / 10)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) =>
        clerk(ledger.execute, {
          lineId: line.id,
          amountFen,
          quantity: 0,
          note: '同时支付',
          document: `并发-${turn}`,
          occurredOn: '2026-11-20',
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(new Set(answers.filter(({ status }) => status !== 200).flatMap(({ codes }) => codes))).toEqual(
      new Set(['PLAN-R11']),
    )
    const after = await clerk(ledger.viewLine, { lineId: line.id })
    expect(after.body.line.remainingFen).toBe(line.remainingFen - amountFen * 10)
  })
})

test('the dashboard of a year and the report of it draw the same sums, by one group or by several', async () => {
  const [cycle] = (await reviewer(plans.cycles, { year: 2026, limit: 1 })).body.items
  const { status, body } = await reviewer(plans.viewCycle, { cycleId: cycle?.id as string })
  expect(status).toBe(200)
  const report = await reviewer(plans.draftReport, { year: 2026, kind: 'consolidated' })
  expect(body.money.reduce((sum, { executedFen }) => sum + executedFen, 0)).toBe(report.body.figures.executedFen)
  expect(report.body.figures.executedFen).toBeGreaterThan(0)
})

describe('adjustment', () => {
  const twoLines = async () => {
    const { body } = await clerk(ledger.lines, { year: 2026, needKind: 'N01', limit: 100 })
    const [from, to] = body.items.toSorted((a, b) => b.remainingFen - a.remainingFen)
    if (!from || !to) throw new Error('too few lines')
    return { from, to }
  }
  const content = (changes: ReturnType<typeof changeBy<LedgerLine>>[]) => ({
    year: 2026,
    type: 'emergency' as const,
    cause: '强降雨造成办公区进水，应急抢修',
    basisDocument: '市防汛抗旱指挥部第3号令',
    adjustedOn: '2026-11-20',
    fundSource: '本机关计划内调剂',
    changes,
  })

  test('A35-1 PLAN-R12 takes effect at once, and withdrawing it puts the ledger back', async () => {
    const { from, to } = await twoLines()
    const made = await clerk(plans.makeAdjustment, content([changeBy(from, -1_0000), changeBy(to, 1_0000)]))
    expect(made.status).toBe(200)
    expect(made.body.adjustment.dueOn).toBe('2026-12-11')
    const moved = await twoLines()
    expect([moved.from.id, moved.from.plannedFen]).toEqual([from.id, from.plannedFen - 1_0000])
    const { id, version } = made.body.adjustment
    const withdrawn = await clerk(plans.withdrawAdjustment, { adjustmentId: id, version, opinion: '不再需要' })
    expect(withdrawn.status).toBe(200)
    const back = await twoLines()
    expect([back.from.plannedFen, back.to.plannedFen]).toEqual([from.plannedFen, to.plannedFen])
  })

  test('of two at once on the same lines one is taken, the other told that the figures have moved', async () => {
    const { from, to } = await twoLines()
    const answers = await Promise.all(
      [1_0000, 2_0000].map((fen) => clerk(plans.makeAdjustment, content([changeBy(from, -fen), changeBy(to, fen)]))),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    expect(answers.flatMap(({ codes }) => codes)).toContain('before-differs')
  })

  test('neither another organ’s line nor one of another year can be changed; the code is the ledger’s', async () => {
    const { from, to } = await twoLines()
    const foreign = await otherClerk(plans.makeAdjustment, content([changeBy(from, -1_0000), changeBy(to, 1_0000)]))
    expect(foreign.status).toBe(404)
    const wrongYear = await clerk(plans.makeAdjustment, {
      ...content([changeBy(from, -1_0000), changeBy(to, 1_0000)]),
      year: 2025,
    })
    expect(wrongYear.status).toBeGreaterThanOrEqual(404)
    const disguised = await clerk(
      plans.makeAdjustment,
      content([changeBy(from, -1_0000), { ...changeBy(to, 1_0000), economicCode: '30201', needKind: 'N06' }]),
    )
    expect(disguised.status).toBe(422)
    expect((await twoLines()).from.plannedFen).toBe(from.plannedFen)
  })
})

describe('report', () => {
  test('A36-1 PLAN-R19 the figures are the ledger’s; money spent after signing asks for a new signature', async () => {
    const head = await callerAt(stage.address, 'shi.education.fuze')
    const drafted = await clerk(plans.draftReport, { year: 2026, kind: 'organ' })
    const { report, figures } = drafted.body
    const [sum] = await rowsOf(sql<{ executed: number }>`select sum(executed_fen)::bigint as executed from ledger.line
      where year = 2026 and holder_organ_id = ${report.organId}`)
    expect(figures.executedFen).toBe(sum?.executed)
    const signed = await head(plans.signReport, { reportId: report.id, version: report.version })
    expect(signed.body.report.state).toBe('signed')
    const { body } = await clerk(ledger.lines, { year: 2026, limit: 100 })
    const line = body.items.find(
      ({ remainingFen, holderOrganId }) => remainingFen > 100_000 && holderOrganId === report.organId,
    )
    const paid = await clerk(ledger.execute, {
      lineId: line?.id as string,
      amountFen: 50_000,
      quantity: 0,
      note: '报告签发后的支出',
      document: '签发后-1',
      occurredOn: '2026-11-22',
    })
    expect(paid.status).toBe(200)
    const stale = await clerk(plans.viewReport, { reportId: report.id })
    expect([stale.body.stale, stale.body.findings.map(({ rule }) => rule)]).toEqual([
      true,
      expect.arrayContaining(['PLAN-R19']),
    ])
    const unsent = await clerk(plans.sendReport, { reportId: report.id, version: stale.body.report.version })
    expect(unsent.codes).toContain('PLAN-R19')
    const fresh = await clerk(plans.refreshReport, { reportId: report.id, version: stale.body.report.version })
    expect([fresh.body.report.state, fresh.body.figures.executedFen]).toEqual(['draft', figures.executedFen + 50_000])
  })

  test('A36-2 the consolidated totals are the sum over the organs', async () => {
    const { body } = await reviewer(plans.draftReport, { year: 2026, kind: 'consolidated' })
    const { byOrgan, byKind, executedFen } = body.figures
    expect(byOrgan.reduce((sum, one) => sum + one.executedFen, 0)).toBe(executedFen)
    expect(byKind.reduce((sum, one) => sum + one.executedFen, 0)).toBe(executedFen)
  })
})
