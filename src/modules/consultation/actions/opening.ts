import { allOf, provided } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { issuedDocument } from '#kernel/server/issued-documents.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { organKindLabels } from '#modules/organs/model.ts'
import { authoritiesBelow, organsOf } from '#modules/organs/offers.ts'
import { consultationCase, opinionCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { Subject } from '../model.ts'
import { answerRoles, can } from '../policy.ts'
import { earliestLastDay, mayOpen } from '../rules/opening.ts'
import { insertConsultation, type ConsultationRow } from '../store/consultation.ts'
import { insertOpinions } from '../store/opinion.ts'
import { consultationSubject, seenConsultation } from './access.ts'
import { termOf } from './terms.ts'
import { consultationView } from './view.ts'

export const openingActions: Pick<ActionsOf<typeof contract>, 'invitableOrgans' | 'openConsultation'> = {
  async invitableOrgans(ctx) {
    const organ = officeOrgan(ctx.actor, '征求意见')
    permit(can.open(ctx.actor, organ.jurisdictionCode))
    const term = await termOf(ctx, organ.jurisdictionCode, 'consultation.opinion-workdays')
    const known = await invitable(ctx, organ)
    return {
      organs: known.map(({ id, name, kind, level, jurisdictionCode }) => ({
        id,
        name,
        kindLabel: organKindLabels[kind],
        level,
        below: jurisdictionCode !== organ.jurisdictionCode,
      })),
      earliestLastDay: earliestLastDay(ctx.today, term, await currentCalendar(ctx.tx), organ.jurisdictionCode),
      shortestWorkdays: term.count,
      citation: term.citation,
    }
  },

  async openConsultation(ctx) {
    const { id } = await openConsultation(ctx, { subject: null, ...ctx.input })
    return consultationView(ctx, await seenConsultation(ctx, id))
  },
}

export type OpeningConsultation = {
  /** The record consulted on; null for a text on its own. */
  subject: Subject | null
  title: string
  text: string
  /** Issued documents that are part of the draft. */
  documentIds?: readonly string[]
  organIds: readonly string[]
  /** Last day for opinions. */
  opinionsUntil: string
  /** Whether the summary names the organs to each other; true unless said otherwise. */
  namesShown?: boolean
}

/**
 * Asks organs for their opinion on a draft (Art. 9, norm A9-1): number, case, and a task with the last day in each organ's inbox.
 * @throws Forbidden where the actor is not of the level's authority or finance
 * @throws Refused with every reason: term too short, organ of another level, mark of secrecy, another one running
 */
export async function openConsultation(act: Act, asked: OpeningConsultation): Promise<{ id: string }> {
  const organ = officeOrgan(act.actor, '征求意见')
  const { jurisdictionCode } = organ
  permit(can.open(act.actor, jurisdictionCode))
  const organIds = [...new Set(asked.organIds)]
  const term = await termOf(act, jurisdictionCode, 'consultation.opinion-workdays')
  const known = new Map((await invitable(act, organ)).map((one) => [one.id, one]))
  insist(
    allOf(
      mayOpen(
        { ...asked, organIds, organId: organ.id, known: new Set(known.keys()) },
        { today: act.today, calendar: await currentCalendar(act.tx), region: jurisdictionCode, term },
      ),
      await ownDocuments(act, asked.documentIds ?? [], jurisdictionCode),
    ),
  )
  const year = act.today.slice(0, 4)
  const serial = await nextNumber(act.tx, `consultation-${year}-${jurisdictionCode}`)
  const id = newId()
  const opened = await openCase(act, consultationCase, {
    subjectId: id,
    title: `征求意见：${asked.title}`,
    applicantOrganId: organ.id,
    jurisdictionCode,
  })
  const row: ConsultationRow = {
    id,
    number: `ZQYJ-${year}-${jurisdictionCode}-${String(serial).padStart(3, '0')}`,
    subjectKind: asked.subject?.kind ?? null,
    subjectId: asked.subject?.id ?? null,
    title: asked.title,
    text: asked.text,
    documentIds: [...(asked.documentIds ?? [])],
    organId: organ.id,
    jurisdictionCode,
    state: 'open',
    opinionsUntil: asked.opinionsUntil,
    namesShown: asked.namesShown ?? true,
    openedOn: act.today,
    openedByName: act.actor.name,
    caseId: opened.id,
    remindedOn: null,
    closedOn: null,
    closedByName: null,
    conclusion: null,
    summaryDocumentId: null,
    version: 1,
  }
  insist(
    provided(await insertConsultation(act.tx, row), {
      code: 'already-running',
      message: '这一事项正在征求意见，不能重复发起。',
      remedy: '请先办结或撤销正在进行的征求意见。',
    }),
  )
  await invite(act, row, organIds)
  await record(act, 'consultation.opened', {
    ...consultationSubject(row),
    after: {
      number: row.number,
      title: row.title,
      opinionsUntil: row.opinionsUntil,
      organs: organIds.map((organId) => known.get(organId)?.name ?? organId),
      namesShown: row.namesShown,
    },
    basis: term,
  })
  return { id }
}

/** A case and a notice for each organ asked. */
async function invite(act: Act, row: ConsultationRow, organIds: readonly string[]): Promise<void> {
  const invited: { id: string; organId: string; caseId: string }[] = []
  for (const organId of organIds) {
    const opinionId = newId()
    const opened = await openCase(act, opinionCase, {
      subjectId: opinionId,
      title: `答复征求意见：${row.title}`,
      applicantOrganId: organId,
      jurisdictionCode: row.jurisdictionCode,
      dueOn: row.opinionsUntil,
    })
    invited.push({ id: opinionId, organId, caseId: opened.id })
  }
  await insertOpinions(act.tx, row, invited)
  for (const { id, organId } of invited)
    await notify(act, {
      organId,
      roles: answerRoles,
      link: `/consultation/opinions/${id}`,
      text: `${act.actor.organ?.name ?? ''}就“${row.title}”征求意见，请于${formatChineseDate(row.opinionsUntil)}前答复。`,
    })
}

/** Organs of the level but the asking one, and the authorities below it (Art. 6). */
async function invitable({ tx, today }: Act, organ: { id: string; jurisdictionCode: string }) {
  const own = (await organsOf(tx, organ.jurisdictionCode, today)).filter(({ id }) => id !== organ.id)
  return [...own, ...(await authoritiesBelow(tx, organ.jurisdictionCode, today))]
}

/** Documents of the draft are the level's own: an id must not open another's paper to the organs asked. */
async function ownDocuments({ tx }: Act, ids: readonly string[], jurisdictionCode: string) {
  const issued = await Promise.all(ids.map((id) => issuedDocument(tx, id)))
  return provided(
    issued.every((document) => document?.jurisdictionCode === jurisdictionCode),
    { code: 'unknown-document', message: '征求意见稿所附公文不存在，或者不是本级制发的。', remedy: '请重新选择公文。' },
  )
}
