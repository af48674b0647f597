import { sql } from 'kysely'
import type { Level, Role } from '#kernel/pure/actor.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { AccountFilter, Holding, Person } from '../model.ts'
import type { PeopleScope } from '../policy.ts'

const personColumns = sql`p.id, p.name, p.organ_id, o.name as organ_name, o.jurisdiction_code, o.jurisdiction_name, p.post, p.version`

export async function personById(tx: Tx, id: string): Promise<Person | null> {
  return (
    (
      await sql<Person>`select ${personColumns} from people.person p join organs.open_organ o on o.id = p.organ_id where p.id = ${id}`.execute(
        tx,
      )
    ).rows[0] ?? null
  )
}

/** People by id with their roles of the day. */
export async function peopleOfIds(
  tx: Tx,
  ids: readonly string[],
  day: string,
): Promise<(Person & { roles: Role[] })[]> {
  return (
    await sql<Person & { roles: Role[] }>`select ${personColumns}, ${rolesOn(day)} as roles
      from people.person p join organs.open_organ o on o.id = p.organ_id where p.id = any(${[...ids]}::uuid[]) order by p.name, p.id`.execute(
      tx,
    )
  ).rows
}

/** Names the person had before corrections, as the record has them. */
export async function formerNames(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select distinct before->>'name' as name from kernel.audit_entry
    where subject_id = ${personId} and fact = 'people.person-corrected' and before ? 'name'`.execute(tx)
  return rows.map(({ name }) => name)
}

export async function insertPerson(
  tx: Tx,
  person: { id: string; name: string; organId: string; post: string | null },
): Promise<void> {
  await sql`insert into people.person (id, name, organ_id, post) values (${person.id}, ${person.name}, ${person.organId}, ${person.post})`.execute(
    tx,
  )
}

/** @returns false when the name is taken */
export async function insertAccount(
  tx: Tx,
  account: {
    personId: string
    username: string
    passwordHash: string
    passwordSetAt: Date
    mustChange: boolean
    initialUntil: Date | null
    lastOrganId: string | null
    demonstrationPosition?: number | null
  },
): Promise<boolean> {
  const { rows } =
    await sql`insert into people.account (person_id, username, state, password_hash, password_set_at, must_change, initial_until, last_organ_id, demonstration_position)
    values (${account.personId}, ${account.username}, 'active', ${account.passwordHash}, ${account.passwordSetAt}, ${account.mustChange}, ${account.initialUntil},
      ${account.lastOrganId}, ${account.demonstrationPosition ?? null}) on conflict (username) do nothing returning person_id`.execute(
      tx,
    )
  return rows.length > 0
}

/** Disabling ends every session; an account that is in the state already keeps them. */
export async function setAccountState(tx: Tx, personId: string, state: 'active' | 'disabled'): Promise<void> {
  await sql`update people.account set state = ${state}, credential_version = credential_version + 1 where person_id = ${personId} and state <> ${state}`.execute(
    tx,
  )
}

const holdingColumns = sql`h.id, h.person_id, h.organ_id, o.name as organ_name, h.role, h.valid_from, h.valid_until, h.delegated_from,
  case when d.id is null then null else jsonb_build_object('id', d.id, 'name', d.name) end as delegated_by, h.document`
const holdingTables = sql`people.holding h join organs.open_organ o on o.id = h.organ_id
  left join people.holding f on f.id = h.delegated_from left join people.person d on d.id = f.person_id`

/** Holdings of a person that have not ended before the day, present ones first. */
export async function holdingsOfPerson(tx: Tx, personId: string, day: string): Promise<Holding[]> {
  return (
    await sql<Holding>`select ${holdingColumns} from ${holdingTables}
      where h.person_id = ${personId} and (h.valid_until is null or h.valid_until >= ${day}) order by h.valid_from, h.id`.execute(
      tx,
    )
  ).rows
}

/** All holdings a person ever had, newest first. */
export async function holdingsEver(tx: Tx, personId: string): Promise<Holding[]> {
  return (
    await sql<Holding>`select ${holdingColumns} from ${holdingTables} where h.person_id = ${personId} order by h.valid_from desc, h.id limit 500`.execute(
      tx,
    )
  ).rows
}

export async function holdingById(tx: Tx, id: string): Promise<Holding | null> {
  return (
    (await sql<Holding>`select ${holdingColumns} from ${holdingTables} where h.id = ${id}`.execute(tx)).rows[0] ?? null
  )
}

/** @returns false when the person holds the role there at the time already, or another duty of the three administrators */
export async function insertHolding(
  tx: Tx,
  holding: {
    id: string
    personId: string
    organId: string
    role: Role
    validFrom: string
    validUntil: string | null
    delegatedFrom: string | null
    document: string | null
    grantedBy: string | null
  },
): Promise<boolean> {
  const { rows } =
    await sql`insert into people.holding (id, person_id, organ_id, role, valid_from, valid_until, delegated_from, document, granted_by)
    values (${holding.id}, ${holding.personId}, ${holding.organId}, ${holding.role}, ${holding.validFrom}, ${holding.validUntil}, ${holding.delegatedFrom},
      ${holding.document}, ${holding.grantedBy}) on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Ends a holding the day before `day`, unless it ended earlier; what was delegated from it ends by itself. */
export async function endHolding(tx: Tx, id: string, day: string): Promise<void> {
  await sql`update people.holding set valid_until = greatest(valid_from - 1, ${day}::date - 1)
    where id = ${id} and (valid_until is null or valid_until >= ${day})`.execute(tx)
}

export type ListedPerson = Person & {
  roles: Role[]
  username: string | null
  state: 'active' | 'disabled' | null
  mustChange: boolean | null
  locked: boolean
  secondFactorSince: Date | null
  secondFactorRequired: boolean
}

/** Whether a role held on the day asks for a second factor; in a demonstration none does. */
const needsSecondFactor = (
  day: string,
) => sql`(not exists (select from people.account where demonstration_position is not null)
  and ${rolesOn(day)} && (select coalesce(array_agg(role), '{}') from people.second_factor_role))`

/** Failed sign-ins are counted by a digest of the name (`guardSubject`). */
const isLockedNow = (now: Date) => sql`exists (select from people.sign_in_guard g where g.kind = 'account'
  and g.subject = encode(sha256(convert_to('account ' || a.username, 'UTF8')), 'hex') and g.locked_until > ${now})`

const accountCondition = (filter: AccountFilter | undefined, day: string, now: Date) =>
  filter === undefined
    ? sql`true`
    : {
        locked: isLockedNow(now),
        disabled: sql`a.state = 'disabled'`,
        'initial-password': sql`a.must_change`,
        'without-second-factor': sql`f.person_id is null and a.state = 'active' and ${needsSecondFactor(day)}`,
      }[filter]

export async function peoplePage(
  tx: Tx,
  scope: PeopleScope,
  filter: { organId?: string | undefined; text?: string | undefined; account?: AccountFilter | undefined },
  page: { after: string | undefined; limit: number },
  at: { day: string; now: Date },
): Promise<{ rows: ListedPerson[]; total: number | null }> {
  if (scope.kind === 'none') return { rows: [], total: 0 }
  const wanted = sql`people.person p join organs.open_organ o on o.id = p.organ_id left join people.account a on a.person_id = p.id
      left join people.second_factor f on f.person_id = p.id
    where ${scope.kind === 'organ' ? sql`p.organ_id = ${scope.organId}` : sql`o.jurisdiction_code = ${scope.jurisdictionCode}`}
      and (${filter.organId ?? null}::uuid is null or p.organ_id = ${filter.organId ?? null})
      and (${filter.text ?? null}::text is null or position(${filter.text ?? ''} in p.name) > 0)
      and ${accountCondition(filter.account, at.day, at.now)}`
  const { rows } =
    await sql<ListedPerson>`select ${personColumns}, a.username, a.state, a.must_change, ${isLockedNow(at.now)} as locked,
      f.confirmed_at as second_factor_since, ${needsSecondFactor(at.day)} as second_factor_required, ${rolesOn(at.day)} as roles from ${wanted}
      and (${page.after ?? null}::uuid is null or (p.name, p.id) > (select name, id from people.person where id = ${page.after ?? null}))
    order by p.name, p.id limit ${page.limit}`.execute(tx)
  const counted = await sql<{
    count: number
  }>`select count(*)::int as count from (select from ${wanted} limit 10001) counted`.execute(tx)
  const total = counted.rows[0]?.count ?? 0
  return { rows, total: total > 10_000 ? null : total }
}

export type ListedHoldingRow = Holding & { personName: string; post: string | null }

/** Roles in force or to come, by person's name. */
export async function holdingPage(
  tx: Tx,
  scope: PeopleScope,
  filter: { organId?: string | undefined; role?: Role | undefined; text?: string | undefined },
  page: { after: string | undefined; limit: number },
  day: string,
): Promise<{ rows: ListedHoldingRow[]; total: number | null }> {
  if (scope.kind === 'none') return { rows: [], total: 0 }
  const wanted = sql`${holdingTables} join people.person p on p.id = h.person_id
    where ${scope.kind === 'organ' ? sql`h.organ_id = ${scope.organId}` : sql`o.jurisdiction_code = ${scope.jurisdictionCode}`}
      and (h.valid_until is null or h.valid_until >= ${day})
      and (${filter.organId ?? null}::uuid is null or h.organ_id = ${filter.organId ?? null})
      and (${filter.role ?? null}::text is null or h.role = ${filter.role ?? null})
      and (${filter.text ?? null}::text is null or position(${filter.text ?? ''} in p.name) > 0)`
  const { rows } = await sql<ListedHoldingRow>`select ${holdingColumns}, p.name as person_name, p.post from ${wanted}
      and (${page.after ?? null}::uuid is null or (p.name, h.id) > (select q.name, k.id from people.holding k join people.person q on q.id = k.person_id where k.id = ${page.after ?? null}))
    order by p.name, h.id limit ${page.limit}`.execute(tx)
  const counted = await sql<{
    count: number
  }>`select count(*)::int as count from (select from ${wanted} limit 10001) counted`.execute(tx)
  const total = counted.rows[0]?.count ?? 0
  return { rows, total: total > 10_000 ? null : total }
}

/** Delegations given by a person or received, newest first; those long over are left out. */
export async function delegationsOf(
  tx: Tx,
  personId: string,
  side: 'given' | 'received',
  since: string,
): Promise<(Holding & { delegateName: string })[]> {
  const { rows } = await sql<Holding & { delegateName: string }>`
    select ${holdingColumns}, p.name as delegate_name from ${holdingTables} join people.person p on p.id = h.person_id
    where h.delegated_from is not null and ${side === 'given' ? sql`f.person_id` : sql`h.person_id`} = ${personId}
      and h.valid_until >= ${since} order by h.valid_from desc, h.id desc limit 200`.execute(tx)
  return rows
}

/** The highest level at which somebody holds the role on a day. */
export async function highestLevelHolding(tx: Tx, role: Role, day: string): Promise<Level | null> {
  const { rows } = await sql<{
    level: Level
  }>`select o.level from people.holding h join organs.open_organ o on o.id = h.organ_id
    where h.role = ${role} and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
    order by array_position(array['province', 'city', 'county'], o.level) limit 1`.execute(tx)
  return rows[0]?.level ?? null
}

/** All roles of person `p` in force on a day, wherever held; a delegation counts while what it was delegated from does. */
const rolesOn = (day: string) => sql`
  coalesce((select array_agg(distinct h.role) from people.holding h where h.person_id = p.id and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
    and (h.delegated_from is null or exists (select from people.holding f where f.id = h.delegated_from and f.valid_from <= ${day} and (f.valid_until is null or f.valid_until >= ${day})))), '{}')`

/** Whether anybody of the jurisdiction's authority holds the role on a day. */
export async function isRoleHeldAtAuthority(
  tx: Tx,
  jurisdictionCode: string,
  role: Role,
  day: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from people.holding h join organs.open_organ o on o.id = h.organ_id
      join organs.open_organ_part a on a.organ_id = o.id and a.part = 'authority' and a.valid_from <= ${day} and (a.valid_until is null or a.valid_until >= ${day})
    where o.jurisdiction_code = ${jurisdictionCode} and h.role = ${role} and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day}) limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

