import { sql } from 'kysely'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { withoutPersonalNumbers } from '#kernel/pure/personal-numbers.ts'
import type { Act } from '../context.ts'
import type { Tx } from '../database.ts'

/**
 * Tells the people who hold any of the roles at an organ (or one person of it) that something happened.
 * @param notice.link path within the application, e.g. `/plans/notices/…`
 */
export async function notify(
  act: Pick<Act, 'tx' | 'now'>,
  notice: { organId: string; roles: readonly Role[]; personId?: string | null; link: string; text: string },
): Promise<void> {
  await sql`insert into kernel.notification (organ_id, roles, person_id, text, link, at)
    values (${notice.organId}, ${[...notice.roles]}, ${notice.personId ?? null}, ${withoutPersonalNumbers(notice.text)}, ${notice.link}, ${act.now})`.execute(
    act.tx,
  )
}

/** Whether anybody was told something that begins so; what is told by the clock is told once. */
export async function wasTold(tx: Tx, link: string, beginning: string): Promise<boolean> {
  const { rows } = await sql`select from kernel.notification
    where link = ${link} and starts_with(text, ${beginning}) limit 1`.execute(tx)
  return rows.length > 0
}

export type NotificationRow = { id: number; text: string; link: string; at: Date; read: boolean }

/** Notices to the actor at the present organ, newest first. */
export async function notificationsFor(
  tx: Tx,
  actor: Actor,
  after: number | null,
  limit: number,
): Promise<NotificationRow[]> {
  if (actor.organ === null || actor.personId === null) return []
  const { rows } = await sql<NotificationRow>`
    select n.id, n.text, n.link, n.at, r.at is not null as read from kernel.notification n
    left join kernel.notification_read r on r.notification_id = n.id and r.person_id = ${actor.personId}
    where n.organ_id = ${actor.organ.id} and ${visibleTo(actor)} and (${after}::bigint is null
      or (n.at, n.id) < (select at, id from kernel.notification where id = ${after}))
    order by n.at desc, n.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function unreadCount(tx: Tx, actor: Actor): Promise<number> {
  if (actor.organ === null || actor.personId === null) return 0
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from (
      select from kernel.notification n
      where n.organ_id = ${actor.organ.id} and ${visibleTo(actor)}
        and not exists (select from kernel.notification_read r where r.notification_id = n.id and r.person_id = ${actor.personId})
      limit 100) unread`.execute(tx)
  return rows[0]?.unread ?? 0
}

/** Marks as read; ids of others' notices change nothing. */
export async function markRead(
  { tx, actor, now }: Pick<Act, 'tx' | 'actor' | 'now'>,
  ids: readonly number[],
): Promise<void> {
  if (actor.organ === null || actor.personId === null) return
  await sql`insert into kernel.notification_read (person_id, notification_id, at)
    select ${actor.personId}, n.id, ${now} from kernel.notification n
    where n.id = any(${[...ids]}::bigint[]) and n.organ_id = ${actor.organ.id} and ${visibleTo(actor)}
    on conflict do nothing`.execute(tx)
}

function visibleTo(actor: Actor) {
  return sql`(n.person_id = ${actor.personId} or (n.person_id is null and n.roles && ${[...actor.roles]}::text[]))`
}
