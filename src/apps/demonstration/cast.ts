import { addWorkdays, isWorkday, type WorkCalendar } from '#kernel/pure/calendar.ts'
import type { ActingOrgan, Actor, Role } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Contract, Operation } from '#kernel/pure/contract.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { noSession, type Act } from '#kernel/server/context.ts'
import { checkedInput, perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { found } from '#kernel/server/errors.ts'
import { jurisdictionByCode, organsOf, type OrganRow } from '#modules/organs/offers.ts'

/** The organs of one level and the people who act in the demonstration. */
export type Stage = {
  act: Act
  jurisdictionCode: string
  jurisdictionName: string
  authority: OrganRow
  finance: OrganRow
  organs: OrganRow[]
  /** People act on working days. */
  calendar: WorkCalendar
}

export async function stageOf(act: Act, jurisdictionCode: string): Promise<Stage> {
  const organs = await organsOf(act.tx, jurisdictionCode, act.today)
  const withPart = (part: 'authority' | 'finance') =>
    found(
      organs.find(({ parts }) => parts.includes(part)),
      `${jurisdictionCode}的部门`,
    )
  const jurisdiction = found(await jurisdictionByCode(act.tx, jurisdictionCode), '行政区划')
  return {
    act,
    jurisdictionCode,
    jurisdictionName: jurisdiction.name,
    authority: withPart('authority'),
    finance: withPart('finance'),
    organs,
    calendar: await currentCalendar(act.tx),
  }
}

/** Somebody who holds one of the roles at the organ; null when the demonstration has nobody there. */
export async function somebody(stage: Stage, organ: OrganRow, ...roles: Role[]): Promise<Actor | null> {
  const { act } = stage
  for (const role of roles) {
    const [person] = await act.directory.peopleHolding(act.tx, { organId: organ.id, roles: [role] }, act.today)
    if (!person) continue
    const acting: ActingOrgan = {
      id: organ.id,
      name: organ.name,
      jurisdictionCode: organ.jurisdictionCode,
      jurisdictionName: stage.jurisdictionName,
      level: organ.level,
      parts: [...organ.parts],
    }
    return { kind: 'person', personId: person.id, name: person.name, organ: acting, roles: person.roles }
  }
  return null
}

/** As {@link somebody}, where the demonstration cannot go on without. */
export async function needed(
  stage: Stage,
  organ: OrganRow,
  ...roles: Parameters<typeof somebody>[2][]
): Promise<Actor> {
  const actor = await somebody(stage, organ, ...roles)
  if (!actor) throw new Error(`the demonstration has nobody with ${roles.join(' or ')} at ${organ.name}`)
  return actor
}

/**
 * Runs an action of a module as somebody at a moment: the demonstration is made by the very acts that people would take,
 * so that every rule holds in it and every trace is there.
 */
export async function as<C extends Contract, K extends keyof C & string>(
  module: { contract: C; actions: { [N in keyof C]: (ctx: never) => Promise<unknown> } },
  name: K,
  stage: Stage,
  who: { actor: Actor; at: string },
  input: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- the answer's type follows from the name, which differs by call
): Promise<any> {
  const at = officeDay(stage, who.at)
  const now = new Date(`${at}T${hourOf(who.actor.name)}+08:00`)
  const operation = module.contract[name] as Operation
  return perform(
    { ...stage.act, actor: who.actor, now, today: localDateOf(now) },
    { operation, action: module.actions[name] as unknown as AnyAction, ifMatch: null, session: noSession },
    checkedInput(operation, onThatDay(input, at, who.at) as Record<string, unknown>),
  )
}

/**
 * The working day on which an act of that day was done: the day itself or the first one after it, so that order and least
 * terms stay as they are; never a day that is still to come.
 */
export function officeDay({ act, calendar, jurisdictionCode }: Stage, day: string): string {
  if (day >= act.today || isWorkday(day, calendar, jurisdictionCode)) return day
  const next = addWorkdays(day, 1, calendar, jurisdictionCode)
  return next < act.today ? next : act.today
}

/** What an act says happened on the day it was meant for happened on the day it was done. */
function onThatDay(input: unknown, at: string, meant: string): unknown {
  if (at === meant) return input
  if (input === meant) return at
  if (Array.isArray(input)) return input.map((one) => onThatDay(one, at, meant))
  return typeof input === 'object' && input !== null && Object.getPrototypeOf(input) === Object.prototype
    ? Object.fromEntries(Object.entries(input).map(([key, value]) => [key, onThatDay(value, at, meant)]))
    : input
}

/** Office hours, different for different people. */
function hourOf(name: string): string {
  const minutes = [...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % 480
  return `${String(9 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`
}
