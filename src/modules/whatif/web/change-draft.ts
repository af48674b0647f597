import type { OutputOf } from '#kernel/pure/contract.ts'
import type { QuantityLimit } from '#modules/standards/model/value.ts'
import type { contract } from '../contract.ts'
import { Change, type ChangeKind } from '../model.ts'

export type Grounds = OutputOf<(typeof contract)['grounds']>

/** What is in a field: a value, or what was typed when it could not be read. */
export type Typed = number | string | null

/** A change while it is typed; `key` is the card's own. What stands for "as in force" is filled in and left out again. */
export type ChangeDraft = { key: number } & (
  | {
      kind: 'standard'
      code: string
      level: string | null
      priceCapFen: Typed
      minimumYears: Typed
      limit: QuantityLimit | Record<string, unknown>
    }
  | { kind: 'price'; target: string; by: 'percent' | 'amount'; percent: Typed; addFen: Typed }
  | {
      kind: 'headcount'
      who: 'all' | 'level' | 'kind' | 'organs'
      level: string | null
      organKind: string | null
      organIds: string[]
      by: 'percent' | 'people'
      percent: Typed
      people: Typed
    }
  | { kind: 'catalogue'; needKind: string; centralised: string; provided: boolean }
  | { kind: 'parameter'; code: string; value: Typed }
)
export type DraftOf<K extends ChangeKind> = Extract<ChangeDraft, { kind: K }>

let lastKey = 0

/** A new card of a kind, filled with what is in force; a standard that no card has yet, the most asked for first. */
export function newDraft(kind: ChangeKind, grounds: Grounds, before: readonly ChangeDraft[] = []): ChangeDraft {
  const key = ++lastKey
  const taken = new Set(before.flatMap((draft) => (draft.kind === 'standard' ? [draft.code] : [])))
  switch (kind) {
    case 'standard':
      return { key, ...standardInForce(grounds.items.find(({ code }) => !taken.has(code))?.code ?? '', grounds) }
    case 'price':
      return { key, kind, target: grounds.items[0]?.code ?? 'N09', by: 'percent', percent: 0, addFen: null }
    case 'headcount':
      return {
        key,
        kind,
        who: 'all',
        level: null,
        organKind: null,
        organIds: [],
        by: 'percent',
        percent: 0,
        people: null,
      }
    case 'catalogue': {
      const entry = grounds.catalogue[0]
      return {
        key,
        kind,
        needKind: entry?.needKind ?? 'N09',
        centralised: entry?.centralised ?? 'no',
        provided: entry?.provided ?? false,
      }
    }
    case 'parameter': {
      const known = grounds.parameters[0]
      return { key, kind, code: known?.code ?? 'plan.growth-warn-percent', value: known?.value ?? null }
    }
  }
}

/** The figures of a standard in force as a card holds them. */
export function standardInForce(code: string, { items }: Grounds): Omit<DraftOf<'standard'>, 'key'> {
  const value = items.find((item) => item.code === code)?.value
  return {
    kind: 'standard',
    code,
    level: null,
    priceCapFen: value?.priceCapFen ?? null,
    minimumYears: value?.minimumYears ?? null,
    limit: value?.limit ?? { basis: 'none' },
  }
}

/** The cards of a saved scenario. */
export function draftsOf(changes: readonly Change[], grounds: Grounds): ChangeDraft[] {
  return changes.map((change): ChangeDraft => {
    const key = ++lastKey
    switch (change.kind) {
      case 'standard': {
        const { code, level, priceCapFen, minimumYears, limit } = change
        const now = standardInForce(code, grounds)
        return {
          key,
          ...now,
          level,
          ...(priceCapFen === undefined ? {} : { priceCapFen }),
          ...(minimumYears === undefined ? {} : { minimumYears }),
          ...(limit === undefined ? {} : { limit }),
        }
      }
      case 'price': {
        const { standardCode, needKind, percent, addFen } = change
        return {
          key,
          kind: 'price',
          target: standardCode ?? needKind ?? '',
          by: percent === null ? 'amount' : 'percent',
          percent,
          addFen,
        }
      }
      case 'headcount': {
        const { level, organKind, organIds, percent, people } = change
        const who = organIds.length > 0 ? 'organs' : organKind !== null ? 'kind' : level !== null ? 'level' : 'all'
        return {
          key,
          kind: 'headcount',
          who,
          level,
          organKind,
          organIds,
          by: percent === null ? 'people' : 'percent',
          percent,
          people,
        }
      }
      case 'catalogue':
      case 'parameter':
        return { key, ...change }
    }
  })
}

export type ReadDraft = { change: Change; problem: null } | { change: null; problem: string }

/** What a card says, or why it cannot be read yet. */
export function readDraft(draft: ChangeDraft, grounds: Grounds): ReadDraft {
  const parsed = Change.safeParse(rawChange(draft, grounds))
  if (parsed.success) return { change: parsed.data, problem: null }
  const [issue] = parsed.error.issues
  const text = issue?.message ?? ''
  return { change: null, problem: /\p{Script=Han}/u.test(text) && !text.startsWith('无效输入') ? text : '请填写数字。' }
}

function rawChange(draft: ChangeDraft, grounds: Grounds): unknown {
  switch (draft.kind) {
    case 'standard': {
      const now = standardInForce(draft.code, grounds)
      const { code, level, priceCapFen, minimumYears, limit } = draft
      return {
        kind: 'standard',
        code,
        level,
        ...(priceCapFen === now.priceCapFen ? {} : { priceCapFen }),
        ...(minimumYears === now.minimumYears ? {} : { minimumYears }),
        ...(JSON.stringify(limit) === JSON.stringify(now.limit) ? {} : { limit }),
      }
    }
    case 'price': {
      const byKind = /^N\d\d$/.test(draft.target)
      return {
        kind: 'price',
        standardCode: byKind ? null : draft.target,
        needKind: byKind ? draft.target : null,
        percent: draft.by === 'percent' ? (draft.percent ?? '') : null,
        addFen: draft.by === 'amount' ? (draft.addFen ?? '') : null,
      }
    }
    case 'headcount': {
      const { who, by, percent, people, level, organKind, organIds } = draft
      return {
        kind: 'headcount',
        level: who === 'level' || who === 'kind' ? level : null,
        organKind: who === 'kind' ? organKind : null,
        organIds: who === 'organs' ? organIds : [],
        percent: by === 'percent' ? (percent ?? '') : null,
        people: by === 'people' ? (people ?? '') : null,
      }
    }
    case 'catalogue': {
      const { key: _, ...change } = draft
      return {
        ...change,
        provided: change.centralised === 'where-provided' ? change.provided : change.centralised !== 'no',
      }
    }
    case 'parameter': {
      const { key: _, ...change } = draft
      return { ...change, value: change.value ?? '' }
    }
  }
}
