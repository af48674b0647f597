import type { bookResults, Found } from '../model.ts'

/** What one mark says, as far as it decides what stands. */
export type Voice = Readonly<{
  id: string
  result: (typeof bookResults)[number]
  found: Found
  remark: string
  personId: string | null
  personName: string
  /** When the thing was looked at, ISO 8601. */
  countedAt: string
  settles: boolean
}>

/** What stands of a thing after everything that was said: one finding, or a dispute. */
export type Standing = Readonly<{ disputed: boolean; voice: Voice }>

/** By the moment; what settles comes after what it settled. */
const order = (a: Voice, b: Voice) =>
  compare(a.countedAt, b.countedAt) || Number(a.settles) - Number(b.settles) || compare(a.id, b.id)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The finding that stands, whatever the order in which marks arrived and however often: a person's last word counts, a
 * settlement outweighs all that was counted before it, and where words differ nothing stands until it is settled.
 * @returns null where nobody has counted yet
 */
export function standingOf(marks: readonly Voice[]): Standing | null {
  const sorted = marks.toSorted(order)
  const settled = sorted.findLastIndex(({ settles }) => settles)
  const counting = settled < 0 ? sorted : sorted.slice(settled)
  const last = new Map<string, Voice>()
  // A settlement is a voice of its own: who settled may count again, and so may who was settled against.
  for (const mark of counting) last.set(mark.settles ? 'settlement' : (mark.personId ?? mark.personName), mark)
  const voices = [...last.values()].toSorted(order)
  const latest = voices.at(-1)
  if (latest === undefined) return null
  return { disputed: voices.some((voice) => !saysTheSame(voice, latest)), voice: latest }
}

/** Two findings agree: same result, same differences; remarks may differ. */
export function saysTheSame(a: Pick<Voice, 'result' | 'found'>, b: Pick<Voice, 'result' | 'found'>): boolean {
  const keys = [...new Set([...Object.keys(a.found), ...Object.keys(b.found)])] as (keyof Found)[]
  return a.result === b.result && keys.every((key) => a.found[key] === b.found[key])
}
