import { z } from 'zod'
import { rolesInWords } from '#kernel/pure/case-moves.ts'
import { addWorkdays } from '#kernel/pure/calendar.ts'
import { soonDays } from '#kernel/pure/deadline.ts'
import { addDays, LocalDateSchema } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf, provided } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { markRead, notificationsFor, notify, unreadCount } from '#kernel/server/cases/notifications.ts'
import { readableCase } from '#kernel/server/cases/reading.ts'
import {
  answerSignature,
  caseById,
  insertSignature,
  insertStep,
  recallSignatures,
  signatureById,
  signaturesOf,
  stepsOf,
  type Signature,
} from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from './contract.ts'
import { can } from './policy.ts'
import { assignCase, inboxPage, startedPage } from './store.ts'
import { linkOf, summaryOf } from './summary.ts'

export const actions: ActionsOf<typeof contract> = {
  async inbox(ctx) {
    const { kind, urgency, after, limit } = ctx.input
    const calendar = await currentCalendar(ctx.tx)
    // Up to the day before the next working day: a Saturday after the third one is as near as that one.
    const soon = {
      today: ctx.today,
      workdays: addDays(addWorkdays(ctx.today, soonDays + 1, calendar), -1),
      calendarDays: addDays(ctx.today, soonDays),
    }
    const cursor = /^(\d{4}-\d\d-\d\d):([0-9a-f-]{36})$/.exec(after ?? '')
    if (after !== undefined && !(cursor && isDate(cursor[1]) && isId(cursor[2]))) throw wrongCursor()
    const { rows, counts } = await inboxPage(
      ctx.tx,
      ctx.actor,
      { kind, urgency, soon },
      cursor ? { dueOn: cursor[1] as string, id: cursor[2] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.dueOn ?? '9999-12-31'}:${last.signatureId ?? last.id}`)
    return {
      ...page,
      items: await summaries(ctx, page.items),
      counts,
      total: counts.all,
    }
  },

  async started(ctx) {
    const { open, after, limit } = ctx.input
    const organ = found(ctx.actor.organ, '所代表的机关')
    if (!can.seeStarted(ctx.actor)) return { items: [], total: null, next: null }
    const cursor = /^(.+)@([0-9a-f-]{36})$/.exec(after ?? '')
    if (after !== undefined && !(cursor && isInstant(cursor[1]) && isId(cursor[2]))) throw wrongCursor()
    const rows = await startedPage(
      ctx.tx,
      organ.id,
      open,
      cursor ? { openedAt: new Date(cursor[1] as string), id: cursor[2] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.openedAt.toISOString()}@${last.id}`)
    return { ...page, items: await summaries(ctx, page.items) }
  },

  async viewCourse(ctx) {
    return courseOf(ctx, await readableCase(ctx, ctx.input.caseId))
  },

  /** 转办: to a colleague of the same organ who holds one of the roles the step waits for. */
  async handOver(ctx) {
    const row = await lockedCase(ctx, ctx.input.caseId)
    permit(can.handOver(ctx.actor, row))
    const person = (await colleaguesOf(ctx, row)).find(({ id }) => id === ctx.input.personId)
    insist(
      provided(person !== undefined && person.id !== ctx.actor.personId, {
        code: 'not-a-colleague',
        message: '所选人员今天不能办理这个环节。',
        remedy: `请选择本单位的${rolesInWords(row.waitingRoles)}。`,
      }),
    )
    if (person) await assign(ctx, row, '转办', person, ctx.input.opinion ?? null)
    return courseOf(ctx, found(await caseById(ctx.tx, row.id), '办理事项'))
  },

  async takeBack(ctx) {
    const row = await lockedCase(ctx, ctx.input.caseId)
    permit(can.takeBack(ctx.actor, row))
    await assign(ctx, row, '收回转办', null, null)
    return courseOf(ctx, found(await caseById(ctx.tx, row.id), '办理事项'))
  },

  async askSignature(ctx) {
    const row = await lockedCase(ctx, ctx.input.caseId)
    permit(can.ask(ctx.actor, row))
    const asked = await whomToAsk(ctx, row)
    const id = newId()
    const isNew = await insertSignature(ctx.tx, {
      id,
      caseId: row.id,
      step: row.step,
      kind: ctx.input.kind,
      ...asked,
      question: ctx.input.question,
      askedBy: found(ctx.actor.personId, '办理人'),
      askedByName: ctx.actor.name,
      askedAt: ctx.now,
    })
    insist(provided(isNew, { code: 'asked-before', message: '本环节已请对方提出意见，请勿重复发起。' }))
    await notify(ctx, {
      organId: asked.organId,
      personId: asked.personId,
      roles: ['organ-head', 'organ-clerk', 'authority-leader', 'plan-reviewer', 'finance-reviewer'],
      link: linkOf(kindOf(ctx, row), row),
      text: `${ctx.actor.name}请${asked.personId ? '您' : '贵单位'}就“${row.title}”提出意见：${ctx.input.question}`,
    })
    await record(ctx, 'cases.signature-asked', {
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      after: { kind: ctx.input.kind, ...asked, question: ctx.input.question },
    })
    return courseOf(ctx, row)
  },

  async answerSignature(ctx) {
    const signature = found(await signatureById(ctx.tx, ctx.input.signatureId), '会签、加签')
    const row = await readableCase(ctx, signature.caseId)
    permit(can.answer(ctx.actor, signature))
    const opinion = ctx.input.opinion ?? null
    insist(
      provided(ctx.input.agrees || opinion !== null, {
        code: 'case-opinion',
        message: '不同意的，须写明意见。',
        remedy: '请填写意见后再提交。',
      }),
    )
    await answerSignature(ctx.tx, signature.id, {
      by: found(ctx.actor.personId, '办理人'),
      byName: ctx.actor.name,
      at: ctx.now,
      agrees: ctx.input.agrees,
      opinion,
    })
    await record(ctx, 'cases.signature-answered', {
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      after: { agrees: ctx.input.agrees, opinion },
    })
    return courseOf(ctx, row)
  },

  async recallSignature(ctx) {
    const signature = found(await signatureById(ctx.tx, ctx.input.signatureId), '会签、加签')
    const row = await readableCase(ctx, signature.caseId)
    permit(can.recall(ctx.actor, signature))
    await recallSignatures(ctx.tx, { caseId: row.id, id: signature.id }, ctx.now)
    await record(ctx, 'cases.signature-recalled', {
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      before: { question: signature.question },
    })
    return courseOf(ctx, row)
  },

  async notifications(ctx) {
    const { after, limit } = ctx.input
    const rows = await notificationsFor(ctx.tx, ctx.actor, Number(after) || null, limit + 1)
    const page = pageFrom(rows, limit, ({ id }) => String(id))
    return {
      unread: await unreadCount(ctx.tx, ctx.actor),
      ...page,
    }
  },

  async markNotificationsRead(ctx) {
    await markRead(ctx, ctx.input.ids)
    return { unread: await unreadCount(ctx.tx, ctx.actor) }
  },
}

