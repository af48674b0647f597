import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf, refused } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { BadInput, Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { keepSealed, openSealed, withdrawSealed } from '#kernel/server/sealing/sealed-record.ts'
import type { contract } from '../contract.ts'
import { correctionFields, correctionStates, personalFieldForms, type CorrectionField } from '../model/personal-data.ts'
import { can } from '../policy.ts'
import { shownValue } from '../rules/personal-sight.ts'
import {
  correctionById,
  correctionsPage,
  correctPerson,
  endCorrection,
  insertCorrection,
  type CorrectionRow,
} from '../store/corrections.ts'
import { organsHolding, personById } from '../store/people.ts'
import { personalDataOfPerson } from '../store/personal-data.ts'
import { changePersonalData } from './personal-data.ts'

type CorrectionActions = Pick<
  ActionsOf<typeof contract>,
  'askCorrection' | 'withdrawCorrection' | 'corrections' | 'openCorrection' | 'decideCorrection'
>

/** What is asked for, and why; sealed, since both tell of a person. */
type Asked = { wanted: string; reason: string }
const sealedKind = 'people.correction'

export const correctionActions: CorrectionActions = {
  async askCorrection(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const person = found(await personById(ctx.tx, personId), '人员')
    const { field, reason } = ctx.input
    const wanted = readWanted(field, ctx.input.wanted)
    const id = newId()
    const asked = {
      id,
      personId,
      organId: person.organId,
      jurisdictionCode: person.jurisdictionCode,
      field,
      askedAt: ctx.now,
    }
    if (!(await insertCorrection(ctx.tx, asked)))
      insist(
        refused({
          code: 'asked-already',
          message: `更正${correctionFields[field]}的申请正在办理。`,
          remedy: '填写有误的，请先撤回原申请，再重新申请。',
        }),
      )
    await keepSealed(ctx, { kind: sealedKind, subjectId: id, content: { wanted, reason } satisfies Asked })
    await record(ctx, 'people.correction-asked', {
      subject: { kind: 'people.correction', id },
      organId: person.organId,
      after: { field, state: 'asked' },
    })
    for (const { organId, jurisdictionCode } of await organsHolding(ctx.tx, 'system-administrator', ctx.today))
      if (jurisdictionCode === person.jurisdictionCode)
        await notify(ctx, {
          organId,
          roles: ['system-administrator'],
          link: `/people/corrections/${id}`,
          text: `${person.organName}有人申请更正${correctionFields[field]}，请办理。`,
        })
    return correctionHead(found(await correctionById(ctx.tx, id), '更正申请'))
  },

  async withdrawCorrection(ctx) {
    const row = found(await correctionById(ctx.tx, ctx.input.correctionId, true), '更正申请')
    if (row.personId !== ctx.actor.personId) throw new Missing('更正申请')
    await end(ctx, row, 'withdrawn', null)
    return {}
  },

  async corrections(ctx) {
    permit(can.corrections(ctx.actor))
    const { state, after, limit } = ctx.input
    const rows = await correctionsPage(
      ctx.tx,
      found(ctx.actor.organ, '所代表的机关').jurisdictionCode,
      state,
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(correctionHead) }
  },

  async openCorrection(ctx) {
    const row = await seenCorrection(ctx, ctx.input.correctionId)
    const verdict = can.decideCorrection(ctx.actor, row)
    const person = found(await personById(ctx.tx, row.personId), '人员')
    const present = {
      name: person.name,
      post: person.post,
      identityNumber: shownValue(
        'masked',
        'identityNumber',
        (await personalDataOfPerson(ctx, person.id)).identityNumber,
      ),
    }[row.field]
    // Once it is decided or withdrawn, the content is gone.
    const content =
      row.state === 'asked'
        ? ((await openSealed(ctx, {
            kind: sealedKind,
            subjectId: row.id,
            organId: row.organId,
            verdict,
            purpose: '办理更正申请',
          })) as Asked)
        : null
    return { ...correctionHead(row), present, content, may: { decide: mayOf(verdict) } }
  },

  async decideCorrection(ctx) {
    const row = await seenCorrection(ctx, ctx.input.correctionId, true)
    const verdict = can.decideCorrection(ctx.actor, row)
    permit(verdict)
    if (row.state !== 'asked') throw new Conflict('更正申请', `这一申请${correctionStates[row.state]}。请刷新后核对。`)
    const { decision, answer = null } = ctx.input
    if (decision === 'declined' && !answer)
      throw new BadInput([{ pointer: '/answer', message: '不予更正的，请写明理由。' }])
    if (decision === 'done') {
      const content = await openSealed(ctx, {
        kind: sealedKind,
        subjectId: row.id,
        organId: row.organId,
        verdict,
        purpose: '办理更正申请',
      })
      await apply(ctx, row, (content as Asked).wanted)
    }
    await end(ctx, row, decision, answer)
    await notify(ctx, {
      organId: row.organId,
      roles: [],
      personId: row.personId,
      link: '/people/my-data',
      text: `更正${correctionFields[row.field]}的申请${correctionStates[decision]}。`,
    })
    return correctionHead(found(await correctionById(ctx.tx, row.id), '更正申请'))
  },
}

/** The value in the form it is kept in; an identity number that cannot be one is said so at once. */
function readWanted(field: CorrectionField, wanted: string): string {
  if (field === 'name' && wanted.length > 50)
    throw new BadInput([{ pointer: '/wanted', message: '姓名最多50个字。请核对后重新填写。' }])
  if (field !== 'identityNumber') return wanted
  const { read, wrong } = personalFieldForms.identityNumber
  const value = read(wanted)
  if (value === null) throw new BadInput([{ pointer: '/wanted', message: wrong }])
  return value
}

async function apply(ctx: Act, row: CorrectionRow, wanted: string): Promise<void> {
  const person = found(await personById(ctx.tx, row.personId), '人员')
  if (row.field === 'identityNumber') return changePersonalData(ctx, person, { identityNumber: wanted }, null)
  const { field } = row
  await correctPerson(ctx.tx, person.id, { [field]: wanted })
  await record(ctx, 'people.person-corrected', {
    subject: { kind: 'people.person', id: person.id },
    organId: person.organId,
    before: { [field]: person[field] },
    after: { [field]: wanted },
  })
}

/** Ends a request; its content has served its purpose and goes (个人信息保护法 Art. 19, 47). */
async function end(
  ctx: Act,
  row: CorrectionRow,
  state: 'done' | 'declined' | 'withdrawn',
  answer: string | null,
): Promise<void> {
  const decidedBy = state === 'withdrawn' ? null : ctx.actor.personId
  if (!(await endCorrection(ctx.tx, row.id, { state, decidedBy, answer, now: ctx.now }))) throw new Conflict('更正申请')
  await withdrawSealed(ctx, { kind: sealedKind, subjectId: row.id })
  await record(ctx, `people.correction-${state}`, {
    subject: { kind: 'people.correction', id: row.id },
    organId: row.organId,
    before: { state: row.state },
    after: { state, field: row.field },
  })
}

/** A request of the level, for who decides there; for everybody else there is none. */
async function seenCorrection(ctx: Act, id: string, lock = false): Promise<CorrectionRow> {
  permit(can.corrections(ctx.actor))
  const row = found(await correctionById(ctx.tx, id, lock), '更正申请')
  if (row.jurisdictionCode !== ctx.actor.organ?.jurisdictionCode) throw new Missing('更正申请')
  return row
}

export function correctionHead({ organId: _, jurisdictionCode: __, ...head }: CorrectionRow) {
  return head
}
