import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type Look = {
  id: string
  jurisdictionCode: string
  code: string
  lookedOn: string
  personId: string | null
  personName: string
  opinion: string
}

export async function insertLook(tx: Tx, look: Look): Promise<void> {
  await sql`insert into drafting.look (id, jurisdiction_code, code, looked_on, person_id, person_name, opinion)
    values (${look.id}, ${look.jurisdictionCode}, ${look.code}, ${look.lookedOn}, ${look.personId}, ${look.personName}, ${look.opinion})`.execute(
    tx,
  )
}

/** When each code of a jurisdiction was last looked at. */
export async function latestLooks(tx: Tx, jurisdictionCode: string): Promise<Map<string, Look>> {
  const { rows } =
    await sql<Look>`select distinct on (code) id, jurisdiction_code, code, looked_on, person_id, person_name, opinion
    from drafting.look where jurisdiction_code = ${jurisdictionCode} order by code, looked_on desc, id desc`.execute(tx)
  return new Map(rows.map((look) => [look.code, look]))
}

/** True where the department was not told for a month; marks it as told. Of two runs at once one tells. */
export async function claimReminder(
  tx: Tx,
  jurisdictionCode: string,
  part: 'authority' | 'finance',
  { today, notSince }: { today: string; notSince: string },
): Promise<boolean> {
  const { rows } =
    await sql`insert into drafting.reminder (jurisdiction_code, part, reminded_on) values (${jurisdictionCode}, ${part}, ${today})
    on conflict (jurisdiction_code, part) do update set reminded_on = ${today} where drafting.reminder.reminded_on <= ${notSince}
    returning part`.execute(tx)
  return rows.length === 1
}