const isDate = (text = '') => LocalDateSchema.safeParse(text).success
const isInstant = (text = '') => z.iso.datetime().safeParse(text).success
const isId = (text = '') => z.uuid().safeParse(text).success

function wrongCursor(): BadInput {
  return new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
}

function kindOf({ caseKinds }: Pick<Act, 'caseKinds'>, row: CaseRow) {
  return found(caseKinds.get(row.kind), '事项种类').kind
}

async function lockedCase(act: Act, caseId: string): Promise<CaseRow> {
  await readableCase(act, caseId)
  return found(await caseById(act.tx, caseId, true), '办理事项')
}

async function summaries(act: Act, rows: readonly CaseRow[]) {
  const known = rows.filter(({ kind }) => act.caseKinds.has(kind))
  const calendar = await currentCalendar(act.tx)
  const names = await act.directory.organNames(
    act.tx,
    known.map(({ applicantOrganId }) => applicantOrganId),
  )
  return known.map((row) =>
    summaryOf(kindOf(act, row), row, names.get(row.applicantOrganId) ?? '', act.today, calendar),
  )
}

/** People who could take the present step. */
async function colleaguesOf({ tx, directory, today }: Act, row: CaseRow) {
  if (row.waitingParty === null) return []
  const organId =
    row.waitingParty === 'applicant'
      ? row.applicantOrganId
      : (await directory.partyOrgan(tx, row.jurisdictionCode, row.waitingParty, today))?.id
  return organId ? directory.peopleHolding(tx, { organId, roles: row.waitingRoles }, today) : []
}

