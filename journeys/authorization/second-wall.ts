import { sql } from 'kysely'
import type { Role } from '#kernel/pure/actor.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { enterScope, scopeOf, systemScope, type Scope } from '#kernel/server/scope.ts'
import type { Cells } from './cells.ts'
import { nameOf, operationsOf, type World } from './doing.ts'
import { permitting } from './mutants.ts'
import { actorAt, subjectLevel, subjectOrganId, type Place } from './places.ts'
import { switchboard } from './switchboard.ts'

const nobody: Scope = { all: '', person: '', organ: '', jurisdiction: '', level: '' }

/** Tables behind the second wall. */
export async function guardedTables(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relrowsecurity and c.relforcerowsecurity order by 1`.execute(tx)
  return rows.map(({ name }) => name)
}

/** Ids of the organ's records, and of its level's, in guarded tables: what must not come through the wall. */
export async function guardedIds({ parts }: World): Promise<{ organ: Set<string>; level: Set<string> }> {
  const found = { organ: new Set<string>(), level: new Set<string>() }
  await transaction(
    parts.db,
    async (tx) => {
      for (const name of await guardedTables(tx)) {
        const columns = await columnsOf(tx, name)
        // From the closing on, whoever was asked reads what all have said.
        if (!columns.includes('id') || name === 'consultation.item') continue
        const organ = columns.find((column) => /^(holder_|applicant_)?organ_id$/.test(column))
        if (organ) for (const id of await idsWhere(tx, name, organ, subjectOrganId)) found.organ.add(id)
        if (columns.includes('jurisdiction_code'))
          for (const id of await idsWhere(tx, name, 'jurisdiction_code', subjectLevel)) found.level.add(id)
      }
    },
    { scope: systemScope },
  )
  return found
}

async function columnsOf(tx: Tx, name: string): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`select attname as column from pg_attribute
    where attrelid = ${name}::regclass and attnum > 0 and not attisdropped`.execute(tx)
  return rows.map(({ column }) => column)
}

async function idsWhere(tx: Tx, name: string, column: string, value: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id::text as id from ${sql.table(name)} where ${sql.ref(column)} = ${value}`.execute(tx)
  return rows.map(({ id }) => id).filter((id) => id.length === 36)
}

/**
 * Asks every reading operation with all policies saying yes and nobody let beyond the own scope.
 * @returns operations whose answers hold any of the ids
 */
export async function readWithoutPolicies(
  tx: Tx,
  world: World,
  cells: Cells,
  { place, roles, scope }: { place: Place; roles: readonly Role[]; scope?: 'none' },
  ids: ReadonlySet<string>,
): Promise<string[]> {
  const board = switchboard()
  const actor = actorAt(place, roles)
  const own = scope === 'none' ? nobody : scopeOf(actor)
  const showing: string[] = []
  board.mutant = { name: '*', alter: permitting }
  board.wallClosed = true
  try {
    for (const operation of operationsOf(world).filter(({ method, readOnly }) => method === 'GET' || readOnly)) {
      const { text } = await cells.ask(tx, operation, actor, own)
      // What was asked for stands in the address and may be said again.
      const asked = JSON.stringify(await cells.inputOf(operation))
      const found = [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => id)
      if (found.some((id) => ids.has(id) && !asked.includes(id))) showing.push(nameOf(operation))
    }
  } finally {
    board.mutant = null
    board.wallClosed = false
  }
  return showing
}

/** How many rows of each guarded table are seen in a scope, without any operation. */
export async function rowsSeen(
  tx: Tx,
  tables: readonly string[],
  place: Place | null,
  roles: readonly Role[],
): Promise<Map<string, number>> {
  await enterScope(tx, place === null ? nobody : scopeOf(actorAt(place, roles)))
  const seen = new Map<string, number>()
  for (const name of tables) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(tx)
    seen.set(name, rows[0]?.n ?? 0)
  }
  return seen
}
