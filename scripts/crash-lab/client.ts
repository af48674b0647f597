import { setTimeout as pause } from 'node:timers/promises'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { sessionAt } from '../../journeys/visit.ts'
import type { LabGround } from './ground.ts'
import { reviewer, serviceReviewer } from './ground.ts'
import { clerkMoves, refreshes, reviewerMoves, serviceMoves, type Knowledge, type Move } from './moves.ts'
import { openOperationLog, type OperationLog, type OperationRecord, type Outcome } from './operation-log.ts'
import type { Random } from './random.ts'

/** Longer than any answer may take; what takes longer counts as hanging. */
export const patienceMs = 32_000

/** What is asked for must be one of these when it is not done: anything else is a fault of the system. */
const expected = new Set([200, 400, 401, 403, 404, 409, 413, 422, 429, 503, 507])

export type Sent = { outcome: Outcome; status: number | null; code: string | null; body: unknown; ms: number }

export type Client = {
  log: OperationLog
  /** Does one thing after the other until told to stop. */
  work: (isOver: () => boolean) => Promise<void>
  /** Asks again, under its own key, for what has no certain answer. */
  settle: (record: OperationRecord) => Promise<void>
}

export type ClientParts = {
  number: number
  ground: LabGround
  random: Random
  folder: string
  /** Of the applications; a client stays with one until it does not answer. */
  addresses: readonly string[]
  /** What no application should ever do: strange statuses, answers that take too long. */
  fault: (what: string) => void
  /** Every answer, for the times of recovery. */
  answered: (sent: Sent, at: number) => void
}

