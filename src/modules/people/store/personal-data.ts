import { sql } from 'kysely'
import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { boundTo, type SealedColumn } from '#kernel/server/sealing/sealed-column.ts'
import { personalFields, type PersonalField } from '../model/personal-data.ts'

const table = { table: 'people.personal_data', key: 'person_id' }
export const personalColumns: Record<PersonalField, SealedColumn> = {
  mobile: { ...table, column: 'mobile', purpose: 'person-mobile', index: 'mobile_index' },
  officePhone: { ...table, column: 'office_phone', purpose: 'person-office-phone' },
  identityNumber: {
    ...table,
    column: 'identity_number',
    purpose: 'person-identity-number',
    index: 'identity_number_index',
  },
}

export type PersonalData = Record<PersonalField, string | null> & { version: number }
type SealedRow = Record<PersonalField, string | null> & { personId: string; version: number }

const nothing: PersonalData = { mobile: null, officePhone: null, identityNumber: null, version: 0 }

type Opening = Pick<Act, 'tx' | 'keyring'>

/** Personal data of people, opened; who has none yet has version 0. */
export async function personalDataOf(
  { tx, keyring }: Opening,
  ids: readonly string[],
): Promise<Map<string, PersonalData>> {
  const { rows } = await sql<SealedRow>`select person_id, mobile, office_phone, identity_number, version
    from people.personal_data where person_id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(
    rows.map((row) => {
      const opened = personalFields.map((field): [PersonalField, string | null] => {
        const sealed = row[field]
        const { purpose } = personalColumns[field]
        return [
          field,
          sealed === null ? null : keyring.open(purpose, sealed, boundTo(personalColumns[field], row.personId)),
        ]
      })
      return [
        row.personId,
        { ...(Object.fromEntries(opened) as Record<PersonalField, string | null>), version: row.version },
      ]
    }),
  )
}

export async function personalDataOfPerson(act: Opening, personId: string): Promise<PersonalData> {
  return (await personalDataOf(act, [personId])).get(personId) ?? nothing
}

/**
 * Locks a person's personal data against other writers, row or not, until the transaction ends.
 * @returns its version
 */
export async function lockPersonalData(tx: Tx, personId: string): Promise<number> {
  await sql`select from people.person where id = ${personId} for no key update`.execute(tx)
  const { rows } = await sql<{
    version: number
  }>`select version from people.personal_data where person_id = ${personId}`.execute(tx)
  return rows[0]?.version ?? 0
}

/** Seals the given fields; the others stay as they are. */
export async function savePersonalData(
  { tx, keyring, now }: Pick<Act, 'tx' | 'keyring' | 'now'>,
  personId: string,
  values: Partial<Record<PersonalField, string | null>>,
): Promise<void> {
  const set = sealedValues({ keyring }, personId, values)
  const columns = sql.join(set.map(({ column }) => sql.ref(column)))
  const given = sql.join(set.map(({ value }) => sql`${value}`))
  const updates = sql.join(set.map(({ column }) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
  await sql`insert into people.personal_data (person_id, changed_at, ${columns}) values (${personId}, ${now}, ${given})
    on conflict (person_id) do update set ${updates}, changed_at = excluded.changed_at, version = people.personal_data.version + 1`.execute(
    tx,
  )
}

/** What is written of each given field: the sealed value, and its index where it has one. */
function sealedValues(
  { keyring }: Pick<Act, 'keyring'>,
  personId: string,
  values: Partial<Record<PersonalField, string | null>>,
): { column: string; value: string | Buffer | null }[] {
  return personalFields.flatMap((field) => {
    const value = values[field]
    if (value === undefined) return []
    const { column, purpose, index } = personalColumns[field]
    const sealed = value === null ? null : keyring.seal(purpose, value, boundTo(personalColumns[field], personId))
    const found = value === null ? null : keyring.blindIndex(purpose, value)
    return [{ column, value: sealed }, ...(index ? [{ column: index, value: found }] : [])]
  })
}

/** Registers numbers of people who have none yet, in one statement. */
export async function insertPersonalData(
  act: Pick<Act, 'tx' | 'keyring' | 'now'>,
  people: readonly ({ personId: string } & Partial<Record<PersonalField, string>>)[],
): Promise<void> {
  const rows = people.map(({ personId, ...values }) => ({
    person_id: personId,
    ...Object.fromEntries(
      sealedValues(act, personId, values).map(({ column, value }) => [
        column,
        Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
      ]),
    ),
  }))
  await sql`insert into people.personal_data (person_id, mobile, mobile_index, office_phone, identity_number, identity_number_index, changed_at)
    select person_id, mobile, mobile_index, office_phone, identity_number, identity_number_index, ${act.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(person_id uuid, mobile text, mobile_index bytea, office_phone text,
      identity_number text, identity_number_index bytea)`.execute(act.tx)
}

/** People with exactly this number, at most 50, whatever key their number is sealed with. */
export async function peopleWithNumber(
  { tx, keyring }: Opening,
  field: 'mobile' | 'identityNumber',
  value: string,
): Promise<string[]> {
  const { purpose, index } = personalColumns[field]
  const { rows } = await sql<{ personId: string }>`select person_id from people.personal_data
    where ${sql.ref(index as string)} = any(${keyring.blindIndexes(purpose, value)}::bytea[]) order by person_id limit 50`.execute(
    tx,
  )
  return rows.map(({ personId }) => personId)
}

/** Two registrations of one identity number at once take turns, also while keys change and its index has two forms. */
export async function lockIdentityNumber({ tx, keyring }: Opening, value: string): Promise<void> {
  const [oldest] = keyring.blindIndexes(personalColumns.identityNumber.purpose, value)
  await sql`select pg_advisory_xact_lock(${oldest?.readInt32BE(0) ?? 0}, ${oldest?.readInt32BE(4) ?? 0})`.execute(tx)
}
