import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { hashPassword, newInitialPassword } from '../hashing.ts'
import { can, peopleScope } from '../policy.ts'
import { accountOf, setPassword } from '../store/accounts.ts'
import { clearGuard, guardSubject } from '../store/guards.ts'
import {
  insertAccount,
  insertPerson,
  peoplePage,
  personById,
  setAccountState,
  type ListedPerson,
} from '../store/people.ts'
import { personalDataOf } from '../store/personal-data.ts'
import { settingsOf } from '../store/settings.ts'
import { listedNumbers } from './personal-data.ts'
import { personView, seenPerson, showsAccounts } from './person-view.ts'

type AccountActions = Pick<
  ActionsOf<typeof contract>,
  'people' | 'viewPerson' | 'createPerson' | 'setAccountState' | 'unlockAccount' | 'resetPassword'
>

/** Persons and their accounts. */
export const accountActions: AccountActions = {
  async people(ctx) {
    const { after, limit, account, ...filter } = ctx.input
    const keeps = showsAccounts(ctx)
    const { rows, total } = await peoplePage(
      ctx.tx,
      peopleScope(ctx.actor),
      { ...filter, account: keeps ? account : undefined },
      { after, limit: limit + 1 },
      { day: ctx.today, now: ctx.now },
    )
    const page = pageFrom(rows, limit)
    const ids = page.items.map(({ id }) => id)
    const numbers = await personalDataOf(ctx, ids)
    const items = page.items.map((row) => ({ ...listed(row, keeps), ...listedNumbers(ctx, row, numbers.get(row.id)) }))
    const create = can.create(ctx.actor, {
      organId: ctx.actor.organ?.id ?? '',
      jurisdictionCode: ctx.actor.organ?.jurisdictionCode ?? '',
    })
    return {
      ...page,
      items,
      total,
      may: { create: mayOf(create), find: mayOf(can.findByNumber(ctx.actor)) },
    }
  },

  async viewPerson(ctx) {
    return personView(ctx, await seenPerson(ctx, ctx.input.personId))
  },

  async createPerson(ctx) {
    const organ = found(await organById(ctx.tx, ctx.input.organId, ctx.today), '机关')
    permit(can.create(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }))
    const settings = await settingsOf(ctx.tx)
    const id = newId()
    const initialPassword = newInitialPassword()
    const hash = await hashPassword(initialPassword, {
      memoryKib: settings['hash-memory-kib'],
      passes: settings['hash-passes'],
    })
    await insertPerson(ctx.tx, { id, name: ctx.input.name, organId: organ.id, post: ctx.input.post ?? null })
    const isNew = await insertAccount(ctx.tx, {
      personId: id,
      username: ctx.input.username,
      passwordHash: hash,
      passwordSetAt: ctx.now,
      mustChange: true,
      lastOrganId: organ.id,
      initialUntil: new Date(ctx.now.getTime() + settings['initial-password-days'] * 86_400_000),
    })
    if (!isNew) throw new Conflict('用户名', `用户名“${ctx.input.username}”已经有人使用。请换一个。`)
    await record(ctx, 'people.person-registered', {
      subject: { kind: 'people.person', id },
      organId: organ.id,
      after: { name: ctx.input.name, username: ctx.input.username, post: ctx.input.post ?? null },
    })
    return { ...(await personView(ctx, found(await personById(ctx.tx, id), '人员'))), initialPassword }
  },

  async setAccountState(ctx) {
    const person = await seenPerson(ctx, ctx.input.personId)
    permit(
      can.disable(ctx.actor, {
        organId: person.organId,
        jurisdictionCode: person.jurisdictionCode,
        personId: person.id,
      }),
    )
    const account = found(await accountOf(ctx.tx, person.id, true), '账号')
    await setAccountState(ctx.tx, person.id, ctx.input.state)
    if (ctx.input.state === 'active') await clearGuard(ctx.tx, guardSubject(account.username))
    await record(ctx, `people.account-${ctx.input.state}`, {
      subject: { kind: 'people.person', id: person.id },
      organId: person.organId,
      before: { state: account.state },
      after: { state: ctx.input.state },
    })
    return personView(ctx, person)
  },

  async unlockAccount(ctx) {
    const person = await seenPerson(ctx, ctx.input.personId)
    permit(can.unlock(ctx.actor, { ...person, personId: person.id }))
    const account = found(await accountOf(ctx.tx, person.id, true), '账号')
    await clearGuard(ctx.tx, guardSubject(account.username))
    await record(ctx, 'people.account-unlocked', {
      subject: { kind: 'people.person', id: person.id },
      organId: person.organId,
    })
    return personView(ctx, person)
  },

  async resetPassword(ctx) {
    const person = await seenPerson(ctx, ctx.input.personId)
    permit(
      can.resetPassword(ctx.actor, {
        organId: person.organId,
        jurisdictionCode: person.jurisdictionCode,
        personId: person.id,
      }),
    )
    const settings = await settingsOf(ctx.tx)
    const account = found(await accountOf(ctx.tx, person.id, true), '账号')
    const initialPassword = newInitialPassword()
    const hash = await hashPassword(initialPassword, {
      memoryKib: settings['hash-memory-kib'],
      passes: settings['hash-passes'],
    })
    await setPassword(
      ctx.tx,
      account,
      {
        hash,
        mustChange: true,
        initialUntil: new Date(ctx.now.getTime() + settings['initial-password-days'] * 86_400_000),
      },
      ctx.now,
    )
    await clearGuard(ctx.tx, guardSubject(account.username)) // whoever forgot it has locked the name too
    await record(ctx, 'people.password-reset', {
      subject: { kind: 'people.person', id: person.id },
      organId: person.organId,
    })
    return { ...(await personView(ctx, person)), initialPassword }
  },
}

function listed(row: ListedPerson, keeps: boolean) {
  const { username, state, mustChange, locked, secondFactorSince, secondFactorRequired, ...person } = row
  const account = { locked, secondFactorSince, secondFactorRequired }
  return {
    ...person,
    account:
      keeps && username !== null && state !== null
        ? { ...account, username, state, mustChange: mustChange ?? false }
        : null,
  }
}
