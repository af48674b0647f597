import type pg from 'pg'

type Column = { name: string; type: string; required: boolean; identity: boolean; generated: boolean }
type Table = {
  name: string
  columns: Column[]
  checks: string[]
  references: { column: string; table: string; to: string }[]
}

/**
 * Puts a row into every table that has none, as far as its rules let a row made of nothing but its own catalogue in: each
 * column by its type, words that a check lists, rows of tables that are referred to. Several rounds, so that those
 * referred to come first.
 * @param known values of `schema.table.column` that migrations tell apart
 * @returns the tables that hold rows now, with their number
 */
export async function fillTables(
  client: pg.Client,
  known: Readonly<Record<string, unknown>>,
): Promise<Map<string, number>> {
  const tables = await tablesOf(client)
  for (let round = 0; round < 3; round++) {
    const held = await rowsIn(
      client,
      tables.map(({ name }) => name),
    )
    for (const table of tables.filter(({ name }) => held.get(name) === 0))
      for (let turn = 0; turn < 6; turn++) if (await insertRow(client, table, known, turn)) break
  }
  const held = await rowsIn(
    client,
    tables.map(({ name }) => name),
  )
  return new Map([...held].filter(([, rows]) => rows > 0))
}

export async function rowsIn(client: pg.Client, tables: readonly string[]): Promise<Map<string, number>> {
  if (tables.length === 0) return new Map()
  const { rows } = await client.query<{ name: string; n: number }>(
    tables.map((name) => `select '${name}' as name, count(*)::int as n from ${name}`).join(' union all '),
  )
  return new Map(rows.map(({ name, n }) => [name, n]))
}

async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.oid::regclass::text as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'required', a.attnotnull and not a.atthasdef, 'identity', a.attidentity <> '', 'generated', a.attgenerated <> '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks,
      coalesce((select json_agg(json_build_object('column', a.attname, 'table', k.confrelid::regclass::text, 'to', f.attname))
        from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
          join pg_attribute f on f.attrelid = k.confrelid and f.attnum = k.confkey[1]
        where k.conrelid = c.oid and k.contype = 'f'), '[]') as references
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'jobs')
      and c.relname <> 'migration' order by c.oid`)
  return rows
}

/** One attempt; what the table does not take is left out, for the next turn to try otherwise. @returns whether it took it */
async function insertRow(
  client: pg.Client,
  { name, columns, checks, references }: Table,
  known: Readonly<Record<string, unknown>>,
  turn: number,
): Promise<boolean> {
  const given: Record<string, unknown> = {}
  for (const column of columns) {
    if (column.identity || column.generated) continue
    const reference = references.find((one) => one.column === column.name)
    if (reference) {
      const { rows } = await client.query(`select ${reference.to}::text as value from ${reference.table} limit 1`)
      if (rows[0]) given[column.name] = rows[0].value
      else if (column.required) return false
      continue
    }
    // On some turns only what must be there: checks often tie optional columns together.
    if (!column.required && turn % 2 === 0) continue
    given[column.name] = known[`${name}.${column.name}`] ?? listed(column.name, checks, turn) ?? sampleOf(column, turn)
  }
  const names = Object.keys(given)
  const places = names.map((_, at) => `$${at + 1}`).join(', ')
  return client
    .query(
      `insert into ${name} (${names.map((one) => `"${one}"`).join(', ')}) values (${places})`,
      Object.values(given),
    )
    .then(
      () => true,
      () => false, // its rules ask for more than a catalogue tells
    )
}

/** A word that a check lists for the column. */
function listed(column: string, checks: readonly string[], turn: number): string | null {
  const check = checks.find((one) => new RegExp(`\\(\\(?"?${column}"?\\)? = ANY|\\(?${column} = ANY`).test(one))
  const words = [...(check ?? '').matchAll(/'([^']*)'::text/g)].map(([, word = '']) => word)
  return words.length === 0 ? null : (words[Math.floor(turn / 2) % words.length] ?? null)
}

function sampleOf({ name, type }: Column, turn: number): unknown {
  if (type.endsWith('[]')) return '{}'
  if (/^(bigint|integer|smallint|numeric|double precision)$/.test(type)) return name === 'year' ? 2026 : 1
  switch (type) {
    case 'uuid':
      return '00000000-0000-7000-8000-00000000000a'
    case 'boolean':
      return turn % 4 < 2
    case 'date':
      return '2026-11-20'
    case 'timestamp with time zone':
      return '2026-11-20T09:00:00+08:00'
    case 'jsonb':
    case 'json':
      return turn < 3 ? '{}' : '[]'
    case 'bytea':
      return Buffer.alloc(32, 1)
    case 'daterange':
      return '[2026-01-01,2027-01-01)'
    case 'xid8':
      return '1'
    default:
      return /sha256|digest/.test(name) ? 'a'.repeat(64) : /jurisdiction|code/.test(name) ? '140100' : 'sample'
  }
}
