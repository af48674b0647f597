import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export type OwnAct = {
  at: Date
  fact: string
  operation: string | null
  result: string
  subjectKind: string
  subjectId: string
  source: string | null
}

/**
 * What a person did, newest first, as the record keeps it; for the person alone (个人信息保护法 Art. 45).
 * @param who.names under which the person acted; the record is searched by level and name
 */
export async function actsOfPerson(
  tx: Tx,
  who: { personId: string; names: readonly string[]; jurisdictionCodes: readonly string[] },
  limit: number,
): Promise<OwnAct[]> {
  const { rows } =
    await sql<OwnAct>`select at, fact, operation, result, subject_kind, subject_id, source from kernel.audit_entry
    where jurisdiction_code = any(${[...who.jurisdictionCodes]}::text[]) and person_name = any(${[...who.names]}::text[])
      and person_id = ${who.personId} order by at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

export type Reading = { at: Date; personName: string; organName: string | null; basis: unknown }

/** Who did something with a matter, newest first. */
export async function actsUpon(tx: Tx, subjectId: string, fact: string, limit: number): Promise<Reading[]> {
  const { rows } =
    await sql<Reading>`select at, person_name, acting_organ_name as organ_name, basis from kernel.audit_entry
    where subject_id = ${subjectId} and fact = ${fact} and result = 'done' order by at desc, id desc limit ${limit}`.execute(
      tx,
    )
  return rows
}
