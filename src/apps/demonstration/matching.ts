import type { Actor } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { newId } from '#kernel/server/identifier.ts'
import { actions } from '#modules/matching/actions.ts'
import { contract } from '#modules/matching/contract.ts'
import { jobs } from '#modules/matching/jobs.ts'
import type { MatchedLine } from '#modules/matching/model.ts'
import { insertProposal } from '#modules/matching/store/proposal.ts'
import { actions as planActions } from '#modules/plans/actions.ts'
import { contract as planContract } from '#modules/plans/contract.ts'
import { as, needed, stageOf, type Stage } from './cast.ts'

const matching = { contract, actions }
const plans = { contract: planContract, actions: planActions }

/** The proposal of a cycle as its reviewer has it reckoned on a day; its lines, those that save most first. */
export async function proposedMatches(stage: Stage, actor: Actor, year: number, at: string): Promise<MatchedLine[]> {
  const { act } = stage
  const who = { actor, at }
  const { items: cycles } = await as(plans, 'cycles', stage, who, { year, limit: 5 })
  const cycleId: string = cycles[0].id
  const acting = actingAs(act, actor, at)
  const proposalId = newId()
  await insertProposal(act.tx, {
    id: proposalId,
    cycleId,
    jurisdictionCode: stage.jurisdictionCode,
    year,
    jobId: null,
    askedByName: actor.name,
    askedAt: acting.now,
  })
  await jobs['matching.propose']?.run({
    runId: proposalId,
    data: { proposalId },
    transact: (work) => work(acting),
    progress: async () => {},
  })
  const { items } = await as(matching, 'lines', stage, who, { proposalId, limit: 200 })
  return items
}

/** Next year's demands matched with what is there: one line taken up, one bought after all, the rest to be answered. */
export async function matchedDemands(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  const actor = await needed(stage, stage.authority, 'plan-reviewer')
  const who = { actor, at: act.today }
  const lines = await proposedMatches(stage, actor, year, act.today)
  const refused = lines.at(-1)
  const accepted = lines.find(({ id, fromWarehouse }) => fromWarehouse > 0 && id !== refused?.id)
  if (accepted) await as(matching, 'acceptLine', stage, who, { lineId: accepted.id, version: accepted.version })
  if (refused)
    await as(matching, 'refuseLine', stage, who, {
      lineId: refused.id,
      version: refused.version,
      reason: '机型不能满足业务系统要求，须整批统一配置。',
    })
  return `${lines.length}行需求有可调剂的资产`
}

function actingAs(act: Act, actor: Actor, at: string): Act {
  const now = new Date(`${at}T09:30:00+08:00`)
  return { ...act, actor, now, today: localDateOf(now) }
}
