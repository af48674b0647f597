import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/matching/actions.ts'
import { contract } from '#modules/matching/contract.ts'
import type { Allotment, MatchedLine } from '#modules/matching/model.ts'
import { actions as warehouseActions } from '#modules/warehouse/actions.ts'
import { contract as warehouseContract } from '#modules/warehouse/contract.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'
import { review } from './demands.ts'
import { proposedMatches } from './matching.ts'

const matching = { contract, actions }
const warehouse = { contract: warehouseContract, actions: warehouseActions }

/**
 * A county without a warehouse matches its demands with what the city's has (Art. 6, 23): one line waits for the city's
 * answer; of another the review was closed when the city said no, so that its reviewer has the money to arrange.
 */
export async function askedByMatching(act: Act, county: string, city: string, year: number): Promise<string> {
  const [asking, giving] = [await stageOf(act, county), await stageOf(act, city)]
  const ago = (days: number) => addDays(act.today, -days)
  const actor = await needed(asking, asking.authority, 'plan-reviewer')
  const lines = await proposedMatches(asking, actor, year, ago(4))
  const [pending, refused] = lines.filter(({ fromLevels }) => fromLevels > 0)
  if (pending === undefined) return '没有可向其他层级商请的需求'
  await accept(asking, actor, pending, ago(4))
  if (refused === undefined) return '1行需求商请市级调剂'
  const asked = await accept(asking, actor, refused, ago(4))
  for (const { id, version, demandId } of lines.filter((one) => one !== pending && one !== refused))
    if (demandId === refused.demandId)
      await as(
        matching,
        'refuseLine',
        asking,
        { actor, at: ago(4) },
        { lineId: id, version, reason: '机型老旧，耗材已停产。' },
      )
  await review(asking, refused.demandId, ago(4), true)
  const levelRequestId = asked.find(({ levelRequestId: id }) => id !== null)?.levelRequestId
  const manager = await needed(giving, giving.authority, 'asset-reviewer')
  await as(
    warehouse,
    'refuseLevel',
    giving,
    { actor: manager, at: ago(1) },
    {
      levelRequestId,
      version: 1,
      opinion: '拟用于市级应急指挥备用，近期不能调出。',
    },
  )
  return '2行需求商请市级调剂，1行未成'
}

async function accept(
  stage: Stage,
  actor: Awaited<ReturnType<typeof needed>>,
  line: MatchedLine,
  at: string,
): Promise<Allotment[]> {
  const { allotments } = await as(
    matching,
    'acceptLine',
    stage,
    { actor, at },
    { lineId: line.id, version: line.version },
  )
  return allotments
}
