import type { InputOf, OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../../contract.ts'

/* What waits on the phone to be sent, as plain functions: nothing is lost, nothing is sent as two. */

export type GivenMark = InputOf<(typeof contract)['recordMarks']>['marks'][number]
export type Answer = OutputOf<(typeof contract)['recordMarks']>['answers'][number]

/** A mark on this phone that the server has not taken yet. */
export type Kept = Readonly<{
  id: string
  personId: string
  countId: string
  mark: GivenMark
  /** What the person is told it is about. */
  title: string
  /** Key of the batch it goes in, once one was made; a batch is sent again whole, under its own key. */
  batch: string | null
  /** Why the server did not take it; it waits for the person then. */
  refused: string | null
}>

/** At most so many marks go in one batch: some seconds of a bad line. */
export const batchSize = 50

/**
 * The batch that goes next: one that was sent before and got no answer, whole and under its key; else a new one of what
 * waits, oldest first.
 * @returns null where nothing waits
 */
export function nextBatch(kept: readonly Kept[], newKey: () => string): { key: string; marks: readonly Kept[] } | null {
  const waiting = kept
    .filter(({ refused }) => refused === null)
    .sort((a, b) => (a.mark.countedAt < b.mark.countedAt ? -1 : a.mark.countedAt > b.mark.countedAt ? 1 : 0))
  const begun = waiting.find(({ batch }) => batch !== null)?.batch
  if (begun !== undefined && begun !== null)
    return { key: begun, marks: waiting.filter(({ batch }) => batch === begun) }
  const fresh = waiting.slice(0, batchSize)
  return fresh.length === 0 ? null : { key: newKey(), marks: fresh }
}

/** What is left of a batch once it was answered: what was refused, with the reason. */
export function leftOf(sent: readonly Kept[], answers: readonly Answer[]): Kept[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]))
  return sent.flatMap((one) => {
    const answer = byId.get(one.id)
    if (answer?.taken === 'kept' || answer?.taken === 'known') return []
    return [{ ...one, batch: null, refused: answer?.reason ?? '服务器没有答复这一项。请重试。' }]
  })
}

/** The server said no to a batch as a whole: each waits with the reason. */
export function refusedWhole(sent: readonly Kept[], reason: string): Kept[] {
  return sent.map((one) => ({ ...one, batch: null, refused: reason }))
}

/** A random UUID; `crypto.randomUUID` is missing on plain-http intranet addresses. */
export function newMarkId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = random(new Uint8Array(16))
  const hex = [...bytes].map((byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  })
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-')
}
