import type { CaseKind, Party } from '#kernel/pure/case-kind.ts'
import { termOfState } from '../reference/terms.ts'

/** An open state of a kind of case with the term it runs under; null where none is declared for it. */
export type DutyCase = Readonly<{ kind: string; state: string; term: string | null; party: Party; page: string }>

/** Every state in which somebody must act. */
export function dutyCases(kinds: readonly CaseKind[]): DutyCase[] {
  return kinds.flatMap(({ kind, states, page }) =>
    Object.entries(states).flatMap(([state, { waitsFor }]) =>
      waitsFor ? [{ kind, state, term: termOfState(kind, state)?.id ?? null, party: waitsFor.party, page }] : [],
    ),
  )
}

/**
 * Moves by which nobody was in time or late: a matter taken back, or one that others than who had to act moved on (an
 * opinion that lapsed when the consultation was closed). `<kind> <state left> <transition>`.
 */
export function excusedMoves(kinds: readonly CaseKind[]): string[] {
  return kinds.flatMap(({ kind, states, transitions }) =>
    Object.entries(transitions).flatMap(([name, { withdraws, from, to, by }]) =>
      from
        .filter(
          (state) =>
            withdraws === true || states[to]?.final === 'withdrawn' || states[state]?.waitsFor?.party !== by.party,
        )
        .map((state) => `${kind} ${state} ${name}`),
    ),
  )
}
