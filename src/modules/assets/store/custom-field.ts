import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { CustomField } from '../model/custom-field.ts'

export type FieldVersion = CustomField & { setAt: Date }

/** All versions of the fields of a level, oldest first. */
export async function fieldVersions(tx: Tx, jurisdictionCode: string): Promise<FieldVersion[]> {
  const { rows } = await executePrepared(
    tx,
    sql<FieldVersion>`select id, version, class_prefix, name, kind, unit, required, choices,
        effective_from as "from", retired, reason, set_at, set_by_name
      from assets.custom_field where jurisdiction_code = ${jurisdictionCode} order by id, version`,
  )
  return rows
}

/** @throws Conflict when another set the same version meanwhile */
export async function insertField(tx: Tx, field: FieldVersion, jurisdictionCode: string): Promise<void> {
  const { rows } =
    await sql`insert into assets.custom_field (id, version, jurisdiction_code, class_prefix, name, kind, unit, required, choices,
      effective_from, retired, reason, set_at, set_by_name)
    values (${field.id}, ${field.version}, ${jurisdictionCode}, ${field.classPrefix}, ${field.name}, ${field.kind}, ${field.unit},
      ${field.required}, ${[...field.choices]}::text[], ${field.from}, ${field.retired}, ${field.reason}, ${field.setAt}, ${field.setByName})
    on conflict do nothing returning 1`.execute(tx)
  if (rows.length === 0) throw new Conflict('自定义字段')
}
