import { sql } from 'kysely'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { pathParameters, type Operation } from '#kernel/pure/contract.ts'
import { noSession, type Download } from '#kernel/server/context.ts'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { checkedInput, perform } from '#kernel/server/dispatch.ts'
import { BadInput, Conflict, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { enterScope, scopeOf, systemScope, type Scope } from '#kernel/server/scope.ts'
import { demandWorkbook } from '../demand-workbook.ts'
import { exampleInput, schemaOf, type Json } from '../example-input.ts'
import { actionOf, actIn, nameOf, type World } from './doing.ts'
import { textOf } from './download-text.ts'
import { freshFile } from './fresh-file.ts'
import type { Markers } from './markers.ts'
import type { Objects } from './objects.ts'
import { actorAt, type Place } from './places.ts'
import { switchboard, type Consulted } from './switchboard.ts'

/**
 * What came of asking: `allow` (done, shown, or refused by a rule after the policy had said yes), `without` (answered, and
 * nothing of the object in it), `masked` (shown without its content), `forbidden` (403), `hidden` (404). `input` and `fault` are never expected.
 */
export type Outcome = 'allow' | 'without' | 'masked' | 'forbidden' | 'hidden' | 'input' | 'fault'

export type Ran = Readonly<{
  outcome: Outcome
  detail: string
  /** Every policy function that had a part in it, with what it answered last. */
  names: ReadonlyMap<string, unknown>
  /** What it asked of the policies, and was answered. */
  trace: readonly Consulted[]
  actor: Actor
  /** Text of the answer or of the error. */
  text: string
  /** Something of the object is in the text. */
  showsMarker: boolean
  /** Rows inserted, updated or deleted before the end; undone since. */
  rowsWritten: number
  /** Rows of the audit record that tell of it. */
  auditRows: number
}>

/** A cell, and every policy function that has a part in it; `ran` may have been asked with other roles that came to the same. */
export type Cell = Readonly<{
  operation: Operation
  place: Place
  roles: readonly Role[]
  ran: Ran
  names: ReadonlySet<string>
}>

/** Operations that answer about one object named in the path; the others list or make. */
export function asksForOne({ path }: Operation): boolean {
  return (
    !path.startsWith('/subjects/') && pathParameters(path).some((name) => !['year', 'month', 'figure'].includes(name))
  )
}

/** Where the object is one of the level. */
const levelOwners = new Set(['calendar', 'consultation', 'drafting', 'regulations', 'whatif', 'plans.cycles'])

/** Fields that are filled in although they may be left out. */
const always = new Set(['year', 'jurisdictionCode', 'organId', 'text'])

/** Asks operations as different people within transactions with a savepoint `cell`, and undoes what they do. */
export class Cells {
  readonly #world: World
  readonly #objects: Objects
  readonly #markers: Markers
  readonly #repeats: boolean
  #tx: Tx | null = null
  #writtenBefore = 0
  readonly #known = new Map<string, Ran[]>()
  readonly #schemas = new Map<Operation, Json>()
  /** Names of all distinct cells that came to the same. */
  readonly #namesOf = new Map<Ran, ReadonlySet<string>>()
  /** One cell for each way in which policies had a part in it. */
  readonly distinct: Cell[] = []
  /** How many cells were asked, and how many followed from one that was. */
  readonly counts = { asked: 0, followed: 0 }

  /** @param options.repeats keeps of an error what was asked for too */
  constructor(world: World, objects: Objects, markers: Markers, options: { repeats?: boolean } = {}) {
    this.#repeats = options.repeats ?? false
    this.#world = world
    this.#objects = objects
    this.#markers = markers
  }

  /**
   * The outcome of one cell. Where everything the operation asked of the policies when it was asked from the same place
   * has the same answers for these roles too, it has the same outcome, and is not asked again.
   */
  async outcome(tx: Tx, operation: Operation, place: Place, roles: readonly Role[]): Promise<Ran> {
    const key = `${nameOf(operation)} ${place.relation}`
    const actor = actorAt(place, roles)
    const known = this.#known.get(key) ?? []
    for (const ran of known) {
      const names = answersAlike(ran, actor)
      if (names === null) continue
      this.counts.followed++
      this.#keepDistinct({ operation, place, roles, ran, names })
      return ran
    }
    const ran = await this.ask(tx, operation, actor)
    this.#known.set(key, [...known, ran])
    this.#keepDistinct({ operation, place, roles, ran, names: new Set(ran.names.keys()) })
    return ran
  }

  #keepDistinct(cell: Cell): void {
    const known = this.#namesOf.get(cell.ran)
    if (known && [...cell.names].every((name) => known.has(name))) return
    this.#namesOf.set(cell.ran, new Set([...(known ?? []), ...cell.names]))
    this.distinct.push(cell)
  }

  /** Asks once, whatever is known; nothing it does is kept. @param scope another scope than the actor's */
  async ask(tx: Tx, operation: Operation, actor: Actor, scope?: Scope): Promise<Ran> {
    this.counts.asked++
    if (this.#tx !== tx) this.#writtenBefore = await writtenIn(tx)
    this.#tx = tx
    const board = switchboard()
    const [names, trace] = [new Map<string, unknown>(), [] as Consulted[]]
    const watched = watching(actor, board, trace)
    board.names = names
    board.listener = (consulted) => void trace.push(consulted)
    let seen: Pick<Ran, 'outcome' | 'detail' | 'text'>
    let auditRows = 0
    const requestId = newId()
    try {
      seen = await this.#try(tx, operation, watched, requestId, scope)
      const leavesTrace = operation.method !== 'GET' || operation.kind === 'download'
      if (seen.detail === 'done' && leavesTrace) auditRows = await auditRowsOf(tx, requestId)
    } finally {
      board.names = null
      board.listener = null
      await sql`rollback to savepoint cell`.execute(tx)
    }
    const rowsWritten = await this.#written(tx)
    return {
      ...seen,
      names,
      trace: distinct(trace, watched),
      actor: watched,
      showsMarker: this.shows(operation, seen.text),
      rowsWritten,
      auditRows,
    }
  }

  /** What the transaction has written of rows since it was asked last; an undone row counts too. */
  async #written(tx: Tx): Promise<number> {
    const before = this.#writtenBefore
    this.#writtenBefore = await writtenIn(tx)
    return this.#writtenBefore - before
  }

  async #try(
    tx: Tx,
    operation: Operation,
    actor: Actor,
    requestId: string,
    scope?: Scope,
  ): Promise<Pick<Ran, 'outcome' | 'detail' | 'text'>> {
    const action = actionOf(this.#world, operation)
    let asked: Json = {}
    const session = { ...noSession, tokenHash: '0'.repeat(64) }
    try {
      asked = await this.inputOf(operation)
      const input = checkedInput(operation, asked)
      await enterScope(tx, scope ?? scopeOf(actor))
      const act = actIn(this.#world, operation, actor, tx, requestId)
      const version = this.#objects.get(`${operation.module}.ifMatch`) as number | undefined
      const answer = await perform(act, { operation, action, ifMatch: version ?? null, session }, input)
      const text = operation.kind === 'download' ? await textOf(answer as Download) : JSON.stringify(answer ?? null)
      return { outcome: this.#answered(operation, text), detail: 'done', text }
    } catch (error) {
      const text = error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error)
      // What was asked for may be said again.
      const said = this.#repeats ? [] : Object.values(asked).filter((value) => typeof value === 'string')
      return { ...outcomeOf(error), text: said.reduce((rest, value) => rest.replaceAll(value, ''), text) }
    }
  }

  /** What was read holds the object or not; what was done, was done, and a paper of one object is of that object. */
  #answered(operation: Operation, text: string): Outcome {
    const doing = operation.method !== 'GET' && operation.kind !== 'download'
    if (!asksForOne(operation) && !doing && !this.shows(operation, text)) return 'without'
    // What was changed is business; that it was, is not (ROLE-R03).
    return nameOf(operation) === 'record.changes' && !text.includes(String(this.#objects.get('content')))
      ? 'masked'
      : 'allow'
  }

  /** True where the text holds something of the object: an id of a record of its organ or level. */
  shows({ module, name }: Operation, text: string): boolean {
    const { organ, level } = this.#markers
    const ofLevel = levelOwners.has(module) || levelOwners.has(`${module}.${name}`)
    for (const [id] of text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
      if (organ.has(id) || (ofLevel && level.has(id))) return true
    // Which organs there are, everybody may know.
    return module !== 'organs' && text.includes('太原市教育局')
  }

  async inputOf(operation: Operation): Promise<Json> {
    const { module, path } = operation
    const schema = this.#schemas.get(operation) ?? schemaOf(operation)
    this.#schemas.set(operation, schema)
    const input = exampleInput(schema, new Map()) as Json
    for (const name of Object.keys(schema['properties'] as Json)) {
      const own = this.#objects.get(`${nameOf(operation)}.${name}`)
      const known = own ?? (name in input || always.has(name) ? this.#objects.get(`${module}.${name}`) : undefined)
      if (known !== undefined) input[name] = known
    }
    const [parameter] = pathParameters(path)
    const version =
      this.#objects.get(`${nameOf(operation)}.version`) ?? this.#objects.get(`${module}.${parameter}.version`)
    if ('version' in input && version !== undefined) input['version'] = version
    if (operation.kind === 'upload') input['file'] = await freshFile(...(await uploadFor(operation)))
    return input
  }
}

let tables: readonly string[] | null = null

/**
 * Rows written in the transaction so far, and what the connection has not yet told of earlier ones: only differences say
 * something. Not by the view of all statistics, which takes longer than most operations.
 */
async function writtenIn(tx: Tx): Promise<number> {
  tables ??= (
    await sql<{ oid: string }>`select oid::text from pg_class where relkind = 'r' and oid >= 16384`.execute(tx)
  ).rows.map(({ oid }) => oid)
  const { rows } = await executePrepared(
    tx,
    sql<{ n: number }>`select coalesce(sum(pg_stat_get_xact_tuples_inserted(one) + pg_stat_get_xact_tuples_updated(one)
      + pg_stat_get_xact_tuples_deleted(one)), 0)::int as n from unnest(${[...tables]}::oid[]) one`,
  )
  return rows[0]?.n ?? 0
}

async function auditRowsOf(tx: Tx, requestId: string): Promise<number> {
  await enterScope(tx, systemScope)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel.audit_entry
    where request_id = ${requestId} and operation is not null and person_id is not null and result = 'done'`.execute(tx)
  return rows[0]?.n ?? 0
}

let workbook: ReturnType<typeof demandWorkbook> | undefined

/** A file that the operation can read. */
async function uploadFor(operation: Operation): Promise<[name: string, content: Buffer]> {
  if (nameOf(operation) === 'calendar.loadNoticeFile')
    return ['放假安排.csv', Buffer.from('日期,类型,名称\n2028-01-01,放假,元旦\n')]
  if (nameOf(operation) === 'regulations.readText') return ['办法.txt', Buffer.from('测试办法\n\n第一条　为了测试。\n')]
  return ['申报.xlsx', (await (workbook ??= demandWorkbook())).buffer]
}

function outcomeOf(error: unknown): Pick<Ran, 'outcome' | 'detail'> {
  if (error instanceof Forbidden) return { outcome: 'forbidden', detail: error.refusals.map(({ code }) => code).join() }
  if (error instanceof Missing) return { outcome: 'hidden', detail: error.subject }
  if (error instanceof Refused)
    return { outcome: 'allow', detail: `refused ${error.refusals.map(({ code }) => code).join()}` }
  if (error instanceof Conflict) return { outcome: 'allow', detail: `conflict ${error.message}` }
  if (error instanceof BadInput) return { outcome: 'input', detail: JSON.stringify(error.errors) }
  return { outcome: 'fault', detail: error instanceof Error ? error.message : String(error) }
}

/** The actor, telling when its roles are read elsewhere than in a policy: then they count as a question themselves. */
function watching(actor: Actor, board: ReturnType<typeof switchboard>, trace: Consulted[]): Actor {
  const ask = (who: Actor) => JSON.stringify(who.roles)
  return new Proxy(actor, {
    get(target, property, receiver) {
      // What is written down of who acts decides nothing.
      if (property === 'roles' && board.depth === 0 && !isCalledFrom('/server/record.ts'))
        trace.push({ name: 'roles', ask: ask as never, args: [receiver], answer: ask(target) })
      return Reflect.get(target, property, receiver) as unknown
    },
  })
}

/** True where a file is on the stack. Its frames are read as they are: as text, each would be looked up in a source map. */
function isCalledFrom(file: string): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.prepareStackTrace = (_, frames) => frames.some((frame) => frame.getFileName()?.endsWith(file))
  Error.stackTraceLimit = 10
  const called = new Error().stack as unknown as boolean
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  return called
}

function distinct(trace: readonly Consulted[], actor: Actor): Consulted[] {
  const seen = new Map<string, Consulted>()
  for (const consulted of trace)
    seen.set(
      `${consulted.name} ${JSON.stringify(consulted.args.map((arg) => (arg === actor ? 'actor' : arg)))}`,
      consulted,
    )
  return [...seen.values()]
}

/** The names of what was asked, where every answer is the same for the other actor; else null. */
function answersAlike({ trace, actor: before }: Ran, actor: Actor): Set<string> | null {
  const board = switchboard()
  const names = new Map<string, unknown>()
  board.names = names
  try {
    const alike = trace.every(({ ask, args, answer }) => {
      const again = ask(...(args.map((arg) => (arg === before ? actor : arg)) as never[]))
      return JSON.stringify(again) === JSON.stringify(answer)
    })
    return alike ? new Set(names.keys()) : null
  } finally {
    board.names = null
  }
}
