import { pageFrom } from '#kernel/pure/page.ts'
import type { ActionsOf, Ctx } from '#kernel/server/context.ts'
import { found, Missing, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { personById } from '../store/people.ts'
import {
  endSessionById,
  endSessionsOfPerson,
  levelSessionPage,
  liveSession,
  liveSessions,
  type LevelSessionRow,
} from '../store/sessions.ts'

type SessionsActions = Pick<
  ActionsOf<typeof contract>,
  'sessions' | 'endSession' | 'levelSessions' | 'endSessionOf' | 'endSessionsOf'
>

/** Sessions under way: one's own, and those of a level for its system administrator. They end in every process at once. */
export const sessionsActions: SessionsActions = {
  async sessions(ctx) {
    const rows = await liveSessions(ctx.tx, found(ctx.actor.personId, '人员'), ctx.now)
    return { items: rows.map(({ tokenHash, ...row }) => ({ ...row, current: tokenHash === ctx.session.tokenHash })) }
  },

  async endSession(ctx) {
    if (!(await endSessionById(ctx.tx, found(ctx.actor.personId, '人员'), ctx.input.sessionId, ctx.now)))
      throw new Missing('登录')
    await record(ctx, 'people.session-ended', {
      subject: { kind: 'people.person', id: found(ctx.actor.personId, '人员') },
      after: { session: ctx.input.sessionId },
    })
    return {}
  },

  async levelSessions(ctx) {
    const { after = null, limit, text = null } = ctx.input
    permit(can.seeSessions(ctx.actor))
    const { rows, total } = await levelSessionPage(
      ctx.tx,
      { jurisdictionCode: found(ctx.actor.organ, '机关').jurisdictionCode, text: text || null },
      { after, limit: limit + 1 },
      ctx.now,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map((row) => shown(ctx, row)), total }
  },

  async endSessionOf(ctx) {
    const session = await liveSession(ctx.tx, ctx.input.sessionId, ctx.now)
    if (session === null || !can.seeSessions(ctx.actor, session).ok) {
      permit(can.seeSessions(ctx.actor))
      throw new Missing('登录')
    }
    permit(can.endSessions(ctx.actor, session))
    await endSessionById(ctx.tx, session.personId, session.id, ctx.now)
    await record(ctx, 'people.session-ended', {
      subject: { kind: 'people.person', id: session.personId },
      organId: session.organId,
      after: { session: session.id },
    })
    return {}
  },

  async endSessionsOf(ctx) {
    permit(can.seeSessions(ctx.actor))
    const person = found(await personById(ctx.tx, ctx.input.personId), '人员')
    if (!can.seeSessions(ctx.actor, person).ok) throw new Missing('人员')
    permit(can.endSessions(ctx.actor, { ...person, personId: person.id }))
    const ended = await endSessionsOfPerson(ctx.tx, person.id, ctx.now)
    await record(ctx, 'people.sessions-ended', {
      subject: { kind: 'people.person', id: person.id },
      organId: person.organId,
      after: { ended },
    })
    return { ended }
  },
}

function shown({ session }: Pick<Ctx, 'session'>, row: LevelSessionRow) {
  const { tokenHash, organId: _, jurisdictionCode: __, ...rest } = row
  return { ...rest, current: tokenHash === session.tokenHash }
}
