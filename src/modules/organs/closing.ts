import type { Tx } from '#kernel/server/database.ts'
import type { OpenTie } from './rules.ts'

/** What a module knows an organ still has or owes; counts of 0 may be left out. */
export type TieCheck = (tx: Tx, organId: string) => Promise<OpenTie[]>

const checks = new Map<string, TieCheck>()

/**
 * Lets a module say what keeps an organ open (ORG-R06): cards, cars, rooms, loans, cases. Called once where the module
 * is put together, since this module knows none of those above it.
 * @param name the module's, so that saying it twice counts once
 */
export function reportTies(name: string, check: TieCheck): void {
  checks.set(name, check)
}

export async function openTies(tx: Tx, organId: string): Promise<OpenTie[]> {
  const ties: OpenTie[] = []
  for (const check of checks.values()) ties.push(...(await check(tx, organId)))
  return ties
}