export async function isDemonstration(tx: Tx): Promise<boolean> {
  return (
    (await sql`select 1 from people.account where demonstration_position is not null limit 1`.execute(tx)).rows.length >
    0
  )
}

/** People who hold any of the roles at an organ on a day, with all they hold there. */
export async function peopleHolding(
  tx: Tx,
  organId: string,
  roles: readonly Role[],
  day: string,
): Promise<{ id: string; name: string; roles: Role[] }[]> {
  const { rows } = await sql<{ id: string; name: string; roles: Role[] }>`
    select p.id, p.name, array_agg(distinct h.role) as roles
    from people.holding h join people.person p on p.id = h.person_id
    where h.organ_id = ${organId} and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
      and (h.delegated_from is null or exists (select from people.holding f where f.id = h.delegated_from and f.valid_from <= ${day} and (f.valid_until is null or f.valid_until >= ${day})))
    group by p.id, p.name having array_agg(h.role) && ${[...roles]}::text[] order by p.name, p.id`.execute(tx)
  return rows
}

/** Who holds any role at each of the organs on a day; ids of people by organ, in one statement. */
export async function peopleAt(tx: Tx, organIds: readonly string[], day: string): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ organId: string; personIds: string[] }>`
    select h.organ_id, array_agg(distinct h.person_id) as person_ids from people.holding h
    where h.organ_id = any(${[...organIds]}::uuid[]) and h.delegated_from is null and h.valid_from <= ${day}
      and (h.valid_until is null or h.valid_until >= ${day})
    group by h.organ_id`.execute(tx)
  return new Map(rows.map(({ organId, personIds }) => [organId, new Set(personIds)]))
}

