import { mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { enqueue, runById } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import { cycleToMatch } from '#modules/plans/offers.ts'
import type { AnswerOf } from '#kernel/pure/contract.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import type { MatchedLine } from '../model.ts'
import { can, maySee } from '../policy.ts'
import { choicesOf, linesPage, type LineRow } from '../store/line.ts'
import {
  forgetProposal,
  insertProposal,
  proposalById,
  proposalsOf,
  totalsOf,
  type ProposalRow,
} from '../store/proposal.ts'
import { unmetPage } from '../store/unmet.ts'

type CycleActions = Pick<ActionsOf<typeof contract>, 'viewCycle' | 'propose' | 'lines' | 'unmet'>
type CycleRow = Awaited<ReturnType<typeof cycleToMatch>>

export const cycleActions: CycleActions = {
  async viewCycle(ctx) {
    return cycleView(ctx, await seenCycle(ctx, ctx.input.cycleId))
  },

  async propose(ctx) {
    const cycle = await seenCycle(ctx, ctx.input.cycleId)
    permit(can.propose(ctx.actor, cycle))
    insist(
      provided(cycle.state === 'open' || cycle.state === 'planned', {
        code: 'state',
        message: '计划已经执行的年度不再测算调剂。',
        basis: law.review,
      }),
    )
    await askForProposal(ctx, cycle)
    return cycleView(ctx, cycle)
  },

  async lines(ctx) {
    const { proposalId, after, limit, ...filter } = ctx.input
    const proposal = found(await proposalById(ctx.tx, proposalId), '调剂建议')
    if (!maySee(ctx.actor, proposal)) throw new Missing('调剂建议')
    const cursor = after?.split(':')
    const rows = await linesPage(
      ctx.tx,
      { proposalId, cycleId: proposal.cycleId, ...filter },
      cursor ? { savedFen: Number(cursor[0]), id: cursor[1] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.savedFen}:${last.id}`)
    return { ...page, items: page.items.map(asLine) }
  },

  async unmet(ctx) {
    const { proposalId, after, limit } = ctx.input
    const proposal = found(await proposalById(ctx.tx, proposalId), '调剂建议')
    if (!maySee(ctx.actor, proposal)) throw new Missing('调剂建议')
    return pageFrom(await unmetPage(ctx.tx, proposalId, after, limit + 1), limit, ({ demandLineId }) => demandLineId)
  },
}

async function seenCycle(act: Act, cycleId: string): Promise<CycleRow> {
  const cycle = await cycleToMatch(act, cycleId)
  if (!maySee(act.actor, cycle)) throw new Missing('年度周期')
  return cycle
}

/** A cycle is reckoned once at a time: who asks again meanwhile is shown the same job. */
async function askForProposal(act: Act, cycle: CycleRow): Promise<void> {
  const { pending } = await proposalsOf(act.tx, cycle.id)
  if (pending !== null) {
    if (await isAtWork(act, pending)) return
    await forgetProposal(act.tx, pending.id)
  }
  const id = newId()
  const jobId = await enqueue(act, 'matching.propose', { proposalId: id }, { title: `测算${cycle.year}年度调剂建议` })
  const inserted = await insertProposal(act.tx, {
    id,
    cycleId: cycle.id,
    jurisdictionCode: cycle.jurisdictionCode,
    year: cycle.year,
    jobId,
    askedByName: act.actor.name,
    askedAt: act.now,
  })
  if (!inserted) throw new Conflict('调剂建议')
  await record(act, 'matching.asked', {
    subject: { kind: 'matching.proposal', id },
    organId: act.actor.organ?.id ?? null,
    after: { cycleId: cycle.id, run: jobId },
  })
}

/** Whether its job is still to run or running; one that was stopped or failed gives its place to the next. */
async function isAtWork({ tx }: Pick<Act, 'tx'>, { jobId }: ProposalRow): Promise<boolean> {
  const job = jobId === null ? null : await runById(tx, jobId)
  return job !== null && (job.state === 'waiting' || job.state === 'running')
}

async function cycleView(act: Act, cycle: CycleRow): Promise<AnswerOf<(typeof contract)['viewCycle']>> {
  const { present, pending } = await proposalsOf(act.tx, cycle.id)
  const choices = present ? await choicesOf(act.tx, present.id) : { organs: [], kinds: [] }
  return {
    cycleId: cycle.id,
    year: cycle.year,
    proposal: present ? asProposal(present) : null,
    jobId: pending && (await isAtWork(act, pending)) ? pending.jobId : null,
    totals: await totalsOf(act.tx, cycle.id, present?.id ?? null),
    ...choices,
    may: { propose: mayOf(can.propose(act.actor, cycle)) },
  }
}

function asProposal(row: ProposalRow) {
  return {
    id: row.id,
    cycleId: row.cycleId,
    askedBy: row.askedByName,
    askedAt: row.askedAt,
    finishedAt: found(row.finishedAt, '调剂建议'),
    tookMs: row.tookMs ?? 0,
    lines: row.lineCount,
    stockPieces: row.stockPieces,
    savedFen: row.savedFen,
    boundFen: row.boundFen,
    byTurnFen: row.byTurnFen,
  }
}

export function asLine(row: LineRow): Omit<MatchedLine, 'answeredAt'> & { answeredAt: Date | null } {
  const {
    cycleId: _,
    jurisdictionCode: __,
    inUse: ___,
    replacement: ____,
    judgementId: _____,
    answeredByName,
    ...line
  } = row
  return { ...line, answeredBy: answeredByName }
}
