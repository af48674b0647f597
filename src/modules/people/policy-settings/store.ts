import { sql } from 'kysely'
import type { Role } from '#kernel/pure/actor.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { Profile, SettingKey } from '../model.ts'
import type { PolicyChange, PolicyState } from '../rules/security-policy.ts'
import { putSecondFactorRoles } from '../second-factor/store.ts'

export type PolicyRow = PolicyState & { version: number }

/** The policy as it stands. @param lock true where it is about to be changed */
export async function currentPolicy(tx: Tx, lock = false): Promise<PolicyRow> {
  const { rows } = await sql<{ profile: Profile; version: number }>`
    select profile, version from people.policy ${lock ? sql`for update` : sql``}`.execute(tx)
  const { rows: figures } = await sql<{ values: Record<SettingKey, number>; roles: Role[] }>`
    select (select jsonb_object_agg(key, value) from people.setting) as values,
      (select coalesce(array_agg(role order by role), '{}') from people.second_factor_role) as roles`.execute(tx)
  const [head, figure] = [rows[0], figures[0]]
  if (!head || !figure) throw new Error('people.policy has no row')
  return { profile: head.profile, version: head.version, values: figure.values, secondFactorRoles: figure.roles }
}

/** Puts the whole policy and keeps what was changed, by whom and why. */
export async function putPolicy(
  tx: Tx,
  next: PolicyRow,
  change: {
    changedAt: Date
    changedBy: string
    changedByName: string
    reason: string
    changes: readonly PolicyChange[]
  },
): Promise<void> {
  await sql`update people.policy set profile = ${next.profile}, version = ${next.version}`.execute(tx)
  await sql`update people.setting s set value = v.value::int
    from jsonb_each_text(${JSON.stringify(next.values)}::jsonb) v where v.key = s.key and v.value::int <> s.value`.execute(
    tx,
  )
  await putSecondFactorRoles(tx, next.secondFactorRoles)
  await sql`insert into people.policy_change (version, changed_at, changed_by, changed_by_name, reason, changes)
    values (${next.version}, ${change.changedAt}, ${change.changedBy}, ${change.changedByName}, ${change.reason},
      ${JSON.stringify(change.changes)}::jsonb)`.execute(tx)
}

export type PolicyChangeRow = {
  version: number
  changedAt: Date
  changedByName: string
  reason: string
  changes: PolicyChange[]
}

/** The latest changes, newest first. */
export async function policyChangesMade(tx: Tx, limit: number): Promise<PolicyChangeRow[]> {
  const { rows } = await sql<PolicyChangeRow>`
    select version, changed_at, changed_by_name, reason, changes from people.policy_change order by version desc limit ${limit}`.execute(
    tx,
  )
  return rows
}
