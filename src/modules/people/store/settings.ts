import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { settingKeys, type Profile, type Settings } from '../model.ts'

export async function settingsOf(tx: Tx): Promise<Settings> {
  const { rows } = await sql<{ profile: Profile; values: Record<string, number> }>`
    select p.profile, (select jsonb_object_agg(key, value) from people.setting) as values from people.policy p`.execute(
    tx,
  )
  const row = rows[0]
  for (const key of settingKeys) if (row?.values[key] === undefined) throw new Error(`people.setting lacks ${key}`)
  return { ...row?.values, profile: row?.profile } as Settings
}
