import { allOf, mayOf } from '#kernel/pure/verdict.ts'
import type { ActionsOf, Ctx } from '#kernel/server/context.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { isAdministrator, type Holding } from '../model.ts'
import { can, holdingsScope } from '../policy.ts'
import { mayDelegate, mayHold } from '../rules/granting.ts'
import {
  delegationsOf,
  endHolding,
  holdingById,
  holdingPage,
  holdingsOfPerson,
  insertHolding,
  personById,
} from '../store/people.ts'
import { settingsOf } from '../store/settings.ts'
import { personView, seenPerson } from './person-view.ts'

type RoleActions = Pick<
  ActionsOf<typeof contract>,
  'grantRole' | 'endRole' | 'holdings' | 'delegateRole' | 'delegations'
>

/** Roles, and their delegation 委托. */
export const roleActions: RoleActions = {
  async holdings(ctx) {
    const { after, limit, ...filter } = ctx.input
    permit(can.seeHoldings(ctx.actor))
    const { rows, total } = await holdingPage(
      ctx.tx,
      holdingsScope(ctx.actor),
      filter,
      { after, limit: limit + 1 },
      ctx.today,
    )
    const page = pageFrom(rows, limit)
    const organ = found(ctx.actor.organ, '机关')
    const end = can.grant(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode })
    return {
      ...page,
      total,
      may: { end: mayOf(end) },
    }
  },

  async grantRole(ctx) {
    const { personId, organId, role, validFrom, validUntil = null, document = null } = ctx.input
    const person = await seenPerson(ctx, personId)
    const organ = found(await organById(ctx.tx, organId, ctx.today), '机关')
    permit(can.grant(ctx.actor, { organId, jurisdictionCode: organ.jurisdictionCode, role, personId }))
    insist(
      mayHold(
        { role, organ, validFrom, validUntil, document },
        await holdingsOfPerson(ctx.tx, personId, ctx.today),
        ctx.today,
      ),
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

  async delegations(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const since = addDays(ctx.today, -90)
    const own = (await holdingsOfPerson(ctx.tx, personId, ctx.today)).filter(
      ({ delegatedFrom, role }) => delegatedFrom === null && !isAdministrator(role),
    )
    const me = { id: personId, name: ctx.actor.name }
    return {
      given: (await delegationsOf(ctx.tx, personId, 'given', since)).map((holding) =>
        delegationView(ctx, holding, me, { id: holding.personId, name: holding.delegateName }),
      ),
      received: (await delegationsOf(ctx.tx, personId, 'received', since)).map((holding) =>
        delegationView(ctx, holding, found(holding.delegatedBy, '委托人'), me),
      ),
      own,
      longestDays: (await settingsOf(ctx.tx))['delegation-days'],
    }
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
        mayHold({ role: holding.role, organ, validFrom, validUntil, document: holding.document }, held, ctx.today),
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
}

type Side = { id: string; name: string }

/** Who gave a delegation ends it early; who received it asks them to. */
function delegationView(ctx: Ctx, given: Holding & { delegateName: string }, from: Side, to: Side) {
  const { delegateName: _, ...holding } = given
  const { validFrom, validUntil } = holding
  const over = validUntil !== null && validUntil < ctx.today
  const state = over ? ('over' as const) : validFrom > ctx.today ? ('ahead' as const) : ('in-force' as const)
  return { holding, from, to, state, may: { end: mayOf(can.endDelegation(ctx.actor, { giverId: from.id, over })) } }
}
