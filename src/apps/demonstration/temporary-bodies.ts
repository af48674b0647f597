import { addDays } from '#kernel/pure/local-date.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { registerCards } from '#modules/assets/offers.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/warehouse/actions.ts'
import { contract } from '#modules/warehouse/contract.ts'
import { flagLate, openIdleTasks } from '#modules/warehouse/jobs.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'
import { factsOf, type Line } from './warehouse.ts'

const warehouse = { contract, actions }

/** What a reform office at work uses, what another organ lent it, and what a fair left. */
const officeLines: readonly Line[] = [
  ['A02020200', '投影仪', '爱普生 CB-X49', 5_980, 1, 1],
  ['A02091001', '普通电视设备', '海信 65E3F', 4_280, 1, 1],
  ['A05010502', '文件柜', '五节钢制', 760, 3, 1],
]
const lentLines: readonly Line[] = [['A02021118', '扫描仪', '紫光 Q2230', 3_100, 2, 1]]
const fairLines: readonly Line[] = [
  ['A02091001', '普通电视设备', '创维 75寸会议屏', 6_890, 4, 1],
  ['A02020200', '投影仪', '索尼 VPL-EX575', 6_900, 2, 1],
  ['A05010502', '文件柜', '两门钢制', 620, 3, 1],
]

const showLines: readonly Line[] = [
  ['A02020200', '投影仪', '明基 MX550', 4_350, 2, 1],
  ['A05010502', '文件柜', '两门钢制', 620, 1, 1],
]

/**
 * Bodies and events of a level: one at work with things of two organs, one fair long over whose things are not all cleared
 * away, and the tasks that idle things have become.
 */
export async function temporaryBodies(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const ago = (days: number) => addDays(act.today, -days)
  const education = found(
    stage.organs.find(({ name }) => name.includes('教育')),
    '教育局',
  )
  const [lender, host] = stage.organs.filter(({ parts, name }) => parts.length === 0 && !name.includes('教育')) as [
    OrganRow,
    OrganRow,
  ]
  const keeper = await keeperOf(stage, education)
  const office = await as(
    warehouse,
    'registerBody',
    stage,
    { actor: keeper, at: ago(120) },
    {
      kind: 'body',
      name: '市高考综合改革工作专班',
      document: `并政办函〔${ago(120).slice(0, 4)}〕41号`,
      beginsOn: ago(125),
      endsOn: addDays(act.today, 240),
    },
  )
  await uses(stage, office.body.id, { organ: education, keeper, lines: officeLines, way: 'bought', at: ago(110) })
  const lending = await keeperOf(stage, lender)
  await uses(stage, office.body.id, { organ: lender, keeper: lending, lines: lentLines, way: 'lent', at: ago(100) })

  const hosting = await keeperOf(stage, host)
  const fair = await as(
    warehouse,
    'registerBody',
    stage,
    { actor: hosting, at: ago(160) },
    {
      kind: 'event',
      name: `${ago(160).slice(0, 4)}太原能源低碳发展成果展`,
      document: `并政办函〔${ago(160).slice(0, 4)}〕28号`,
      beginsOn: ago(150),
      endsOn: ago(60),
    },
  )
  const cards = await uses(stage, fair.body.id, {
    organ: host,
    keeper: hosting,
    lines: fairLines,
    way: 'bought',
    at: ago(150),
  })
  const ended = await as(
    warehouse,
    'endBody',
    stage,
    { actor: hosting, at: ago(43) },
    { bodyId: fair.body.id, version: fair.body.version, endedOn: ago(44) },
  )
  await as(
    warehouse,
    'handInThings',
    stage,
    { actor: hosting, at: ago(30) },
    { clearanceId: ended.clearanceId, cardIds: cards.slice(0, 4), declaredFree: true },
  )
  await as(
    warehouse,
    'keepThings',
    stage,
    { actor: hosting, at: ago(28) },
    { clearanceId: ended.clearanceId, cardIds: cards.slice(4, 5), reason: '划归办公室，在配置标准内使用' },
  )
  await showOver(stage, education, keeper)
  // As the clock would have done it, on the days it would have.
  const flagged = await flagLate(systemOn(act, ago(13)))
  const opened = await openIdleTasks(systemOn(act, ago(6)))
  return `${opened}项闲置资产清理任务，${flagged}项逾期`
}

/** A show that ended lately: its things wait to be cleared away, in time. */
async function showOver(stage: Stage, organ: OrganRow, keeper: Actor): Promise<void> {
  const ago = (days: number) => addDays(stage.act.today, -days)
  const show = await as(
    warehouse,
    'registerBody',
    stage,
    { actor: keeper, at: ago(90) },
    {
      kind: 'event',
      name: `第${Number(ago(90).slice(0, 4)) - 2016}届全市中小学生科技节`,
      document: `并教办〔${ago(90).slice(0, 4)}〕63号`,
      beginsOn: ago(80),
      endsOn: ago(15),
    },
  )
  await uses(stage, show.body.id, { organ, keeper, lines: showLines, way: 'bought', at: ago(78) })
  const end = { bodyId: show.body.id, version: show.body.version, endedOn: ago(13) }
  await as(warehouse, 'endBody', stage, { actor: keeper, at: ago(12) }, end)
}

const keeperOf = (stage: Stage, organ: OrganRow) => needed(stage, organ, 'asset-keeper', 'organ-clerk')

const systemOn = (act: Act, on: string): Act => ({ ...act, now: new Date(`${on}T08:30:00+08:00`), today: on })

/** Things come into the book of an organ and are used by a body from a day on. */
async function uses(
  stage: Stage,
  bodyId: string,
  of: { organ: OrganRow; keeper: Actor; lines: readonly Line[]; way: 'bought' | 'lent'; at: string },
): Promise<string[]> {
  const facts = of.lines
    .flatMap((line) => factsOf(of.organ, line, addDays(of.at, -20)))
    .map((one) => ({ ...one, state: 'in-use' as const }))
  const entering: Act = {
    ...stage.act,
    actor: of.keeper,
    now: new Date(`${of.at}T10:00:00+08:00`),
    today: of.at,
  }
  const cardIds = await registerCards(entering, facts, null)
  await as(warehouse, 'assignThings', stage, { actor: of.keeper, at: of.at }, { bodyId, cardIds, way: of.way })
  return cardIds
}
