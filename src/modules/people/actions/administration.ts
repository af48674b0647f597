import { allOf, mayOf } from '#kernel/pure/verdict.ts'
import { holds } from '#kernel/pure/actor.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { hashPassword, newInitialPassword } from '../hashing.ts'
import type { Person } from '../model.ts'
import { can, maySee, peopleScope } from '../policy.ts'
import { mayDelegate, mayHold } from '../rules/granting.ts'
import {
  endHolding,
  holdingById,
  holdingsOfPerson,
  insertAccount,
  insertHolding,
  insertPerson,
  peoplePage,
  personById,
  setAccountState,
} from '../store/people.ts'
import { accountOf, clearGuard, guardSubject, isLocked, setPassword, settingsOf } from '../store/sessions.ts'

type AdministrationActions = Pick<
  ActionsOf<typeof contract>,
  | 'people'
  | 'viewPerson'
  | 'createPerson'
  | 'grantRole'
  | 'endRole'
  | 'delegateRole'
  | 'setAccountState'
  | 'resetPassword'
>

export const administrationActions: AdministrationActions = {
  async people(ctx) {
    const { after, limit, ...filter } = ctx.input
    const { rows, total } = await peoplePage(ctx.tx, peopleScope(ctx.actor), filter, after, limit + 1, ctx.today)
    const items = rows.slice(0, limit).map((row) => ({ ...row, username: showsAccounts(ctx) ? row.username : null }))
    const create = can.create(ctx.actor, {
      organId: ctx.actor.organ?.id ?? '',
      jurisdictionCode: ctx.actor.organ?.jurisdictionCode ?? '',
    })
    return {
      items,
      next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      total,
      may: { create: mayOf(create) },
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

  async grantRole(ctx) {
    const { personId, organId, role, validFrom, validUntil = null, document = null } = ctx.input
    const person = await seenPerson(ctx, personId)
    const organ = found(await organById(ctx.tx, organId, ctx.today), '机关')
    permit(can.grant(ctx.actor, { organId, jurisdictionCode: organ.jurisdictionCode, role, personId }))
    insist(
      mayHold({ role, organ, validFrom, validUntil }, await holdingsOfPerson(ctx.tx, personId, ctx.today), ctx.today),
    )
    const id = newId()
    if (
      !(await insertHolding(ctx.tx, {
        id,
        personId,
        organId,
        role,
        validFrom,
        validUntil,
        delegatedFrom: null,
        document,
        grantedBy: ctx.actor.personId,
      }))
    )
      throw new Conflict('角色', '本人在这一期间已经担任该角色，或与三员分立冲突。请刷新后核对。')
    await record(ctx, 'people.role-granted', {
      subject: { kind: 'people.person', id: personId },
      organId,
      after: { holding: id, role, validFrom, validUntil, document },
    })
    return personView(ctx, person)
  },

  async endRole(ctx) {
    const holding = found(await holdingById(ctx.tx, ctx.input.holdingId), '角色')
    const person = await seenPerson(ctx, holding.personId)
    const organ = found(await organById(ctx.tx, holding.organId, ctx.today), '机关')
    const ownDelegation = holding.delegatedBy?.id === ctx.actor.personId
    if (!ownDelegation)
      permit(
        can.grant(ctx.actor, {
          organId: holding.organId,
          jurisdictionCode: organ.jurisdictionCode,
          role: holding.role,
          personId: holding.personId,
        }),
      )
    await endHolding(ctx.tx, holding.id, ctx.today)
    await record(ctx, 'people.role-ended', {
      subject: { kind: 'people.person', id: holding.personId },
      organId: holding.organId,
      before: holding,
    })
    return personView(ctx, person)
  },

  async delegateRole(ctx) {
    const { holdingId, personId, validFrom, validUntil, document = null } = ctx.input
    const holding = found(await holdingById(ctx.tx, holdingId), '角色')
    permit(can.delegate(ctx.actor, holding))
    const delegate = found(await personById(ctx.tx, personId), '受托人')
    const organ = found(await organById(ctx.tx, holding.organId, ctx.today), '机关')
    const held = await holdingsOfPerson(ctx.tx, personId, ctx.today)
    insist(
      allOf(
        mayDelegate(
          holding,
          { personId, validFrom, validUntil, sameOrgan: delegate.organId === holding.organId },
          await settingsOf(ctx.tx),
          ctx.today,
        ),
        mayHold({ role: holding.role, organ, validFrom, validUntil }, held, ctx.today),
      ),
    )
    const id = newId()
    if (
      !(await insertHolding(ctx.tx, {
        id,
        personId,
        organId: holding.organId,
        role: holding.role,
        validFrom,
        validUntil,
        delegatedFrom: holding.id,
        document,
        grantedBy: ctx.actor.personId,
      }))
    )
      throw new Conflict('委托', '受托人在这一期间已经担任该角色。请刷新后核对。')
    await record(ctx, 'people.role-delegated', {
      subject: { kind: 'people.person', id: personId },
      organId: holding.organId,
      after: { holding: id, from: holding.id, role: holding.role, validFrom, validUntil, document },
    })
    return personView(ctx, found(await personById(ctx.tx, found(ctx.actor.personId, '人员')), '人员'))
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

function showsAccounts({ actor }: Act): boolean {
  return holds(actor, 'system-administrator') || holds(actor, 'security-administrator')
}

async function seenPerson({ tx, actor }: Act, personId: string): Promise<Person> {
  const person = found(await personById(tx, personId), '人员')
  if (person.id !== actor.personId && !maySee(actor, person)) throw new Missing('人员')
  return person
}

async function personView(ctx: Act, person: Person) {
  const account = await accountOf(ctx.tx, person.id)
  const subject = { organId: person.organId, jurisdictionCode: person.jurisdictionCode, personId: person.id }
  const shown = account !== null && (showsAccounts(ctx) || person.id === ctx.actor.personId)
  return {
    person,
    account: shown
      ? {
          username: account.username,
          state: account.state,
          mustChange: account.mustChange,
          passwordSetAt: account.passwordSetAt,
          locked: await isLocked(ctx.tx, 'account', guardSubject(account.username), ctx.now),
        }
      : null,
    holdings: await holdingsOfPerson(ctx.tx, person.id, ctx.today),
    may: {
      grant: mayOf(can.grant(ctx.actor, subject)),
      disable: mayOf(can.disable(ctx.actor, subject)),
      resetPassword: mayOf(can.resetPassword(ctx.actor, subject)),
      delegate: mayOf(can.delegate(ctx.actor, { personId: person.id })),
    },
  }
}
