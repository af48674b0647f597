import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import pg from 'pg'
import type { Actor, Level, Role } from '#kernel/pure/actor.ts'
import type { InputOf } from '#kernel/pure/contract.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction, type TransactionOptions } from '#kernel/server/database.ts'
import { checkedInput, perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { actions } from '#modules/assets/actions.ts'
import { contract } from '#modules/assets/contract.ts'
import { jobs } from '#modules/assets/jobs.ts'
import { chargeMonth } from '#modules/assets/store/depreciation.ts'
import { fillCards } from './asset-cards.ts'
import { timed, type Bench, type Measure } from './measure.ts'

const connections = 16
const today = '2026-11-23'
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

const measure = (
  name: string,
  value: number,
  unit: string,
  rawValue: number | null,
  target: number | null,
): Measure => ({ name, value, unit, rawValue, target, lowerIsBetter: true })

function actorOf(id: string, code: string, level: Level, parts: ['authority'] | [], role: Role): Actor {
  return testActor({ id, name: '测算机关', jurisdictionCode: code, jurisdictionName: code, level, parts }, [role])
}

type Run = <N extends keyof typeof contract>(
  actor: Actor,
  name: N,
  input: InputOf<(typeof contract)[N]>,
) => Promise<unknown>

/** Operations in transactions of their own, as a request would run them. */
function caller({ db }: Bench, files: FileStore): Run {
  return (actor, name, input) =>
    transaction(
      db,
      (tx) =>
        perform(
          testAct({ tx, actor, today, files }),
          {
            operation: contract[name],
            action: actions[name] as unknown as AnyAction,
            ifMatch: null,
            session: noSession,
          },
          checkedInput(contract[name], input as Record<string, unknown>),
        ),
      { scope: scopeOf(actor) },
    )
}

async function* reading(
  run: Run,
  superuser: pg.Pool,
  reviewer: Actor,
  ids: readonly string[],
): AsyncGenerator<Measure> {
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
      'a search for two rare characters',
      300,
      () => run(reviewer, 'cards', { text: '鸾凤', limit: 50 }),
      () =>
        superuser.query(
          `select card_id from assets.card_text where pairs @> array['鸾凤'] order by card_id desc limit 51`,
        ),
    ],
    [
      'a search for a piece of a serial number',
      300,
      (at) => run(reviewer, 'cards', { text: `sn${String(100_000 + ((at * 37) % 800_000)).slice(0, 6)}`, limit: 50 }),
      (at) =>
        superuser.query(`select card_id from assets.card_text where pairs @> $1 order by card_id desc limit 51`, [
          pairs(`sn${String(100_000 + ((at * 37) % 800_000)).slice(0, 6)}`),
        ]),
    ],
  ]
  for (const [name, target, ours, bare] of reads) {
    await ours(0)
    const users = name === 'a card by id' ? 4 : connections
    const took = await times(ours, users)
    yield measure(
      `assets: ${name}, p99 at ${users} connections`,
      p99(took),
      'ms',
      p99(await times(bare, users)),
      target,
    )
  }
}

const pairs = (word: string): string[] => [
  ...new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))),
]

async function* summing(run: Run, superuser: pg.Pool, reviewer: Actor): AsyncGenerator<Measure> {
  await run(reviewer, 'summary', {})
  const ours = await timed(() => run(reviewer, 'summary', {}))
  const bare = await timed(() =>
    superuser.query(`select organ_id, class_code, count(*), sum(cost_fen), sum(net_fen) from assets.card
      where jurisdiction_code = '140100' and removed_on is null group by 1, 2`),
  )
  yield measure('assets: class × organ of a city', ours, 'ms', bare, 1000)
}

