import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles, type Role } from '#kernel/pure/actor.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { dispatch } from '#kernel/server/dispatch.ts'
import { SignedOut } from '#kernel/server/errors.ts'
import { noSession } from '#kernel/server/context.ts'
import { openStage, type StageForTest } from '../stage.ts'
import { Cells, type Ran } from './cells.ts'
import { actionOf, nameOf, operationsOf, type World } from './doing.ts'
import { Expectations, noRole } from './expectation.ts'
import { markersOf } from './markers.ts'
import { objectsOf, type Objects } from './objects.ts'
import { actorAt, findPlaces, relations, type Places, type Relation } from './places.ts'

/**
 * G6: every operation × every role × every place, as authorization.tsv says, on real objects of the demonstration. What an
 * operation does is undone at once; nothing here is kept.
 */
let stage: StageForTest
let world: World
let places: Places
let objects: Objects
let cells: Cells
const expectations = new Expectations()
beforeAll(async () => {
  const clock = '2026-11-23T09:00:00+08:00'
  stage = await openStage({ demonstration: 'all', clock })
  const { parts, modules } = stage.application.ground
  world = { parts, modules, now: new Date(clock) }
  places = await findPlaces(parts)
  objects = await objectsOf(world, places)
  cells = new Cells(world, objects, await markersOf(world, objects))
}, 300_000)
afterAll(() => stage?.close())

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(world.parts.db, async (tx) => {
    await sql`savepoint cell`.execute(tx)
    return work(tx)
  })

const everyone: readonly (Role | null)[] = [null, ...roles]
type Cell = Readonly<{ operation: string; role: Role | null; relation: Relation; ran: Ran; expected: string; line: number }>
const seen: Cell[] = []

describe('G6 the matrix of operations, roles and places', () => {
  test('every operation of every contract is in the table, and no other', () => {
    const named = [...expectations.operations()].toSorted()
    expect(named).toEqual(operationsOf(world).map(nameOf).toSorted())
  })

  test('every cell answers as the table says', { timeout: 240_000 }, async () => {
    const unexpected: string[] = []
    await within(async (tx) => {
      for (const operation of operationsOf(world))
        for (const relation of relations)
          for (const role of everyone) {
            const said = expectations.of(nameOf(operation), role ?? noRole, relation)
            const ran = await cells.outcome(tx, operation, places[relation], role === null ? [] : [role])
            const as = `${nameOf(operation)} as ${role ?? noRole} at ${relation}`
            if (said === null) unexpected.push(`${as}: the table says nothing`)
            else if (!fits(said.answer, ran))
              unexpected.push(`${as}: ${said.answer} by line ${said.line}, but ${ran.outcome} (${ran.detail})`)
            else seen.push({ operation: nameOf(operation), role, relation, ran, expected: said.answer, line: said.line })
          }
    })
    expect(unexpected.slice(0, 40)).toEqual([])
    expect(seen.length).toBe(operationsOf(world).length * relations.length * everyone.length)
    expect(cells.counts.asked).toBeGreaterThan(4000)
  })

  test('nobody signed in gets what is for everybody, and nothing else', async () => {
    for (const operation of operationsOf(world)) {
      const said = expectations.of(nameOf(operation), noRole, 'public')
      const outcome = await asNobody(operation).then(
        () => 'open',
        (error: unknown) => (error instanceof SignedOut ? 'signed-out' : 'open'),
      )
      expect([nameOf(operation), outcome]).toEqual([nameOf(operation), said?.answer])
    }
    expect(expectations.idle()).toEqual([]) // every line of the table decides some cell
  })

  test('a denied cell says nothing of the object, has changed nothing, and the same object is there for somebody', () => {
    const denied = seen.filter(({ ran }) => ran.outcome === 'forbidden' || ran.outcome === 'hidden')
    const allowed = new Set(seen.filter(({ ran }) => ran.outcome === 'allow').map(({ operation }) => operation))
    expect(denied.length).toBeGreaterThan(20_000)
    for (const { operation, relation, role, ran } of new Map(denied.map((cell) => [cell.ran, cell])).values()) {
      const where = `${operation} as ${role} at ${relation}`
      expect([where, ran.showsMarker, ran.rowsWritten], ran.text).toEqual([where, false, 0])
      expect([where, allowed.has(operation)]).toEqual([where, true])
    }
  })

  test('cells that followed from others answer the same when asked themselves', { timeout: 60_000 }, async () => {
    const every = Math.floor(seen.length / 400)
    await within(async (tx) => {
      for (const { operation, relation, role, ran } of seen.filter((_, index) => index % every === 7)) {
        const asked = operationsOf(world).find((one) => nameOf(one) === operation)
        if (!asked) continue
        const again = await cells.ask(tx, asked, actorAt(places[relation], role === null ? [] : [role]))
        const where = `${operation} as ${role} at ${relation}`
        expect([where, again.outcome, again.detail]).toEqual([where, ran.outcome, ran.detail])
      }
    })
  })
})

function fits(answer: string, { outcome }: Ran): boolean {
  return answer === outcome || (answer === 'open' && (outcome === 'allow' || outcome === 'without'))
}

function asNobody(operation: ReturnType<typeof operationsOf>[number]): Promise<unknown> {
  return dispatch(world.parts, {
    operation,
    action: actionOf(world, operation),
    now: world.now,
    requestId: 'authorization',
    source: null,
    actorOf: async () => null,
    inputOf: () => cells.inputOf(operation),
    idempotency: null,
    ifMatch: null,
    session: noSession,
    path: {},
  })
}
