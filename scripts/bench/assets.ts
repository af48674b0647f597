import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Actor } from '#kernel/pure/actor.ts'
import { openFileStore } from '#kernel/server/file-store.ts'
import { askedOf } from '#modules/assets/rules/search.ts'
import { actorOf, caller, measure, type Run } from './asset-acts.ts'
import { fillCards } from './asset-cards.ts'
import { depreciating, takingOver } from './asset-work.ts'
import { timed, type Bench, type Measure } from './measure.ts'

const connections = 16
/** Of a full run, or as many as `--cards=5000000` says. */
const asked = Number(process.argv.find((given) => given.startsWith('--cards='))?.slice('--cards='.length) ?? 1_000_000)

/** The register as a city's reviewer reads it behind row-level security, and what clerks do to it, beside the bare work. */
export async function* assetMeasures(bench: Bench): AsyncGenerator<Measure> {
  const cards = Math.round(asked * bench.scale)
  const superuser = new pg.Pool({ connectionString: bench.bareUrl, max: connections })
  const directory = await mkdtemp(join(tmpdir(), 'yunbao-bench-assets-'))
  const files = await openFileStore(join(directory, 'files'))
  try {
    const filledMs = await timed(() => fillCards(superuser, cards))
    yield measure(`assets: ${cards} cards filled in`, filledMs / 1000, 's', null, null)
    const { rows } = await superuser.query<{ id: string; organId: string }>(
      `select id, organ_id as "organId" from assets.card where jurisdiction_code = '140100' order by random() limit 400`,
    )
    const reviewer = actorOf(rows[0]?.organId ?? '', '140100', 'city', ['authority'], 'asset-reviewer')
    const run = caller(bench, files)
    yield* reading(
      run,
      superuser,
      reviewer,
      rows.map(({ id }) => id),
    )
    yield* summing(run, superuser, reviewer)
    yield* takingOver(bench, superuser, files, directory)
    yield* depreciating(bench, superuser, cards)
  } finally {
    await superuser.end()
    await rm(directory, { recursive: true, force: true })
  }
}

/** What has just been filled lies on the disk; on a machine at work the register is in its memory. */
const intoMemory = `create extension if not exists pg_prewarm;
  select pg_prewarm(c.oid, 'read') from pg_class c where c.relnamespace = 'assets'::regnamespace and c.relkind in ('r', 'i')
    and pg_relation_size(c.oid) > 0`

export async function* reading(
  run: Run,
  superuser: pg.Pool,
  reviewer: Actor,
  ids: readonly string[],
): AsyncGenerator<Measure> {
  await superuser.query(intoMemory)
  const code = `'140100'`
  const reads: readonly [string, number, (at: number) => Promise<unknown>, (at: number) => Promise<unknown>][] = [
    [
      'a card by id',
      20,
      (at) => run(reviewer, 'viewCard', { cardId: ids[at % ids.length] as string }),
      (at) => superuser.query('select * from assets.card where id = $1', [ids[at % ids.length]]),
    ],
    [
      'a page filtered by class and sorted by cost',
      100,
      () => run(reviewer, 'cards', { classPrefix: 'A02010105', sort: '-costFen', limit: 50 }),
      () =>
        superuser.query(
          `select * from assets.card where jurisdiction_code = ${code} and class_code = 'A02010105' and removed_on is null order by cost_fen desc, id desc limit 51`,
        ),
    ],
    [
      'a page of idle things, newest first',
      100,
      () => run(reviewer, 'cards', { state: 'idle', limit: 50 }),
      () =>
        superuser.query(
          `select * from assets.card where jurisdiction_code = ${code} and state = 'idle' order by id desc limit 51`,
        ),
    ],
    [
      'a search for a common word',
      300,
      () => run(reviewer, 'cards', { text: '计算机', limit: 50 }),
      () =>
        superuser.query(
          `select c.* from assets.card c join assets.card_text t on t.card_id = c.id where c.jurisdiction_code = ${code} and position('计算机' in t.words) > 0 order by c.id desc limit 51`,
        ),
    ],
    [
      'a search for a name on one card in eighty',
      300,
      () => run(reviewer, 'cards', { text: '晋祠', limit: 50 }),
      () =>
        superuser.query(
          `with held as materialized (select card_id from assets.card_text where pairs @> array['晋祠', '@140100'])
            select * from held order by card_id desc limit 51`,
        ),
    ],
    [
      'a search for two rare characters',
      300,
      () => run(reviewer, 'cards', { text: '鸾凤', limit: 50 }),
      () =>
        superuser.query(
          `with held as materialized (select card_id from assets.card_text where pairs @> array['鸾凤', '@140100'])
            select * from held order by card_id desc limit 51`,
        ),
    ],
    [
      'a search for a piece of a serial number',
      300,
      (at) => run(reviewer, 'cards', { text: `sn${String(100_000 + ((at * 37) % 800_000)).slice(0, 6)}`, limit: 50 }),
      (at) =>
        superuser.query(
          `with held as materialized (select card_id from assets.card_text where pairs @> $1) select * from held order by card_id desc limit 51`,
          [askedOf(`sn${String(100_000 + ((at * 37) % 800_000)).slice(0, 6)}`)],
        ),
    ],
  ]
  for (const [name, target, ours, bare] of reads) {
    const users = name === 'a card by id' ? 4 : connections
    const took = await times(ours, users)
    yield measure(
      `assets: ${name}, p99 at ${users} connections`,
      p99(took),
      'ms',
      p99(await times(bare, users, 40)),
      target,
    )
  }
}

export async function* summing(run: Run, superuser: pg.Pool, reviewer: Actor): AsyncGenerator<Measure> {
  await run(reviewer, 'summary', {})
  const ours = await timed(() => run(reviewer, 'summary', {}))
  const bare = await timed(() =>
    superuser.query(`select organ_id, class_code, count(*), sum(cost_fen), sum(net_fen) from assets.card
      where jurisdiction_code = '140100' and removed_on is null group by 1, 2`),
  )
  yield measure('assets: class × organ of a city', ours, 'ms', bare, 1000)
}

/**
 * Milliseconds of every answer, once each connection is open and knows its statements, as in an office at work: PostgreSQL
 * plans a prepared statement anew the first five times and once more at the sixth.
 */
async function times(ask: (at: number) => Promise<unknown>, users: number, each = 100): Promise<number[]> {
  await Promise.all(Array.from({ length: users * 10 }, (_, at) => ask(at)))
  const took: number[] = []
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      for (let at = 0; at < each; at++) took.push(await timed(() => ask(user * each + at)))
    }),
  )
  return took
}

function p99(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0
}
