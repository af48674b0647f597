import type { Actor } from '#kernel/pure/actor.ts'
import type { Board } from './switchboard.ts'

/** One policy function that answers wrongly. */
export type Mutant = Readonly<{ name: string; how: string; alter: NonNullable<Board['mutant']>['alter'] }>

const yes = { ok: true }
const no = {
  ok: false,
  refusals: [{ code: 'mutant', message: '变异', basis: null, facts: {}, remedy: null }],
}

/** The whole of the actor's level, in the shape that each of these functions answers. */
const wide: Readonly<Record<string, (actor: Actor) => unknown>> = {
  'actor.officeScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'assets.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'stocktaking.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'repairs.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'disposal.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'consumables.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'decisions.decisionScope': ({ organ }) => organ && { organId: organ.id, jurisdictionCode: organ.jurisdictionCode },
  'duties.reachesOf': () => ['mine', 'organ', 'level'],
  'organs.organScope': ({ organ }) =>
    organ && {
      kind: 'level',
      jurisdictionCode: organ.jurisdictionCode,
      organId: organ.id,
      lower: true,
      secretUnits: true,
    },
  'people.holdingsScope': ({ organ }) => organ && { kind: 'level', jurisdictionCode: organ.jurisdictionCode },
  'people.peopleScope': ({ organ }) => organ && { kind: 'level', jurisdictionCode: organ.jurisdictionCode },
  'procurement.listScope': ({ organ }) => organ && { jurisdictionCode: organ.jurisdictionCode, organId: null },
  'record.changesScope': ({ organ }) => organ && { organId: organ.id, jurisdictionCode: organ.jurisdictionCode },
  'record.recordScope': ({ organ }) => organ && { organId: organ.id, jurisdictionCode: organ.jurisdictionCode },
  'regulations.readableScopes': () => ['140000', '140100', '140121', '140200'],
}
const narrow: Readonly<Record<string, unknown>> = {
  'duties.reachesOf': [],
  'organs.organScope': { kind: 'none' },
  'people.holdingsScope': { kind: 'none' },
  'people.peopleScope': { kind: 'none' },
  'regulations.readableScopes': [],
}

/** The mutants of a function, by the kind of answer it was seen to give. */
export function mutantsOf(name: string, answer: unknown): Mutant[] {
  if (typeof answer === 'boolean')
    return [
      { name, how: 'always true', alter: () => true },
      { name, how: 'always false', alter: () => false },
      { name, how: 'inverted', alter: (given) => !(given as boolean) },
    ]
  if (isVerdict(answer))
    return [
      { name, how: 'allows everything', alter: () => yes },
      { name, how: 'allows nothing', alter: () => no },
      { name, how: 'inverted', alter: (given) => (isVerdict(given) && given.ok ? no : yes) },
    ]
  if (typeof answer === 'string') return [] // who acts, not what they may
  const widened = wide[name]
  if (!widened) throw new Error(`nothing is known of the answers of ${name}: ${JSON.stringify(answer)}`)
  return [
    { name, how: 'sees all of the level', alter: (_, [actor]) => widened(actor as Actor) },
    { name, how: 'sees nothing', alter: () => narrow[name] ?? null },
  ]
}

function isVerdict(answer: unknown): answer is { ok: boolean } {
  return typeof answer === 'object' && answer !== null && typeof (answer as { ok?: unknown }).ok === 'boolean'
}

/** Answers as if no policy were asked: whatever somebody wants to read, they may. */
export function permitting(answer: unknown, args: readonly unknown[], name: string): unknown {
  if (typeof answer === 'boolean') return true
  if (isVerdict(answer)) return yes
  return wide[name]?.(args[0] as Actor) ?? answer
}
