import { sql } from 'kysely'
import { actingId, readsLevel, systemActor, type Actor } from '#kernel/pure/actor.ts'
import { localSettings, type Tx } from './database.ts'

/**
 * For whom a transaction reads and writes: settings `app.<name>` that the policies of row-level security compare with
 * (migration 0011). They end with the transaction; where none is set, guarded tables show nothing.
 */
export type Scope = Readonly<Record<'all' | 'person' | 'organ' | 'jurisdiction' | 'level', string>>

/** What an actor's transactions may touch; the system (timed work, demonstration, verification) touches all. */
export function scopeOf(actor: Actor): Scope {
  const jurisdiction = actor.organ?.jurisdictionCode ?? ''
  return {
    all: actor.kind === 'system' ? 'on' : '',
    person: actingId(actor) ?? '',
    organ: actor.organ?.id ?? '',
    jurisdiction,
    level: jurisdiction !== '' && readsLevel(actor, jurisdiction) ? jurisdiction : '',
  }
}

/** The scope of work that nobody in particular asks for. */
export const systemScope = scopeOf(systemActor)

/** Sets for whom the rest of the transaction acts. */
export async function enterScope(tx: Tx, scope: Scope): Promise<void> {
  await sql.raw(localSettings(scope)).execute(tx)
}

/**
 * Lets a piece of work read and write past the second wall; the policy in code must have said yes before. For what a
 * person may do beyond the own organ or level, such as sums over lower levels (Art. 6).
 * @param reason why, in a few words; every caller stands in scope.db.test.ts
 */
export async function beyondScope<T>({ tx }: { tx: Tx }, reason: string, work: () => Promise<T>): Promise<T> {
  if (reason.trim() === '') throw new Error('reading beyond the own scope needs a reason')
  // Demonstration and timed work act as people within the system's scope: what held before holds again.
  const before = await currentScope(tx)
  await enterScope(tx, systemScope)
  // No finally: after an error the transaction is lost, and its settings with it.
  const result = await work()
  await enterScope(tx, before)
  return result
}

async function currentScope(tx: Tx): Promise<Scope> {
  const settings = Object.keys(systemScope).map(
    (name) => sql`coalesce(current_setting(${`app.${name}`}, true), '') as ${sql.ref(name)}`,
  )
  const { rows } = await sql<Scope>`select ${sql.join(settings)}`.execute(tx)
  return rows[0] as Scope
}