/** The first clients review and consult, the others are clerks, two or three to an organ. */
export async function openClient(parts: ClientParts): Promise<Client> {
  const { number, ground, random, addresses } = parts
  const role = number === 0 ? 'reviewer' : number === 1 ? 'service' : 'clerk'
  const clerk = ground.clerks[number % ground.clerks.length] as LabGround['clerks'][number]
  const username = { reviewer, service: serviceReviewer, clerk: clerk.username }[role]
  const moves = { reviewer: reviewerMoves, service: serviceMoves, clerk: clerkMoves }[role]
  let turn = number
  const address = () => addresses[turn % addresses.length] as string
  let cookie = await sessionAt(address(), username)
  const log = openOperationLog(parts.folder, number)
  const known: Knowledge = {
    ground,
    clerk,
    commitments: [],
    executions: [],
    demandVersion: 1,
    opinionVersion: 1,
    caseId: null,
  }
  let serial = 0

  const send = async (operation: Operation, input: Record<string, unknown>, key: string | null): Promise<Sent> => {
    const startedAt = Date.now()
    const done = (outcome: Outcome, status: number | null, code: string | null, body: unknown): Sent => {
      const sent = { outcome, status, code, body, ms: Date.now() - startedAt }
      parts.answered(sent, startedAt)
      if (sent.ms > 30_000) parts.fault(`${operation.module}.${operation.name} took ${sent.ms} ms (${code ?? status})`)
      return sent
    }
    try {
      const response = await fetch(...requestOf(address(), operation, input, { cookie, key }))
      const body = (await response.json()) as { code?: string; detail?: string }
      if (response.status === 200) return done('ok', 200, null, body)
      // A clock that jumped has ended the session: in again, as people would.
      if (response.status === 401) cookie = await sessionAt(address(), username).catch(() => cookie)
      if (!expected.has(response.status))
        parts.fault(`${operation.module}.${operation.name} answered ${response.status} ${JSON.stringify(body)}`)
      const uncertain =
        response.status >= 500 && !['retry', 'database-away', 'disk-full', 'too-slow'].includes(body.code ?? '')
      if (response.status === 503 && response.headers.get('retry-after') === null && body.code !== 'too-slow')
        parts.fault(`${operation.module}.${operation.name}: 503 ${body.code} without Retry-After`)
      return done(uncertain ? 'unknown' : 'fail', response.status, body.code ?? null, body)
    } catch (error) {
      turn++
      const refused = (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED'
      return done(refused ? 'fail' : 'unknown', null, refused ? 'no-application' : 'no-answer', null)
    }
  }

  /** Again and again, as a browser would, while that may help; then what is known of it. */
  const carryOut = async (record: OperationRecord, move: Move, attempts: number): Promise<void> => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const sent = await send(move.operation, record.input, record.key)
      record.attempts++
      record.status = sent.status
      record.code = sent.code
      record.endedAt = Date.now()
      if (sent.outcome === 'ok') {
        record.outcome = 'ok'
        record.gist = move.learn(known, sent.body, record.input)
        return
      }
      // Once nobody knows, only a yes makes it certain: an attempt that hangs may still come through after a no.
      if (sent.outcome === 'unknown') record.outcome = 'unknown'
      else if (attempt === 1) record.outcome = 'fail'
      if (sent.status !== null && sent.status < 500) return
      if (attempt < attempts && random.next() < 0.75) await pause(100 + random.below(400 * attempt))
      else return
    }
  }

  const refresh = async (): Promise<void> => {
    if (role !== 'clerk') return
    const demand = await send(refreshes.demand, { demandId: clerk.demandId }, null)
    const opinion = await send(refreshes.opinion, { opinionId: clerk.opinionId }, null)
    type View = { demand: { version: number; caseId: string | null }; opinion: { version: number } }
    if (demand.outcome === 'ok') {
      known.demandVersion = (demand.body as View).demand.version
      known.caseId = (demand.body as View).demand.caseId
    }
    if (opinion.outcome === 'ok') known.opinionVersion = (opinion.body as View).opinion.version
  }

  return {
    log,
    work: async (isOver) => {
      while (!isOver()) {
        if (serial % 8 === 0) await refresh()
        const move = chosen(moves, random)
        const id = `L${number}-${++serial}`
        const input = move.input(known, random, id)
        if (input === null) continue
        const { module, name } = move.operation
        const record: OperationRecord = {
          id,
          client: number,
          operation: `${module}.${name}`,
          username,
          key: `lab-${id}`,
          input,
          outcome: 'fail',
          status: null,
          code: null,
          gist: null,
          attempts: 0,
          startedAt: Date.now(),
          endedAt: 0,
        }
        log.sending(record)
        await carryOut(record, move, 4)
        log.answered(record)
        // Office work is slower, but a stale version is best asked anew.
        if (record.status === 409) await refresh()
        await pause(role === 'clerk' ? random.below(40) : 100 + random.below(200))
      }
    },
    settle: async (record) => {
      const move = moves.find(({ operation }) => `${operation.module}.${operation.name}` === record.operation) as Move
      for (let attempt = 0; attempt < 20; attempt++) {
        const sent = await send(move.operation, record.input, record.key)
        record.attempts++
        record.status = sent.status
        record.code = sent.code
        if (sent.outcome === 'ok') {
          record.outcome = 'ok'
          record.gist = move.learn(known, sent.body, record.input)
          break
        }
        if (sent.status !== null && sent.status < 500 && sent.status !== 401) {
          record.outcome = 'fail'
          break
        }
        await pause(500)
      }
      log.answered(record)
    },
  }
}

function chosen(moves: readonly Move[], random: Random): Move {
  let at = random.next() * moves.reduce((sum, { weight }) => sum + weight, 0)
  return moves.find(({ weight }) => (at -= weight) < 0) ?? (moves[0] as Move)
}

function requestOf(
  address: string,
  operation: Operation,
  input: Record<string, unknown>,
  { cookie, key }: { cookie: string; key: string | null },
): [string, RequestInit] {
  const { url, rest } = urlOf(operation, input)
  const signal = AbortSignal.timeout(patienceMs)
  const headers: Record<string, string> = { cookie, ...(key === null ? {} : { 'idempotency-key': key }) }
  if (operation.method === 'GET') return [`${address}${url}`, { headers, signal }]
  if (operation.kind === 'upload') {
    const { name, text } = rest['file'] as { name: string; text: string }
    const body = new FormData()
    body.set('file', new Blob([text], { type: 'text/plain' }), name)
    return [`${address}${url}`, { method: operation.method, headers, body, signal }]
  }
  headers['content-type'] = 'application/json'
  return [`${address}${url}`, { method: operation.method, headers, body: JSON.stringify(rest), signal }]
}
