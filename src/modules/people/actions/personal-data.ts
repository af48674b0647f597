import { mayOf, refused } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, Conflict, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import type { Person } from '../model.ts'
import { personalFieldForms, personalFields, readingPurposes, type PersonalField } from '../model/personal-data.ts'
import { can, maySee, peopleScope } from '../policy.ts'
import { shownValue, sightOf } from '../rules/personal-sight.ts'
import { peopleOfIds } from '../store/people.ts'
import {
  lockIdentityNumber,
  lockPersonalData,
  peopleWithNumber,
  personalDataOfPerson,
  savePersonalData,
  type PersonalData,
} from '../store/personal-data.ts'
import { seenPerson } from './person-view.ts'

type PersonalDataActions = Pick<
  ActionsOf<typeof contract>,
  'personalData' | 'setPersonalData' | 'readPersonalData' | 'findPerson'
>

export const personalDataActions: PersonalDataActions = {
  async personalData(ctx) {
    const person = await seenPerson(ctx, ctx.input.personId)
    return personalView(ctx, person, await personalDataOfPerson(ctx, person.id))
  },

  async setPersonalData(ctx) {
    const { personId, ...values } = ctx.input
    const person = await seenPerson(ctx, personId)
    permit(can.registerNumbers(ctx.actor, subjectOf(person)))
    await changePersonalData(ctx, person, values, ctx.ifMatch)
    return personalView(ctx, person, await personalDataOfPerson(ctx, person.id))
  },

  async readPersonalData(ctx) {
    const { personId, field, purpose } = ctx.input
    const person = await seenPerson(ctx, personId)
    const { sight, reason, basis } = sightOf(ctx.actor, subjectOf(person), field)
    if (sight !== 'whole' && sight !== 'on-purpose')
      permit(refused({ code: 'not-shown', message: reason, basis, remedy: '确需联系的，请通过办公电话或所在机关。' }))
    const value = (await personalDataOfPerson(ctx, person.id))[field]
    // One's own data one reads without leaving a trace of it; whatever is another's is recorded.
    if (person.id !== ctx.actor.personId)
      await record(ctx, 'people.personal-data-read', {
        subject: { kind: 'people.person', id: person.id },
        organId: person.organId,
        basis: { field, purpose: readingPurposes[purpose] },
      })
    return { value }
  },

  async findPerson(ctx) {
    permit(can.findByNumber(ctx.actor))
    const [field, value] = readNumber(ctx.input.number)
    const scope = peopleScope(ctx.actor)
    const people = (await peopleOfIds(ctx.tx, await peopleWithNumber(ctx, field, value), ctx.today)).filter(
      (person) =>
        scope.kind !== 'none' &&
        maySee(ctx.actor, person) &&
        sightOf(ctx.actor, subjectOf(person), field).sight !== 'none',
    )
    await record(ctx, 'people.person-searched', {
      subject: { kind: 'people.number', id: field },
      organId: ctx.actor.organ?.id ?? null,
      after: { people: people.map(({ id }) => id) },
    })
    return { items: people }
  },
}

/** A whole number of either kind. */
function readNumber(text: string): ['mobile' | 'identityNumber', string] {
  for (const field of ['mobile', 'identityNumber'] as const) {
    const value = personalFieldForms[field].read(text)
    if (value !== null) return [field, value]
  }
  throw new BadInput([{ pointer: '/number', message: '应为完整的11位手机号码或18位公民身份号码。请核对后重新填写。' }])
}

/**
 * Writes the fields that are given and differ; records which, masked.
 * @param version the client last saw; null takes what is there
 */
export async function changePersonalData(
  ctx: Act,
  person: Person,
  values: Partial<Record<PersonalField, string | null | undefined>>,
  version: number | null,
): Promise<void> {
  const present = await lockPersonalData(ctx.tx, person.id)
  if (version !== null && version !== present) throw new Conflict('个人信息')
  const before = await personalDataOfPerson(ctx, person.id)
  const changed = personalFields.filter((field) => values[field] !== undefined && values[field] !== before[field])
  if (changed.length === 0) return
  const { identityNumber } = values
  if (changed.includes('identityNumber') && identityNumber) await insistOnOnce(ctx, person, identityNumber)
  await savePersonalData(ctx, person.id, Object.fromEntries(changed.map((field) => [field, values[field] ?? null])))
  const masked = (of: Partial<Record<PersonalField, string | null | undefined>>) =>
    Object.fromEntries(changed.map((field) => [field, shownValue('masked', field, of[field] ?? null)]))
  await record(ctx, 'people.personal-data-changed', {
    subject: { kind: 'people.person', id: person.id },
    organId: person.organId,
    before: masked(before),
    after: masked(values),
  })
}

/** Nobody is registered twice: unique identity of users (GB/T 22239 8.1.4.1 a). */
async function insistOnOnce(ctx: Act, person: Person, identityNumber: string): Promise<void> {
  await lockIdentityNumber(ctx, identityNumber)
  const others = (await peopleWithNumber(ctx, 'identityNumber', identityNumber)).filter((id) => id !== person.id)
  if (others.length > 0)
    insist(
      refused({
        code: 'registered-twice',
        message: '这一公民身份号码已登记在另一人员名下。',
        basis: law.passwords,
        remedy: '请核对号码；同一人有两个账号的，先停用其中一个并清除其号码。',
      }),
    )
}

export function personalView({ actor }: Act, person: Person, data: PersonalData) {
  const subject = subjectOf(person)
  return {
    fields: personalFields.map((field) => {
      const { sight, reason } = sightOf(actor, subject, field)
      return { field, value: shownValue(sight, field, data[field]), sight, reason }
    }),
    version: data.version,
    may: { change: mayOf(can.registerNumbers(actor, subject)) },
  }
}

/** A list never shows a whole mobile number, whoever looks at it. */
export function listedNumbers({ actor }: Pick<Act, 'actor'>, person: Person, data: PersonalData | undefined) {
  const subject = subjectOf(person)
  const mobileSight = sightOf(actor, subject, 'mobile').sight
  return {
    officePhone: shownValue(sightOf(actor, subject, 'officePhone').sight, 'officePhone', data?.officePhone ?? null),
    mobile: shownValue(mobileSight === 'whole' ? 'masked' : mobileSight, 'mobile', data?.mobile ?? null),
  }
}

export function subjectOf(person: Person) {
  return { personId: person.id, organId: person.organId, jurisdictionCode: person.jurisdictionCode }
}
