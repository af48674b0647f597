import { z } from 'zod'
import type { JobHandlers, JobResult, JobWork } from '#kernel/server/jobs.ts'
import { permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { groundOf, keepProposal, solveGround } from './actions/reckoning.ts'
import { can } from './policy.ts'
import { lockPending, proposalById } from './store/proposal.ts'

export const jobs: JobHandlers = {
  'matching.propose': { title: '测算调剂建议', run: propose },
}

/**
 * Reckons the assignment of a cycle. Repeatable: it reads one moment and writes its result once, at the end; a proposal
 * that was given up or finished meanwhile is left alone.
 */
async function propose({ data, transact, progress }: JobWork): Promise<JobResult | null> {
  const { proposalId } = z.object({ proposalId: z.uuid() }).parse(data)
  const startedAt = performance.now()
  const read = await transact(
    async (act) => {
      const proposal = await proposalById(act.tx, proposalId)
      if (proposal === undefined || proposal.finishedAt !== null) return null
      permit(can.propose(act.actor, proposal))
      return { cycleId: proposal.cycleId, ground: await groundOf(act, proposal.cycleId) }
    },
    { readOnly: true },
  )
  if (read === null) return null
  const { cycleId, ground } = read
  await progress(1, 3, `${ground.lines.length}行需求、${ground.stockPieces}件可调剂资产`)
  const assignments = await solveGround(ground)
  await progress(2, 3)
  const lines = assignments.reduce((sum, { allotted }) => sum + new Set(allotted.map(({ asker }) => asker)).size, 0)
  return transact(async (act) => {
    const proposal = await lockPending(act.tx, proposalId)
    if (proposal === undefined) return null
    await keepProposal(act, proposal, ground, assignments, Math.round(performance.now() - startedAt))
    await record(act, 'matching.proposed', {
      subject: { kind: 'matching.proposal', id: proposalId },
      organId: act.actor.organ?.id ?? null,
      after: { cycleId, lines, savedFen: assignments.reduce((sum, { savedFen }) => sum + savedFen, 0) },
    })
    return { cycleId, lines, link: `/matching?year=${ground.year}` }
  })
}