async function assign(
  act: Act,
  row: CaseRow,
  label: string,
  person: { id: string; name: string } | null,
  opinion: string | null,
): Promise<void> {
  await insertStep(act.tx, {
    caseId: row.id,
    step: row.step + 1,
    transition: label === '转办' ? 'hand-over' : 'take-back',
    act: person ? `转办给${person.name}` : label,
    fromState: row.state,
    toState: row.state,
    personId: act.actor.personId,
    personName: act.actor.name,
    organId: act.actor.organ?.id ?? null,
    organName: act.actor.organ?.name ?? null,
    opinion,
    at: act.now,
    workdaysUsed: 0,
    enteredAt: row.enteredAt,
    dueOn: null, // nothing was dealt with: the term runs on
    dueProvisional: false,
    clockFrom: null,
  })
  await assignCase(act.tx, row.id, row.step + 1, person)
  if (person && act.actor.organ)
    await notify(act, {
      organId: act.actor.organ.id,
      personId: person.id,
      roles: [],
      link: linkOf(kindOf(act, row), row),
      text: `${act.actor.name}将“${row.title}”转您办理。`,
    })
  await record(act, person ? 'cases.handed-over' : 'cases.taken-back', {
    subject: { kind: row.kind, id: row.subjectId },
    organId: row.applicantOrganId,
    before: { assignedTo: row.assignedPersonName },
    after: { assignedTo: person?.name ?? null, opinion },
  })
}

async function whomToAsk(
  ctx: Act & { input: { kind: 'co-sign' | 'signer'; organId?: string | undefined; personId?: string | undefined } },
  row: CaseRow,
): Promise<{ organId: string; personId: string | null }> {
  const { kind, organId, personId } = ctx.input
  const own = found(ctx.actor.organ, '所代表的机关')
  if (kind === 'co-sign') {
    if (!organId || organId === own.id)
      throw new BadInput([{ pointer: '/organId', message: '请选择本单位以外的会签机关。' }])
    if (!(await ctx.directory.organNames(ctx.tx, [organId])).has(organId))
      throw new BadInput([{ pointer: '/organId', message: '没有找到所选的会签机关。' }])
    return { organId, personId: null }
  }
  const colleagues = await ctx.directory.peopleHolding(
    ctx.tx,
    { organId: own.id, roles: [...row.waitingRoles, 'organ-head', 'authority-leader'] },
    ctx.today,
  )
  if (!personId || personId === ctx.actor.personId || !colleagues.some(({ id }) => id === personId))
    throw new BadInput([{ pointer: '/personId', message: '请选择本单位有权办理的另一人加签。' }])
  return { organId: own.id, personId }
}

async function courseOf(act: Act, row: CaseRow) {
  const kind = kindOf(act, row)
  const signatures = await signaturesOf(act.tx, row.id)
  const steps = await stepsOf(act.tx, row.id)
  const names = await act.directory.organNames(act.tx, [
    row.applicantOrganId,
    ...signatures.map(({ organId }) => organId),
  ])
  const handOver = can.handOver(act.actor, row)
  const colleagues = handOver.ok ? await colleaguesOf(act, row) : []
  const people = new Map(colleagues.map(({ id, name }) => [id, name]))
  return {
    summary: summaryOf(kind, row, names.get(row.applicantOrganId) ?? '', act.today, await currentCalendar(act.tx)),
    steps,
    signatures: signatures.map((signature) => signatureView(act, signature, names, people)),
    assignedTo: row.assignedPersonName,
    colleagues: colleagues
      .filter(({ id }) => id !== act.actor.personId)
      .map(({ id, name, roles }) => ({ id, name, roles: rolesInWords(roles) })),
    may: {
      handOver: mayOf(handOver),
      takeBack: mayOf(can.takeBack(act.actor, row)),
      ask: mayOf(can.ask(act.actor, row)),
    },
  }
}

function signatureView({ actor }: Act, signature: Signature, organs: Map<string, string>, people: Map<string, string>) {
  return {
    ...signature,
    organName: organs.get(signature.organId) ?? '',
    personName: signature.answeredByName ?? (signature.personId ? (people.get(signature.personId) ?? null) : null),
    may: { answer: mayOf(can.answer(actor, signature)), recall: mayOf(can.recall(actor, signature)) },
  }
}
