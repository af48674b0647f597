/** What one line holds, in 分. */
export type Held = { plannedFen: number; committedFen: number; executedFen: number }

/** A line as somebody saw it, with the number of the movement that made it so. */
export type Seen = Held & { version: number }

export type Wish = { kind: 'commit' | 'execute' | 'release' | 'adjust'; amountFen: number } | { kind: 'read' }

/** One wish of one client: begun and ended by one clock that all share, and what came of it. */
export type HistoryEntry = {
  client: number
  wish: Wish
  begun: number
  ended: number
  /** Null where it was refused. */
  seen: Seen | null
}

/** A plain line, written anew from the words of Article 34 and not from the ledger's code. @returns null: refused */
export function afterWish(held: Held, wish: Wish): Held | null {
  const freeFen = held.plannedFen - held.committedFen - held.executedFen
  switch (wish.kind) {
    case 'commit':
      return wish.amountFen <= freeFen ? { ...held, committedFen: held.committedFen + wish.amountFen } : null
    case 'execute':
      return wish.amountFen <= freeFen ? { ...held, executedFen: held.executedFen + wish.amountFen } : null
    case 'release':
      return wish.amountFen <= held.committedFen ? { ...held, committedFen: held.committedFen - wish.amountFen } : null
    case 'adjust':
      return -wish.amountFen <= freeFen ? { ...held, plannedFen: held.plannedFen + wish.amountFen } : null
    case 'read':
      return held
  }
}

/**
 * Whether what clients saw can have come about one movement after the other, in an order that agrees with time: each
 * movement has its own number without gap, each answer is the state of its number, what ended before another began comes
 * before it, and what was refused had to be refused at some moment between its beginning and its end.
 * @returns what cannot be, in words; nothing when all is well
 */
export function anomaliesOf(beginning: Seen, history: readonly HistoryEntry[]): string[] {
  const done = history
    .flatMap((entry) => (entry.seen && entry.wish.kind !== 'read' ? [{ ...entry, seen: entry.seen }] : []))
    .toSorted((a, b) => a.seen.version - b.seen.version)
  const found: string[] = []
  const states: Held[] = [beginning]
  for (const [place, { wish, seen, client }] of done.entries()) {
    const said = `client ${client}: ${JSON.stringify(wish)} as movement ${seen.version}`
    if (seen.version !== beginning.version + place + 1) {
      found.push(`${said}: movement ${beginning.version + place + 1} is missing or another has its number`)
      return found
    }
    const after = afterWish(states[place] as Held, wish)
    if (after === null) found.push(`${said} was done although it had to be refused`)
    else if (!same(after, seen))
      found.push(`${said} was seen to leave ${JSON.stringify(seen)}, not ${JSON.stringify(after)}`)
    states.push({ plannedFen: seen.plannedFen, committedFen: seen.committedFen, executedFen: seen.executedFen })
  }
  for (const entry of history) found.push(...outOfTime(entry, history))
  for (const { wish, seen, client, begun, ended } of history) {
    const from = Math.max(0, ...done.flatMap((one, place) => (one.ended < begun ? [place + 1] : [])))
    const until = Math.max(from, ...done.flatMap((one, place) => (one.begun < ended ? [place + 1] : [])))
    const window = states.slice(from, until + 1)
    if (seen === null && window.every((state) => afterWish(state, wish) !== null))
      found.push(`client ${client}: ${JSON.stringify(wish)} was refused although it never had to be`)
    if (seen !== null && wish.kind === 'read' && !same(states[seen.version - beginning.version], seen))
      found.push(`client ${client} read ${JSON.stringify(seen)}, which the line never was`)
  }
  return found
}

function outOfTime(entry: HistoryEntry, history: readonly HistoryEntry[]): string[] {
  const { seen } = entry
  if (seen === null) return []
  return history.flatMap((earlier) =>
    earlier.seen !== null && earlier.ended < entry.begun && earlier.seen.version > seen.version
      ? [`client ${entry.client} saw movement ${seen.version} after movement ${earlier.seen.version} had been seen`]
      : [],
  )
}

const same = (a: Held | undefined, b: Held): boolean =>
  a !== undefined &&
  a.plannedFen === b.plannedFen &&
  a.committedFen === b.committedFen &&
  a.executedFen === b.executedFen
