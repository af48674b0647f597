import { createHash } from 'node:crypto'
import { officeRoles, officeScope, type Role } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act, ActionsOf, Download } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { digestOfSecret, newId, newSecret } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { organsById } from '#modules/organs/offers.ts'
import { stillActsIn } from '#modules/people/offers.ts'
import type { contract } from '../contract.ts'
import { can, levelRoles } from '../policy.ts'
import { terms } from '../reference/terms.ts'
import { calendarText, type CalendarEvent } from '../rules/ical.ts'
import { dutyEvent, levelEvent } from '../rules/events.ts'
import { nearDay } from '../rules/reckoning.ts'
import { feedById, feedsOf, fetchedFeed, insertFeed, revokeFeed, type FeedRow } from '../store/feed.ts'
import { countsByDay, dutyPage, type DutyFilter } from '../store/register.ts'
import { borneBy } from './scope.ts'

type Operation = 'feeds' | 'createFeed' | 'revokeFeed' | 'feed'

export const feedActions: Pick<ActionsOf<typeof contract>, Operation> = {
  async feeds(act) {
    permit(can.see(act.actor))
    const { personId, organ, roles } = act.actor
    const own = await feedsOf(act.tx, found(personId, '本人'), found(organ, '所代表的机关').id)
    return {
      items: own.map((feed) => feedView(feed, organ?.name ?? '')),
      roles: roles
        .filter((role) => officeRoles.includes(role) && !own.some((feed) => feed.role === role))
        // Roles with most to do come first.
        .toSorted((a, b) => termsBorne(b) - termsBorne(a)),
    }
  },

  /** The address is shown once; what is kept is its digest. */
  async createFeed(act) {
    const { role } = act.input
    permit(can.subscribe(act.actor, role))
    const organ = found(act.actor.organ, '所代表的机关')
    const token = newSecret()
    const feed: FeedRow = {
      id: newId(),
      personId: found(act.actor.personId, '本人'),
      organId: organ.id,
      role,
      createdAt: act.now,
      lastFetchedAt: null,
      revokedAt: null,
    }
    insist(
      provided(await insertFeed(act.tx, feed, digestOfSecret(token)), {
        code: 'subscribed',
        message: '这一角色的日历已有订阅地址。',
        remedy: '没有记下地址的，请先停用原地址再重新生成。',
      }),
    )
    await record(act, 'duties.feed-created', {
      subject: { kind: 'duties.feed', id: feed.id },
      organId: organ.id,
      after: { role },
    })
    return { feed: feedView(feed, organ.name), path: `/api/v1/duties/feed/${token}.ics` }
  },

  async revokeFeed(act) {
    permit(can.see(act.actor))
    const feed = found(await feedById(act.tx, act.input.feedId), '订阅地址')
    if (feed.personId !== act.actor.personId || feed.revokedAt !== null) throw new Missing('订阅地址')
    await revokeFeed(act.tx, feed.id, act.now)
    await record(act, 'duties.feed-revoked', { subject: { kind: 'duties.feed', id: feed.id }, organId: feed.organId })
    const name = (await act.directory.organNames(act.tx, [feed.organId])).get(feed.organId) ?? ''
    return feedView(feed, name)
  },

  /** Read with the address alone; it is worth nothing once it is revoked or the role has ended. */
  async feed(act): Promise<Download> {
    // The address is the right: whoever has it reads what the role would, and nothing else of the system.
    const body = await beyondScope(act, 'a calendar is read by its secret address', async () => {
      const feed = found(await fetchedFeed(act.tx, digestOfSecret(act.input.token), act.now), '日历')
      if (!(await stillActsIn(act.tx, feed, act.today))) throw new Missing('日历')
      const organ = found((await organsById(act.tx, [feed.organId], act.today)).get(feed.organId), '日历')
      const events = await eventsOf(act, organ, feed.role)
      return Buffer.from(calendarText({ name: `法定时限 ${organ.name}`, stampedOn: act.today, events }))
    })
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    return { fileName: '法定时限.ics', mediaType: 'text/calendar; charset=utf-8', body, etag }
  },
}

function termsBorne(role: Role): number {
  return terms.filter(({ bearer, carrier }) => carrier.by !== 'open' && bearer.roles.includes(role)).length
}

/** Far enough back to show what is late, far enough on for the reports of next year. */
const [daysBack, daysOn] = [400, 400]
const mostEvents = 500

async function eventsOf(
  act: Act,
  organ: { id: string; jurisdictionCode: string; name: string; parts: readonly string[] },
  role: Role,
): Promise<CalendarEvent[]> {
  const { today } = act
  const calendar = await currentCalendar(act.tx)
  const days = { today, near: nearDay(today, calendar, organ.jurisdictionCode) }
  const filter: DutyFilter = {
    states: ['overdue', 'near', 'coming'],
    from: addDays(today, -daysBack),
    until: addDays(today, daysOn),
  }
  const own = await dutyPage(act, { ...filter, borneBy: borneBy(organ, [role]) }, days, null, mostEvents)
  const events = own.map((duty) => dutyEvent(duty, days))
  if (!levelRoles.includes(role) || !readsWholeLevel(role, organ)) return events
  const counts = await countsByDay(act, { ...filter, jurisdictionCode: organ.jurisdictionCode }, days)
  return [...events, ...counts.slice(0, mostEvents).map((count) => levelEvent(count, organ.jurisdictionCode))]
}

/** As the screens would let this role at this organ see (Art. 6, 40). */
function readsWholeLevel(
  role: Role,
  organ: { id: string; jurisdictionCode: string; parts: readonly string[] },
): boolean {
  const scope = officeScope({
    kind: 'person',
    personId: null,
    name: '',
    organ: { ...organ, name: '', jurisdictionName: '', level: 'city', parts: organ.parts as never },
    roles: [role],
  })
  return scope !== null && scope.organId === null
}

function feedView({ id, role, createdAt, lastFetchedAt }: FeedRow, organName: string) {
  return { id, organName, role, createdAt, lastFetchedAt }
}
