import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { openStage, type StageForTest } from '../../../journeys/stage.ts'
import { callerAt, sessionAt, type Caller } from '../../../journeys/visit.ts'
import { contract } from './contract.ts'
import type { Change } from './model.ts'
import { liveData } from './testing/live-data.ts'

/** Scenarios through HTTP, on the demonstration's year in mid-review, as named people. */
let stage: StageForTest
let city: Caller
let province: Caller
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  city = await callerAt(stage.address, 'shi.jihua')
  province = await callerAt(stage.address, 'sheng.jihua')
}, 300_000)
afterAll(() => stage.close())

const year = 2027
const lowerCap: Change = { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 400_000 }
const morePeople: Change = {
  kind: 'headcount',
  level: null,
  organKind: null,
  organIds: [],
  percent: 20,
  people: null,
}
const make = async (who: Caller, changes: Change[], scope: 'jurisdiction' | 'province' = 'jurisdiction') => {
  const { status, body } = await who(contract.createScenario, { title: '测算方案', year, scope, changes })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const computed = async (who: Caller, changes: Change[], scope: 'jurisdiction' | 'province' = 'jurisdiction') => {
  const { scenario } = await make(who, changes, scope)
  const { status, body } = await who(contract.computeScenario, { scenarioId: scenario.id, version: scenario.version })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const live = () => transaction(stage.application.ground.db, (tx) => liveData(tx), { scope: systemScope })

describe('a scenario', () => {
  it('with no changes is the base to the last fen, and says nothing changed', async () => {
    const { run, stale } = await computed(city, [])
    const { totals, kinds, opinions, jurisdictions } = run?.result ?? expect.fail()
    expect(totals.lines).toBeGreaterThan(50)
    expect([totals.changedLines, totals.scenarioFen, totals.scenarioAskedFen]).toEqual([
      0,
      totals.baseFen,
      totals.askedFen,
    ])
    expect(kinds.reduce((sum, { baseFen }) => sum + baseFen, 0)).toBe(totals.baseFen)
    for (const { baseLines, scenarioLines, baseFen, scenarioFen } of opinions)
      expect([scenarioLines, scenarioFen]).toEqual([baseLines, baseFen])
    expect([jurisdictions, stale]).toEqual([[], null])
  })

  it('A9-2 lowers a cap: less money, every changed line with both outcomes and a reason, by organ the same sum', async () => {
    const before = await live()
    const { scenario, run } = await computed(city, [lowerCap])
    const { totals, assumptions } = run?.result ?? expect.fail()
    expect(totals.scenarioFen).toBeLessThan(totals.baseFen)
    expect(assumptions[0]).toMatchObject({ from: '单价上限5,000.00元', to: '单价上限4,000.00元' })
    const lines = (await city(contract.lineResults, { scenarioId: scenario.id, limit: 200 })).body
    expect([lines.items.length, lines.total]).toEqual([totals.changedLines, totals.changedLines])
    for (const { causes, reason, base, scenario: after } of lines.items) {
      expect([causes, reason]).toEqual([[1], expect.stringContaining('按上限核定')])
      expect(after.amountFen).toBeLessThan(base.amountFen)
    }
    const organs = (await city(contract.organResults, { scenarioId: scenario.id, limit: 200 })).body.items
    for (const figure of ['lines', 'changedLines', 'askedFen', 'baseFen', 'scenarioFen'] as const)
      expect([figure, organs.reduce((sum, organ) => sum + organ[figure], 0)]).toEqual([figure, totals[figure]])
    expect(await live()).toEqual(before)
  })

  it('the same scenario on the same data gives the same figures', async () => {
    const [first, second] = [await computed(city, [lowerCap, morePeople]), await computed(city, [lowerCap, morePeople])]
    expect(second.run?.result).toEqual(first.run?.result)
  })

  it('base is what the review itself proposed for every line', async () => {
    const { run } = await computed(city, [])
    const cycle = (await city(plans.cycles, { year })).body.items[0] ?? expect.fail()
    const { items } = (await city(plans.reviewQueue, { cycleId: cycle.id, onlyOpen: false, limit: 200 })).body
    let [proposedFen, lines] = [0, 0]
    for (const { demandId, state } of items) {
      if (demandId === null || (state !== 'submitted' && state !== 'reviewed')) continue
      const view = (await city(plans.viewReview, { demandId })).body
      for (const { proposal } of view.lines) {
        proposedFen += proposal?.amountFen ?? Number.NaN
        lines++
      }
    }
    expect([run?.result.totals.lines, run?.result.totals.baseFen]).toEqual([lines, proposedFen])
  })

  it('is previewed with the figures it would be kept with, and nothing is kept', async () => {
    const count = async () => (await city(contract.scenarios, {})).body.items.length
    const before = await count()
    const preview = (await city(contract.preview, { year, scope: 'jurisdiction', changes: [lowerCap] })).body
    expect(await count()).toBe(before)
    const { run } = await computed(city, [lowerCap])
    expect(preview.result).toEqual(run?.result)
  })

  it('pages organs by size, by who gets more and by who gets less, each once', async () => {
    const { scenario } = await computed(city, [lowerCap, morePeople])
    const all = async (order: 'size' | 'more' | 'less') => {
      const seen: { organId: string | null; difference: number }[] = []
      for (let after: string | undefined; ;) {
        const { body } = await city(contract.organResults, {
          scenarioId: scenario.id,
          order,
          limit: 3,
          ...(after === undefined ? {} : { after }),
        })
        seen.push(...body.items.map((row) => ({ organId: row.organId, difference: row.scenarioFen - row.baseFen })))
        if (body.next === null) return seen
        after = body.next
      }
    }
    const [size, more, less] = [await all('size'), await all('more'), await all('less')]
    const differences = (rows: typeof size) => rows.map(({ difference }) => difference)
    expect(differences(more)).toEqual(differences(more).toSorted((a, b) => b - a))
    expect(differences(less)).toEqual(differences(less).toSorted((a, b) => a - b))
    expect(differences(size)).toEqual(differences(size).toSorted((a, b) => Math.abs(b) - Math.abs(a)))
    for (const rows of [more, less]) expect(new Set(rows.map(({ organId }) => organId)).size).toBe(size.length)
  })
})

describe('refusals', () => {
  it('contradictory and unknown changes are told by place, all at once', async () => {
    const { status, codes, body } = await city(contract.createScenario, {
      title: '矛盾',
      year,
      scope: 'jurisdiction',
      changes: [lowerCap, { ...lowerCap, priceCapFen: 100_000 }, { ...lowerCap, code: 'item.nothing' }],
    })
    expect([status, codes]).toEqual([422, ['no-such-standard', 'contradictory-changes']])
    expect(JSON.stringify(body)).toContain('第2项变化与第1项相矛盾')
  })

  it('bad figures are told at their place', async () => {
    const { status, body } = await city(contract.createScenario, {
      title: '',
      year,
      scope: 'jurisdiction',
      changes: [{ ...lowerCap, priceCapFen: 0 }],
    })
    const { errors } = body as unknown as { errors: { pointer: string; message: string }[] }
    expect([status, errors.map(({ pointer }) => pointer)]).toEqual([400, ['/title', '/changes/0/priceCapFen']])
  })

  it('a year without a cycle, a province asked for by a city, organs out of reach', async () => {
    const draft = { title: '测算', scope: 'jurisdiction' as const, changes: [] as Change[] }
    expect((await city(contract.createScenario, { ...draft, year: 2031 })).codes).toEqual(['no-cycle'])
    expect((await city(contract.createScenario, { ...draft, year, scope: 'province' })).codes).toEqual(['not-province'])
    const strangers = [demonstrationOrganId('province-education')]
    expect(
      (await city(contract.createScenario, { ...draft, year, changes: [{ ...morePeople, organIds: strangers }] }))
        .codes,
    ).toEqual(['organs-out-of-reach'])
  })

  it('an old version is refused and changes nothing', async () => {
    const { scenario } = await make(city, [lowerCap])
    const save = (title: string) =>
      city(contract.saveScenario, { scenarioId: scenario.id, title, changes: [], version: scenario.version })
    expect((await save('第一次')).status).toBe(200)
    expect((await save('第二次')).status).toBe(409)
    const now = (await city(contract.viewScenario, { scenarioId: scenario.id })).body.scenario
    expect([now.title, now.version]).toEqual(['第一次', 2])
    expect((await city(contract.computeScenario, { scenarioId: scenario.id, version: 1 })).status).toBe(409)
  })

  it('A6-1 nobody but the office that made it knows of a scenario', async () => {
    const { scenario } = await make(city, [lowerCap])
    for (const username of ['shi.caizheng', 'sheng.jihua', 'shi.zichan', 'shi.education.jingban']) {
      const who = await callerAt(stage.address, username).catch(() => null)
      if (who === null) continue
      for (const operation of [
        contract.viewScenario,
        contract.organResults,
        contract.lineResults,
        contract.exportResult,
      ] as const)
        expect([
          username,
          operation.name,
          (await who(operation as typeof contract.viewScenario, { scenarioId: scenario.id })).status,
        ]).toEqual([username, operation.name, 404])
      expect(
        (await who(contract.saveScenario, { scenarioId: scenario.id, title: '夺取', changes: [], version: 1 })).status,
      ).toBe(404)
      expect((await who(contract.computeScenario, { scenarioId: scenario.id, version: 1 })).status).toBe(404)
    }
    expect((await city(contract.viewScenario, { scenarioId: scenario.id })).body.scenario.title).toBe('测算方案')
  })

  it('clerks and administrators have no sandbox at all', async () => {
    for (const username of ['shi.education.jingban', 'shi.xitong', 'shi.education.jiashi']) {
      const who = await callerAt(stage.address, username)
      for (const { status } of [
        await who(contract.scenarios, {}),
        await who(contract.grounds, {}),
        await who(contract.preview, { year, scope: 'jurisdiction', changes: [] }),
        await who(contract.createScenario, { title: '测算', year, scope: 'jurisdiction', changes: [] }),
      ])
        expect([username, status]).toEqual([username, 403])
    }
  })
})

describe('the whole province', () => {
  it('A6-1 sees sums of lower levels, restricted organs folded, and lines of its own level only', async () => {
    const { scenario, run } = await computed(province, [lowerCap], 'province')
    const { jurisdictions, totals } = run?.result ?? expect.fail()
    expect(jurisdictions.map(({ code }) => code)).toEqual(['140000', '140100', '140121'])
    for (const figure of ['lines', 'changedLines', 'baseFen', 'scenarioFen'] as const)
      expect(jurisdictions.reduce((sum, row) => sum + row[figure], 0)).toBe(totals[figure])
    const organs = (await province(contract.organResults, { scenarioId: scenario.id, limit: 200 })).body.items
    expect(organs.reduce((sum, { baseFen }) => sum + baseFen, 0)).toBe(totals.baseFen)
    const names = organs
      .filter(({ jurisdictionCode }) => jurisdictionCode !== '140000')
      .map(({ organName }) => organName)
    expect(names.some((name) => name.startsWith('其他机关（'))).toBe(true)
    expect(names.filter((name) => /法院|检察院|公安/.test(name))).toEqual([])
    const lines = (await province(contract.lineResults, { scenarioId: scenario.id, limit: 200 })).body.items
    const own = new Set(
      organs.filter(({ jurisdictionCode }) => jurisdictionCode === '140000').map(({ organId }) => organId),
    )
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter(({ organId }) => !own.has(organId))).toEqual([])
    expect(totals.changedLines).toBeGreaterThan(lines.length)
  })

  it('a level’s own change counts at that level', async () => {
    const { run } = await computed(province, [{ ...lowerCap, level: 'county' }], 'province')
    const changed = (run?.result.jurisdictions ?? [])
      .filter(({ changedLines }) => changedLines > 0)
      .map(({ code }) => code)
    expect(changed).toEqual(['140121'])
  })
})

describe('keeping, comparing, telling', () => {
  it('a copy is a scenario of its own; a deleted one is gone with its results', async () => {
    const { scenario } = await computed(city, [lowerCap])
    const copy = (await city(contract.copyScenario, { scenarioId: scenario.id, title: '另一方案' })).body
    expect(copy).toMatchObject({
      scenario: { title: '另一方案', changes: [lowerCap], version: 1 },
      run: null,
      stale: null,
    })
    const cookie = await sessionAt(stage.address, 'shi.jihua')
    const remove = () =>
      fetch(`${stage.address}/api/v1/whatif/scenarios/${scenario.id}?version=1`, {
        method: 'DELETE',
        headers: { cookie },
      })
    expect((await remove()).status).toBe(200)
    expect((await remove()).status).toBe(404)
    expect((await city(contract.viewScenario, { scenarioId: copy.scenario.id })).status).toBe(200)
  })

  it('says when the scenario or what it rested on has changed since', async () => {
    const { scenario } = await computed(city, [lowerCap])
    const stale = async () => (await city(contract.viewScenario, { scenarioId: scenario.id })).body.stale
    expect(await stale()).toBe(null)
    await city(contract.saveScenario, { scenarioId: scenario.id, title: '改了', changes: [morePeople], version: 1 })
    expect(await stale()).toBe('changes')
    await city(contract.saveScenario, { scenarioId: scenario.id, title: '改了', changes: [lowerCap], version: 2 })
    expect(await stale()).toBe(null)
    const queue = (await city(plans.cycles, { year })).body.items[0] ?? expect.fail()
    const { items } = (await city(plans.reviewQueue, { cycleId: queue.id, onlyOpen: true, limit: 50 })).body
    // An application with lines that matched things meet is not sent back: one of the others is.
    const sendBack = async (demandId: string) => {
      const { demand } = (await city(plans.viewDemand, { demandId })).body
      return (await city(plans.returnDemand, { demandId, version: demand.version, opinion: '请补充测算依据。' })).status
    }
    let returned = 0
    for (const { demandId } of items) if (returned !== 200 && demandId !== null) returned = await sendBack(demandId)
    expect(returned).toBe(200)
    expect(await stale()).toBe('data')
    await city(contract.computeScenario, { scenarioId: scenario.id, version: 3 })
    expect(await stale()).toBe(null)
  })

  it('compares scenarios of one year and scope, and refuses others', async () => {
    const [a, b] = [await computed(city, [lowerCap]), await computed(city, [morePeople])]
    const ask = async (ids: string[]) => {
      const cookie = await sessionAt(stage.address, 'shi.jihua')
      const query = new URLSearchParams(ids.map((id) => ['scenarioIds', id]))
      const response = await fetch(`${stage.address}/api/v1/whatif/comparisons?${query}`, { headers: { cookie } })
      return { status: response.status, body: (await response.json()) as { scenarios: { scenario: { id: string } }[] } }
    }
    const { status, body } = await ask([b.scenario.id, a.scenario.id])
    expect([status, body.scenarios.map(({ scenario }) => scenario.id)]).toEqual([200, [b.scenario.id, a.scenario.id]])
    expect((await ask([a.scenario.id])).status).toBe(400)
    const other = await city(contract.createScenario, {
      title: '另一年',
      year: 2026,
      scope: 'jurisdiction',
      changes: [],
    })
    expect((await ask([a.scenario.id, other.body.scenario.id])).status).toBe(422)
  })

  it('exports what is on the screen, with the assumptions and their sources', async () => {
    const { scenario, run } = await computed(city, [lowerCap, morePeople])
    const cookie = await sessionAt(stage.address, 'shi.jihua')
    const response = await fetch(`${stage.address}/api/v1/whatif/scenarios/${scenario.id}/workbook`, {
      headers: { cookie },
    })
    expect(response.status).toBe(200)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await response.arrayBuffer()) as never)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['汇总', '按机关', '按类别', '变化明细', '假设'])
    const cells = (name: string) => {
      const rows: unknown[][] = []
      workbook.getWorksheet(name)?.eachRow((row) => rows.push(row.values as unknown[]))
      return rows
    }
    const totals = run?.result.totals ?? expect.fail()
    const difference = cells('汇总').find((row) => row[1] === '差额（方案−基准）')
    expect(Math.round((difference?.[2] as number) * 100)).toBe(totals.scenarioFen - totals.baseFen)
    const organsTotal = cells('按机关').find((row) => row[1] === '合计')
    expect(organsTotal?.slice(3, 5)).toEqual([totals.lines, totals.changedLines])
    expect(cells('变化明细').length - 3).toBe(totals.changedLines)
    expect(cells('假设').flat().join()).toContain('财资〔2016〕27号')
    expect(cells('汇总').flat().join()).toContain('模拟测算，不影响现行数据')
    const { scenario: fresh } = await make(city, [])
    const none = await fetch(`${stage.address}/api/v1/whatif/scenarios/${fresh.id}/workbook`, { headers: { cookie } })
    expect(none.status).toBe(422)
  })

  it('whoever makes, changes and computes leaves it in the record', async () => {
    const { scenario } = await computed(city, [lowerCap])
    const { pool } = stage.application.ground.db
    const { rows } = await pool.query<{ fact: string }>(
      'select fact from kernel.audit_entry where subject_id = $1 order by id',
      [scenario.id],
    )
    expect(rows.map(({ fact }) => fact)).toEqual(['whatif.scenario-created', 'whatif.run-asked'])
  })
})