/** Organs at which anybody holds the role on a day. */
export async function organsHolding(
  tx: Tx,
  role: Role,
  day: string,
): Promise<{ organId: string; jurisdictionCode: string; level: Level }[]> {
  const { rows } = await sql<{ organId: string; jurisdictionCode: string; level: Level }>`
    select distinct o.id as organ_id, o.jurisdiction_code, o.level from people.holding h join organs.open_organ o on o.id = h.organ_id
    where h.role = ${role} and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
    order by o.id`.execute(tx)
  return rows
}

/** Whether the person may act in the role at the organ on the day, by an account that is in use. */
export async function actsInRole(
  tx: Tx,
  { personId, organId, role }: { personId: string; organId: string; role: Role },
  day: string,
): Promise<boolean> {
  const { rows } = await sql`select from people.holding h join people.account a on a.person_id = h.person_id
    where h.person_id = ${personId} and h.organ_id = ${organId} and h.role = ${role} and a.state = 'active'
      and h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
      and (h.delegated_from is null or exists (select from people.holding f where f.id = h.delegated_from and f.valid_from <= ${day} and (f.valid_until is null or f.valid_until >= ${day})))`.execute(
    tx,
  )
  return rows.length > 0
}

/** Accounts shown on the sign-in page of a demonstration; none elsewhere, since only the demonstration gives positions. */
export async function demonstrationAccounts(
  tx: Tx,
  day: string,
): Promise<{ username: string; name: string; organName: string; jurisdictionName: string; roles: Role[] }[]> {
  const { rows } = await sql<{
    username: string
    name: string
    organName: string
    jurisdictionName: string
    roles: Role[]
  }>`
    select a.username, p.name, o.name as organ_name, o.jurisdiction_name, ${rolesOn(day)} as roles
    from people.account a join people.person p on p.id = a.person_id join organs.open_organ o on o.id = p.organ_id
    where a.demonstration_position is not null order by a.demonstration_position limit 200`.execute(tx)
  return rows
}
