import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { askToCancel, enqueue } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import { organsById } from '#modules/organs/offers.ts'
import { hasRestrictedTotals, isWithin, codePrefix } from '#modules/organs/model.ts'
import { linesByStandard, yearsOfCycles, type ReviewBase } from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { linesAtOnce, reviewParameters, type Change, type Scope } from '../model.ts'
import { can } from '../policy.ts'
import { changesKnown, noContradictions } from '../rules/contradictions.ts'
import { finishRun, forgetPending, insertRun, runsOfScenarios } from '../store/run.ts'
import { insertScenario, removeScenario, scenariosPage, updateScenario, type ScenarioRow } from '../store/scenario.ts'
import { basesOf, compute, within } from './computing.ts'
import { openJob, scenarioView, seenScenario } from './view.ts'

type ScenarioActions = Pick<
  ActionsOf<typeof contract>,
  | 'grounds'
  | 'scenarios'
  | 'createScenario'
  | 'viewScenario'
  | 'saveScenario'
  | 'copyScenario'
  | 'deleteScenario'
  | 'computeScenario'
>

/** Where a scenario is made: the office's own organ and jurisdiction. */
function ownPlace({ actor }: Pick<Act, 'actor'>): { organId: string; jurisdictionCode: string } {
  const { id, jurisdictionCode } = found(actor.organ, '所代表的机关')
  return { organId: id, jurisdictionCode }
}

export const scenarioActions: ScenarioActions = {
  async grounds(ctx) {
    const { scope } = ctx.input
    permit(can.compute(ctx.actor, { scope }))
    const { jurisdictionCode } = ownPlace(ctx)
    const years = await within(ctx, scope, () =>
      yearsOfCycles(ctx.tx, scope === 'province' ? codePrefix(jurisdictionCode) : jurisdictionCode),
    )
    const year = ctx.input.year ?? years[0] ?? null
    const bases = year === null ? [] : await basesOf(ctx, { year, scope, jurisdictionCode })
    const standards = await standardsFor(ctx, bases, jurisdictionCode)
    const total = (figure: 'demands' | 'lines' | 'notSubmitted') => bases.reduce((sum, base) => sum + base[figure], 0)
    const asked = await within(ctx, scope, () =>
      linesByStandard(
        ctx.tx,
        bases.map(({ cycle }) => cycle.id),
      ),
    )
    const items = (standards?.items ?? []).map((item) => ({ ...item, lines: asked.get(item.code) ?? 0 }))
    return {
      years,
      year,
      standardsOn: standards?.on ?? null,
      cycles: bases.length,
      demands: total('demands'),
      lines: total('lines'),
      notSubmitted: total('notSubmitted'),
      items: items.toSorted((a, b) => b.lines - a.lines || (a.code < b.code ? -1 : 1)),
      catalogue: [...(standards?.catalogue ?? [])],
      parameters: reviewParameters.flatMap((code) => {
        const known = standards?.parameters[code]
        if (!known) return []
        return [{ code, title: known.row.title, value: known.value, unit: known.unit, citation: known.row.citation }]
      }),
    }
  },

  async scenarios(ctx) {
    permit(can.use(ctx.actor))
    const { year, after, limit } = ctx.input
    const rows = await scenariosPage(ctx.tx, { organId: ownPlace(ctx).organId, year }, after, limit + 1)
    const page = pageFrom(rows, limit)
    return {
      ...page,
      items: page.items.map(({ pendingJobId, ...row }) => ({ ...row, running: pendingJobId !== null })),
    }
  },

  async createScenario(ctx) {
    const { title, year, scope, changes } = ctx.input
    permit(can.compute(ctx.actor, { scope }))
    return scenarioView(ctx, await makeScenario(ctx, { title, year, scope, changes }))
  },

  async viewScenario(ctx) {
    return scenarioView(ctx, await seenScenario(ctx, ctx.input.scenarioId))
  },

  async saveScenario(ctx) {
    const { scenarioId, title, changes, version } = ctx.input
    const scenario = await seenScenario(ctx, scenarioId, true)
    permit(can.compute(ctx.actor, scenario))
    expectVersion(ctx.ifMatch ?? version, scenario)
    insist(await changesFit(ctx, scenario, changes))
    const saved = await updateScenario(ctx.tx, scenario, { title, changes, changedAt: ctx.now })
    await record(ctx, 'whatif.scenario-saved', {
      subject: { kind: 'whatif.scenario', id: scenario.id },
      organId: scenario.organId,
      before: { title: scenario.title, changes: scenario.changes },
      after: { title, changes },
    })
    return scenarioView(ctx, saved)
  },

  async copyScenario(ctx) {
    const { year, scope, changes } = await seenScenario(ctx, ctx.input.scenarioId)
    permit(can.compute(ctx.actor, { scope }))
    return scenarioView(ctx, await makeScenario(ctx, { title: ctx.input.title, year, scope, changes }))
  },

  async deleteScenario(ctx) {
    const scenario = await seenScenario(ctx, ctx.input.scenarioId, true)
    expectVersion(ctx.input.version, scenario)
    await stopPending(ctx, scenario)
    await removeScenario(ctx.tx, scenario.id)
    await record(ctx, 'whatif.scenario-deleted', {
      subject: { kind: 'whatif.scenario', id: scenario.id },
      organId: scenario.organId,
      before: { title: scenario.title, changes: scenario.changes },
    })
    return { deleted: true as const }
  },

  async computeScenario(ctx) {
    const scenario = await seenScenario(ctx, ctx.input.scenarioId, true)
    permit(can.compute(ctx.actor, scenario))
    expectVersion(ctx.input.version, scenario)
    const bases = await basesOf(ctx, scenario)
    insist(
      provided(
        bases.some(({ lines }) => lines > 0),
        {
          code: 'nothing-to-compute',
          message: `测算范围内没有已提交的${scenario.year}年度需求申请，无从测算。`,
          basis: law.analysis,
          remedy: '请等机关提交需求申请后再测算，或另选年度。',
        },
      ),
    )
    await askForRun(ctx, scenario, bases)
    return scenarioView(ctx, scenario)
  },
}

