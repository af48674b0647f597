import { pageFrom } from '#kernel/pure/page.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { provided } from '#kernel/pure/verdict.ts'
import type { contract } from '../contract.ts'
import { linesAtOnce } from '../model.ts'
import { can, maySee } from '../policy.ts'
import { countOrgans, linesPage, organsPage, runsOfScenarios, type RunRow } from '../store/run.ts'
import { scenariosById, type ScenarioRow } from '../store/scenario.ts'
import { basesOf, compute } from './computing.ts'
import { resultWorkbook } from './export.ts'
import { changesFit } from './scenario.ts'
import { scenarioView, seenScenario } from './view.ts'

type ResultActions = Pick<
  ActionsOf<typeof contract>,
  'preview' | 'organResults' | 'lineResults' | 'compareScenarios' | 'exportResult'
>

const previewOrgans = 400
const previewLines = 200

export const resultActions: ResultActions = {
  /** What the changes would give, kept nowhere. */
  async preview(ctx) {
    const { year, scope, changes } = ctx.input
    permit(can.compute(ctx.actor, { scope }))
    const question = { year, scope, changes, jurisdictionCode: found(ctx.actor.organ, '所代表的机关').jurisdictionCode }
    insist(await changesFit(ctx, question, changes))
    const lines = (await basesOf(ctx, question)).reduce((sum, base) => sum + base.lines, 0)
    if (lines > linesAtOnce) return { result: null, lines, organs: [], changedLines: [] }
    const computed = await compute(ctx, question)
    return {
      result: computed.result,
      lines,
      organs: computed.organs.slice(0, previewOrgans),
      changedLines: computed.lines.slice(0, previewLines),
    }
  },

  async organResults(ctx) {
    const { scenarioId, order, after, limit } = ctx.input
    const { run } = await computed(ctx, scenarioId)
    const cursor = /^(-?\d+):(\d+)$/.exec(after ?? '')
    const rows = await organsPage(
      ctx.tx,
      run.id,
      order,
      cursor ? { differenceFen: Number(cursor[1]), place: Number(cursor[2]) } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.differenceFen}:${last.place}`)
    return {
      ...page,
      items: page.items.map(({ row }) => row),
      total: await countOrgans(ctx.tx, run.id),
    }
  },

  async lineResults(ctx) {
    const { scenarioId, organId, needKind, after, limit } = ctx.input
    const { run } = await computed(ctx, scenarioId)
    const seen = /^\d+$/.test(after ?? '') ? Number(after) : -1
    const rows = await linesPage(ctx.tx, run.id, { organId, needKind }, seen, limit + 1)
    const page = pageFrom(rows, limit, ({ place }) => String(place))
    return {
      ...page,
      items: page.items.map(({ line }) => line),
      total: organId === undefined && needKind === undefined ? (run.result?.linesKept ?? null) : null,
    }
  },

  async compareScenarios(ctx) {
    permit(can.use(ctx.actor))
    const ids = [...new Set(ctx.input.scenarioIds)]
    const rows = new Map((await scenariosById(ctx.tx, ids)).map((row) => [row.id, row]))
    const scenarios = []
    for (const id of ids) {
      const scenario = found(rows.get(id), '测算方案')
      if (!maySee(ctx.actor, scenario)) throw new Missing('测算方案')
      scenarios.push(await scenarioView(ctx, scenario))
    }
    const [first] = scenarios
    insist(
      provided(
        scenarios.every(
          ({ scenario }) => scenario.year === first?.scenario.year && scenario.scope === first.scenario.scope,
        ),
        {
          code: 'not-comparable',
          message: '年度和测算范围相同的方案才能比较。',
          remedy: '请选择同一年度、同一范围的方案。',
        },
      ),
    )
    return { scenarios }
  },

  async exportResult(ctx) {
    const { scenario, run } = await computed(ctx, ctx.input.scenarioId)
    return resultWorkbook(ctx, scenario, run)
  },
}

/** A scenario with its last finished computation. */
async function computed(
  ctx: Pick<Act, 'tx' | 'actor'>,
  scenarioId: string,
): Promise<{ scenario: ScenarioRow; run: RunRow }> {
  const scenario = await seenScenario(ctx, scenarioId)
  const run = (await runsOfScenarios(ctx.tx, [scenarioId])).get(scenarioId)?.done ?? null
  insist(
    provided(run !== null, {
      code: 'not-computed',
      message: `方案“${scenario.title}”还没有测算结果。`,
      remedy: '请先点“测算”。',
    }),
  )
  return { scenario, run: found(run, '测算结果') }
}