/** A workbook of 200,000 cards read, judged by cell, registered with events and holders, all in this process. */
async function* takingOver(
  bench: Bench,
  superuser: pg.Pool,
  files: FileStore,
  directory: string,
): AsyncGenerator<Measure> {
  const rows = Math.round(200_000 * bench.scale)
  const path = join(directory, 'cards.xlsx')
  await writeCards(path, rows)
  const { rows: organs } = await superuser.query<{ id: string }>(
    `select organ_id as id from assets.card where jurisdiction_code = '140200' limit 1`,
  )
  const clerk = actorOf(organs[0]?.id ?? '', '140200', 'city', [], 'asset-keeper')
  const file = {
    path,
    fileName: '测算.xlsx',
    sizeBytes: (await stat(path)).size,
    mediaType: '',
    sha256: await digestOf(path),
  }
  const { id, version } = (await caller(bench, files)(clerk, 'readImport', { file })) as { id: string; version: number }
  const work = {
    runId: 'bench',
    data: { importId: id },
    transact: <T>(does: (act: ReturnType<typeof testAct>) => Promise<T>, options: TransactionOptions = {}) =>
      transaction(bench.db, (tx) => does(testAct({ tx, actor: clerk, today, files })), {
        ...options,
        scope: scopeOf(clerk),
      }),
    progress: async () => {},
  }
  const readMs = await timed(() => jobs['assets.read-import']?.run(work))
  yield measure(`assets: ${rows} rows of a workbook read and judged`, readMs / 1000, 's', null, null)
  const { version: now } = (await caller(bench, files)(clerk, 'viewImport', { importId: id })) as { version: number }
  await caller(bench, files)(clerk, 'applyImport', { importId: id, version: Math.max(now, version), rows: 'all' })
  const applyMs = await timed(() => jobs['assets.apply-import']?.run(work))
  const bareMs = await timed(async () => {
    const client = await superuser.connect()
    try {
      await client.query('begin')
      await client.query(`create temp table bare_card (like assets.card including indexes) on commit drop`)
      await client
        .query(
          `insert into bare_card overriding system value select (c).* from (select c from assets.card c where import_id = '${id}') x`,
        )
        .catch(async () => {
          await client.query('rollback; begin; create temp table bare_card as select * from assets.card with no data')
          await client.query(`insert into bare_card select * from assets.card where import_id = '${id}'`)
        })
      await client.query('rollback')
    } finally {
      client.release()
    }
  })
  yield measure(`assets: the same registered`, applyMs / 1000, 's', bareMs / 1000, null)
  yield measure(`assets: ${rows} rows imported, all`, (readMs + applyMs) / 1000, 's', bareMs / 1000, 60 * bench.scale)
  yield measure('assets: most memory of the whole process', process.resourceUsage().maxRSS / 1024, 'MB', null, 1024)
}

async function writeCards(path: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: createWriteStream(path), useSharedStrings: false })
  const sheet = workbook.addWorksheet('资产卡片')
  sheet
    .addRow([
      '资产编号',
      '资产名称',
      '分类代码',
      '规格型号',
      '序列号',
      '数量',
      '原值（元）',
      '取得日期',
      '取得方式',
      '使用部门',
      '使用人',
      '保管人',
      '存放地点',
      '使用状况',
      '备注',
    ])
    .commit()
  for (let row = 0; row < rows; row++)
    sheet
      .addRow([
        `BG-${row}`,
        '台式计算机',
        'A02010105',
        '联想启天',
        `BG${row}X`,
        1,
        4500,
        '2024-03-08',
        '购置',
        '办公室',
        '王丽娟',
        '王丽娟',
        `主楼${row % 900}`,
        '在用',
        '',
      ])
      .commit()
  sheet.commit()
  await workbook.commit()
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function* depreciating({ db }: Bench, superuser: pg.Pool, cards: number): AsyncGenerator<Measure> {
  const client = await superuser.connect()
  let bareMs = 0
  try {
    await client.query('begin')
    bareMs = await timed(() =>
      client.query(
        `update assets.card set accumulated_fen = least(cost_fen, accumulated_fen + 100) where removed_on is null`,
      ),
    )
    await client.query('rollback')
    await client.query('vacuum assets.card')
  } finally {
    client.release()
  }
  const ours = await timed(() =>
    transaction(db, (tx) => chargeMonth(tx, '2026-11', null, { name: '测算', at: new Date() }), {
      statementTimeoutMs: 0,
    }),
  )
  yield measure(`assets: a month's depreciation of ${cards} cards`, ours / 1000, 's', bareMs / 1000, 120)
}

async function times(ask: (at: number) => Promise<unknown>, users: number, each = 40): Promise<number[]> {
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
