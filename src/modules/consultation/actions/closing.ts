import { systemActor } from '#kernel/pure/actor.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { consultationCase, opinionCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { Counts } from '../model.ts'
import { answerRoles, can } from '../policy.ts'
import { mayChange, mayClose, mayRemind } from '../rules/closing.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { issueSummary } from '../documents/summary.ts'
import { countsOf, saveConsultation, type ConsultationRow } from '../store/consultation.ts'
import { endWaiting, invitedOrgans, opinionOfOrgan } from '../store/opinion.ts'
import { consultationSubject, expectVersion, heldConsultation } from './access.ts'
import { consultationView } from './view.ts'

type ClosingActions = Pick<ActionsOf<typeof contract>, 'remindOrgans' | 'closeConsultation' | 'withdrawConsultation'>

export const closingActions: ClosingActions = {
  async remindOrgans(ctx) {
    const { row, counts } = await toLead(ctx, '催办')
    insist(mayRemind({ state: row.state, counts, remindedOn: row.remindedOn }, ctx.today))
    const waiting = (await invitedOrgans(ctx.tx, row.id)).filter(({ state }) => state === 'waiting')
    for (const { id, organId } of waiting)
      await notify(ctx, {
        organId,
        roles: answerRoles,
        link: `/consultation/opinions/${id}`,
        text: `请答复“${row.title}”的征求意见，截止日为${formatChineseDate(row.opinionsUntil)}。`,
      })
    const reminded = await saveConsultation(ctx.tx, row, { remindedOn: ctx.today })
    await record(ctx, 'consultation.reminded', { ...consultationSubject(row), after: { organs: waiting.length } })
    return shown(ctx, reminded)
  },

  /** Norm A9-1: closed only with every opinion answered; the summary is an official document to everybody asked. */
  async closeConsultation(ctx) {
    const { row, counts } = await toLead(ctx, '办结征求意见')
    const { conclusion } = ctx.input
    insist(mayClose({ state: row.state, opinionsUntil: row.opinionsUntil, counts }, ctx.today))
    insist(checkSecrecy([['汇总说明', conclusion]]))
    await endOpinions(ctx, row, 'lapse')
    const summaryDocumentId = await issueSummary(ctx, row, conclusion)
    const closed = await saveConsultation(ctx.tx, row, {
      state: 'closed',
      closedOn: ctx.today,
      closedByName: ctx.actor.name,
      conclusion: conclusion === '' ? null : conclusion,
      summaryDocumentId,
    })
    await moveCase(ctx, consultationCase, row.caseId, 'close', { opinion: conclusion })
    await record(ctx, 'consultation.closed', {
      ...consultationSubject(row),
      before: { state: row.state },
      after: { state: 'closed', ...counts, document: summaryDocumentId },
    })
    await tellInvited(ctx, row, `“${row.title}”征求意见已办结，可查看意见采纳情况。`)
    return shown(ctx, closed)
  },

  async withdrawConsultation(ctx) {
    const { row } = await toLead(ctx, '撤销征求意见')
    insist(mayChange(row.state))
    const { opinion } = ctx.input
    insist(checkSecrecy([['撤销原因', opinion]]))
    await endOpinions(ctx, row, 'withdraw')
    const withdrawn = await saveConsultation(ctx.tx, row, { state: 'withdrawn' })
    await moveCase(ctx, consultationCase, row.caseId, 'withdraw', { opinion })
    await record(ctx, 'consultation.withdrawn', {
      ...consultationSubject(row),
      before: { state: row.state },
      after: { state: 'withdrawn', opinion },
    })
    await tellInvited(ctx, row, `“${row.title}”征求意见已撤销：${opinion}`)
    return shown(ctx, withdrawn)
  },
}

/** The actor's own consultation, held alone, at the version they saw. */
async function toLead(
  ctx: Act & { input: { consultationId: string; version: number } },
  what: string,
): Promise<{ row: ConsultationRow; counts: Counts }> {
  const row = await heldConsultation(ctx, ctx.input.consultationId, 'alone')
  permit(can.lead(ctx.actor, row, what))
  insist(mayChange(row.state))
  expectVersion(row, ctx.input.version, '征求意见')
  return { row, counts: found((await countsOf(ctx.tx, [row.id])).get(row.id), '征求意见') }
}

/** What still waits in the organs' inboxes ends with the consultation; a consequence, so the system does it. */
async function endOpinions(act: Act, row: ConsultationRow, how: 'lapse' | 'withdraw'): Promise<void> {
  const waiting = (await invitedOrgans(act.tx, row.id)).filter(({ state }) => state === 'waiting')
  const system = { ...act, actor: systemActor }
  for (const { caseId } of waiting) await moveCase(system, opinionCase, caseId, how, {})
  await endWaiting(act.tx, row.id, how === 'lapse' ? 'unanswered' : 'withdrawn')
}

async function tellInvited(act: Act, row: ConsultationRow, text: string): Promise<void> {
  for (const { organId } of await invitedOrgans(act.tx, row.id))
    await notify(act, { organId, roles: answerRoles, link: `/consultation/consultations/${row.id}`, text })
}

async function shown(ctx: Act, row: ConsultationRow) {
  const mine = ctx.actor.organ === null ? null : await opinionOfOrgan(ctx.tx, row.id, ctx.actor.organ.id)
  return consultationView(ctx, { row, mine })
}