async function makeScenario(
  ctx: Act,
  draft: { title: string; year: number; scope: Scope; changes: Change[] },
): Promise<ScenarioRow> {
  const place = ownPlace(ctx)
  insist(await changesFit(ctx, { ...draft, jurisdictionCode: place.jurisdictionCode }, draft.changes))
  const scenario: ScenarioRow = {
    id: newId(),
    ...place,
    ...draft,
    madeBy: ctx.actor.name,
    changedAt: ctx.now,
    version: 1,
  }
  await insertScenario(ctx.tx, { ...scenario, madeById: ctx.actor.personId })
  await record(ctx, 'whatif.scenario-created', {
    subject: { kind: 'whatif.scenario', id: scenario.id },
    organId: place.organId,
    after: draft,
  })
  return scenario
}

function expectVersion(version: number, scenario: ScenarioRow): void {
  if (version !== scenario.version) throw new Conflict('测算方案')
}

/** The standards a scenario is set against, as its maker sees them: of the own cycle, else of the first one in reach. */
async function standardsFor(
  { tx }: Pick<Act, 'tx'>,
  bases: readonly ReviewBase[],
  jurisdictionCode: string,
): Promise<StandardsInForce | null> {
  const base = bases.find(({ cycle }) => cycle.jurisdictionCode === jurisdictionCode) ?? bases[0]
  return base ? standardsInForce(tx, jurisdictionCode, base.cycle.standardsOn, base.cycle.year) : null
}

/** Whether the changes of a scenario can be understood: the year has cycles, what they name exists, nothing is said twice. */
export async function changesFit(
  ctx: Pick<Act, 'tx'>,
  where: { year: number; scope: Scope; jurisdictionCode: string },
  changes: readonly Change[],
): Promise<Verdict> {
  const bases = await basesOf(ctx, where)
  const standards = await standardsFor(ctx, bases, where.jurisdictionCode)
  if (standards === null)
    return provided(false, {
      code: 'no-cycle',
      message: `测算范围内没有${where.year}年度的保障计划周期。`,
      basis: law.analysis,
      remedy: '请选择已开启的年度，或先开启年度周期。',
    })
  const titles = new Map(standards.items.map(({ code, title }) => [code, title]))
  const titleOf = (code: string) => titles.get(code) ?? standards.parameters[code]?.row.title ?? code
  return allOf(
    changesKnown(changes, where.scope, {
      standardCodes: new Set(titles.keys()),
      organIds: await organsInReach(ctx, where, changes),
    }),
    noContradictions(changes, titleOf),
  )
}

/** Of the organs named those in reach: the own level's, and for the province lower ones whose size is not restricted. */
async function organsInReach(
  { tx }: Pick<Act, 'tx'>,
  { scope, jurisdictionCode }: { scope: Scope; jurisdictionCode: string },
  changes: readonly Change[],
): Promise<Set<string>> {
  const named = changes.flatMap((change) => (change.kind === 'headcount' ? change.organIds : []))
  if (named.length === 0) return new Set()
  const inReach = [...(await organsById(tx, named)).values()].filter(
    (organ) =>
      organ.jurisdictionCode === jurisdictionCode ||
      (scope === 'province' && isWithin(organ.jurisdictionCode, jurisdictionCode) && !hasRestrictedTotals(organ)),
  )
  return new Set(inReach.map(({ id }) => id))
}

/** Computes small scopes now and hands large ones in as a job; what is computed already is not asked for twice. */
async function askForRun(ctx: Act, scenario: ScenarioRow, bases: readonly ReviewBase[]): Promise<void> {
  const pending = (await runsOfScenarios(ctx.tx, [scenario.id])).get(scenario.id)?.pending ?? null
  const job = pending && (await openJob(ctx, pending))
  if (job && canonicalJson(pending.changes) === canonicalJson(scenario.changes)) return
  await stopPending(ctx, scenario)
  const lines = bases.reduce((sum, base) => sum + base.lines, 0)
  const runId = newId()
  const run = {
    id: runId,
    scenarioId: scenario.id,
    changes: scenario.changes,
    askedAt: ctx.now,
    askedByName: ctx.actor.name,
  }
  if (lines <= linesAtOnce) {
    const startedAt = performance.now()
    const found = await compute(ctx, scenario)
    await insertRun(ctx.tx, { ...run, jobId: null })
    await finishRun(ctx.tx, runId, found, { now: ctx.now, tookMs: Math.round(performance.now() - startedAt) })
  } else {
    const jobId = await enqueue(ctx, 'whatif.compute', { runId }, { title: `模拟测算：${scenario.title}` })
    await insertRun(ctx.tx, { ...run, jobId })
  }
  await record(ctx, 'whatif.run-asked', {
    subject: { kind: 'whatif.scenario', id: scenario.id },
    organId: scenario.organId,
    after: { runId, lines },
  })
}

/** A computation that nobody waits for any more is asked to stop, and what it would write has no place. */
async function stopPending(ctx: Act, scenario: ScenarioRow): Promise<void> {
  const pending = (await runsOfScenarios(ctx.tx, [scenario.id])).get(scenario.id)?.pending
  if (!pending) return
  if (pending.jobId) await askToCancel(ctx.tx, pending.jobId, ctx.now)
  await forgetPending(ctx.tx, scenario.id)
}
