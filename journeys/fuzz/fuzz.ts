import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Application } from '#apps/application.ts'
import type { Operation } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { answerCheck, type FuzzAnswer } from './answers.ts'
import { requestsTo, type FuzzRequest } from './requests.ts'

/** People as whom requests are sent: an organ's clerk, the desk, finance, the three administrators, a driver. */
const people = [
  'shi.education.jingban',
  'shi.jihua',
  'shi.juzhang',
  'shi.caizheng',
  'shi.shenji',
  'shi.xitong',
  'shi.anquan',
  'shi.shenjiyuan',
  'shi.education.jiashi',
  'sheng.jihua',
] as const

export type FuzzReport = { requests: number; byStatus: Map<number, number>; faults: string[] }

/**
 * Sends generated requests to every operation in turn and checks each answer against the published document.
 * @param options.requests how many in all @param options.seed the same seed sends the same requests
 * @param options.clock that of the application @param options.progress told now and then
 */
export async function fuzz(
  { server, ground }: Application,
  options: { requests: number; seed: number; clock: () => Date; progress?: (done: number, report: FuzzReport) => void },
): Promise<FuzzReport> {
  const operations = ground.modules.flatMap(({ contract }) => Object.values(contract))
  const check = answerCheck((await server.inject({ url: '/api/openapi.json' })).json())
  const ids = await knownIds(ground)
  const tokens = new Map<string, string>()
  const report: FuzzReport = { requests: 0, byStatus: new Map(), faults: [] }
  const each = Math.ceil(options.requests / operations.length)
  // In rounds, so that what one operation leaves behind meets all others.
  const perRound = Math.min(each, 5)
  for (let round = 0; report.requests < options.requests; round++)
    for (const [place, operation] of operations.entries()) {
      const seed = options.seed + round * 1000 + place
      const requests = fc.sample(requestsTo(operation, ids.get(operation.module) ?? [], people), {
        numRuns: perRound,
        seed,
      })
      for (const request of requests) {
        if (report.requests >= options.requests) return report
        const answer = await send(server, request, tokens, ground, options.clock)
        report.requests++
        report.byStatus.set(answer.status, (report.byStatus.get(answer.status) ?? 0) + 1)
        const fault = check(operation, answer)
        if (fault !== null) report.faults.push(`${nameOf(operation)} (seed ${seed}): ${fault}\n  ${described(request)}`)
        if (report.requests % 500 === 0) options.progress?.(report.requests, report)
      }
    }
  return report
}

const nameOf = ({ module, name }: Operation) => `${module}.${name}`

function described({ operation, url, payload, who, headers }: FuzzRequest): string {
  return `${operation.method} ${url.slice(0, 300)} as ${who} ${JSON.stringify(headers)} ${String(payload).slice(0, 400)}`
}

type Ground = Application['ground']

async function send(
  server: Application['server'],
  { operation, url, headers, payload, who }: FuzzRequest,
  tokens: Map<string, string>,
  ground: Ground,
  clock: () => Date,
): Promise<FuzzAnswer> {
  const ask = async () => {
    const cookie = who === null ? {} : { cookie: `yunbao_session=${await tokenOf(ground, tokens, who, clock())}` }
    const answer = await server.inject({
      method: operation.method,
      url,
      headers: { ...headers, ...cookie },
      ...(payload === null ? {} : { payload }),
    })
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type'] ?? ''),
      body: operation.kind === 'download' && answer.statusCode === 200 ? '' : answer.body,
    }
  }
  const first = await ask()
  if (first.status !== 401 || who === null) return first
  tokens.delete(who) // an earlier request signed them out, or worse
  return ask()
}

/** A session of somebody, whatever earlier requests have done to the account. */
async function tokenOf({ db }: Ground, tokens: Map<string, string>, username: string, now: Date): Promise<string> {
  const known = tokens.get(username)
  if (known) return known
  const token = `fuzz-${username}-${tokens.size}-${process.hrtime.bigint()}`
  const hash = createHash('sha256').update(token).digest('hex')
  await transaction(
    db,
    async (tx) => {
      await sql`update people.account set state = 'active', must_change = false where username = ${username}`.execute(
        tx,
      )
      await sql`insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, expires_at, proved_at, second_proof)
        select gen_random_uuid(), ${hash}, a.person_id, a.credential_version, a.last_organ_id, ${now}, ${now}, ${now}::timestamptz + interval '1 day',
          ${now}, 'provider' from people.account a where a.username = ${username}`.execute(tx)
    },
    { scope: systemScope },
  )
  tokens.set(username, token)
  return token
}

/** Some ids of each table, by module, so that requests reach what is there. */
async function knownIds({ db, modules }: Ground): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>()
  await transaction(
    db,
    async (tx) => {
      for (const { name: module } of modules) {
        const schemas = ['cases', 'record', 'decisions', 'jobs', 'duties'].includes(module)
          ? [module, 'kernel']
          : [module, 'organs']
        const { rows: tables } = await sql<{
          name: string
        }>`select n.nspname || '.' || c.relname as name from pg_class c
          join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
          where c.relkind in ('r', 'p') and n.nspname in (${sql.join(schemas)}) order by 1`.execute(tx)
        const ids: string[] = []
        for (const { name } of tables) {
          const { rows } = await sql<{
            id: string
          }>`select id from ${sql.table(name)} order by id desc limit 12`.execute(tx)
          ids.push(...rows.map(({ id }) => id))
        }
        known.set(module, ids)
      }
    },
    { scope: systemScope },
  )
  return known
}
