import type { Tx } from '#kernel/server/database.ts'
import { scopeOf, systemScope } from '#kernel/server/scope.ts'
import type { Cell, Cells, Ran } from './cells.ts'
import type { Mutant } from './mutants.ts'
import { actorAt } from './places.ts'
import { switchboard } from './switchboard.ts'

export type JudgedCell = Cell & Readonly<{ fits: (ran: Ran) => boolean }>

/**
 * Lets a mutant live and asks the cells again that its function had a part in, until one answers otherwise than the table
 * says. What the second wall holds back alone is asked again without it: then the code has to say no by itself.
 * @returns where it was noticed; null where nothing noticed it
 */
export async function killedBy(
  tx: Tx,
  cells: Cells,
  mutant: Mutant,
  judged: readonly JudgedCell[],
): Promise<'matrix' | 'without the second wall' | null> {
  const concerned = judged.filter(({ names }) => names.has(mutant.name)).toSorted((a, b) => weight(b) - weight(a))
  if (mutant.how.endsWith('nothing') || mutant.how === 'always false') concerned.reverse()
  for (const cell of concerned) if (!cell.fits(await asked(tx, cells, cell, mutant, false))) return 'matrix'
  for (const cell of concerned) {
    if (cell.fits(await asked(tx, cells, cell, mutant, true))) continue
    if (cell.fits(await asked(tx, cells, cell, null, true))) return 'without the second wall'
  }
  return null
}

async function asked(tx: Tx, cells: Cells, cell: Cell, mutant: Mutant | null, openWall: boolean): Promise<Ran> {
  const board = switchboard()
  const actor = actorAt(cell.place, cell.roles)
  const scope = openWall ? systemScope : scopeOf(actor)
  board.mutant = mutant
  try {
    return await cells.ask(tx, cell.operation, actor, scope)
  } finally {
    board.mutant = null
  }
}

/** Nearest to the organ first among the denied: there, one function more often makes the difference. */
function weight({ ran, place }: Cell): number {
  const near = ['own', 'colleague', 'authority', 'finance'].includes(place.relation) ? 1 : 0
  return ran.outcome === 'forbidden' || ran.outcome === 'hidden' ? 2 + near : ran.outcome === 'without' ? 1 : 0
}
