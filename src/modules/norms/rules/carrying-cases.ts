import type { CaseKind } from '#kernel/pure/case-kind.ts'
import { carriersOf } from './coverage.ts'
import type { Norm } from '../model.ts'

/** One state of a kind of case, under the norm it carries out. */
export type CaseUnderNorm = Readonly<{ norm: string; kind: string; state: string }>

/**
 * Each open state of each kind of case with its norm: that of the clock of the state, else the one whose carriers
 * name it. A state nobody names stands under no norm and is left out.
 */
export function casesUnderNorms(norms: readonly Norm[], kinds: readonly CaseKind[]): CaseUnderNorm[] {
  return kinds.flatMap((kind) =>
    Object.entries(kind.states)
      .filter(([, { final }]) => final === undefined)
      .flatMap(([state, { clock }]) => {
        const norm = clock?.norm ?? norms.find((one) => carries(one, kind.kind, state))?.id
        return norm === undefined ? [] : [{ norm, kind: kind.kind, state }]
      }),
  )
}

function carries(norm: Norm, kind: string, state: string): boolean {
  return carriersOf(norm)
    .flatMap(({ cases = [] }) => cases)
    .some((one) => one.kind === kind && (one.states === undefined || one.states.includes(state)))
}
