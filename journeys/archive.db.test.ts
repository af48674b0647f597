import { createHash } from 'node:crypto'
import { appendFile, cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '#apps/commands/program.ts'
import type { ArchiveManifest } from '#kernel/server/archive/manifest.ts'
import { archivedTables, ownerConnection, tableDigest } from '#kernel/server/archive/tables.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { openStage, type StageForTest } from './stage.ts'

/**
 * `yunbao export` of the whole demonstration while it runs, and `yunbao import` of that into an empty installation on another
 * database, as an operator does it who moves from one server to another.
 */
const clock = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let target: FreshDatabase
let directory: string
let archive: string
let keys: string
let manifest: ArchiveManifest
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock })
  target = await freshDatabase({ empty: true })
  directory = await mkdtemp(join(tmpdir(), 'yunbao-archive-'))
  archive = join(directory, 'archive')
  keys = join(directory, 'keys')
  const { exitCode, err } = await exported('--to', archive, '--keys-to', keys)
  expect(exitCode, err).toBe(0)
  manifest = JSON.parse(await readFile(join(archive, 'manifest.json'), 'utf8'))
}, 900_000)
afterAll(async () => {
  await stage?.close()
  await target?.drop()
  await rm(directory, { recursive: true, force: true })
})

async function run(env: Record<string, string>, ...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await runCommandLine([...argv, '--json'], {
    env: { YUNBAO_CLOCK: clock, ...env },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    bars: null,
  })
  return { exitCode, err: err.join('\n'), json: JSON.parse(out.join('\n')) }
}

function exported(...argv: string[]) {
  const { ownerUrl, appUrl } = stage.application.ground
  const env = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, YUNBAO_DATA_DIR: stage.dataDirectory }
  return run(env, 'export', ...argv)
}

const targetEnv = () => ({
  DATABASE_URL: target.ownerUrl,
  DATABASE_APP_URL: target.appUrl,
  DATABASE_READER_URL: target.readerUrl,
})
const imported = (from: string, ...argv: string[]) => run(targetEnv(), 'import', from, ...argv)
const into = () => join(directory, 'data')

/** Every table's digest, by its name. */
async function digestsOf(ownerUrl: string): Promise<Record<string, string>> {
  const client = await ownerConnection(ownerUrl, 'yunbao test')
  const digests: Record<string, string> = {}
  for (const table of await archivedTables(client))
    digests[`${table.schema}.${table.table}`] = (await tableDigest(client, table)).sha256
  await client.end()
  return digests
}

async function asked(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query(text).finally(() => client.end())).rows
}

/** Nothing of an attempt is left, neither in the database nor beside it. */
async function expectNothing(): Promise<void> {
  expect(await asked(target.ownerUrl, `select nspname from pg_namespace where nspname in ('kernel', 'plans')`)).toEqual(
    [],
  )
  expect((await readdir(directory)).filter((name) => name.startsWith('data'))).toEqual([])
}

/** A copy of the archive that differs in something. */
async function altered(change: (copy: string) => Promise<void>): Promise<string> {
  const copy = join(directory, 'altered')
  await rm(copy, { recursive: true, force: true })
  await cp(archive, copy, { recursive: true })
  await change(copy)
  return copy
}

/** Writes a file of a copy anew and lists its digest, as somebody would who knows how. */
async function rewrite(
  copy: string,
  path: string,
  change: (content: Buffer) => Buffer | Promise<Buffer>,
): Promise<void> {
  const content = await change(await readFile(join(copy, path)))
  await writeFile(join(copy, path), content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const sums = await readFile(join(copy, 'SHA256SUMS'), 'utf8')
  await writeFile(
    join(copy, 'SHA256SUMS'),
    sums
      .split('\n')
      .map((line) => (line.endsWith(`  ${path}`) ? `${sha256}  ${path}` : line))
      .join('\n'),
  )
}

const table = (name: string) => `tables/${name}.csv.zst`

describe('an archive is readable by others, and says what is in it', () => {
  test('G25 every table of every module, as CSV whose lines, columns and digest the manifest names', async () => {
    const names = new Set(manifest.tables.map(({ schema, table: one }) => `${schema}.${one}`))
    const { rows } = await stage.application.ground.db.pool.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'jobs')`,
    )
    expect([...names].toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
    const demands = manifest.tables.find(({ file }) => file === table('plans.demand'))
    const text = (await promisify(zstdDecompress)(await readFile(join(archive, table('plans.demand'))))).toString(
      'utf8',
    )
    expect(text.split('\n')[0]).toBe(demands?.columns.join(','))
    expect(createHash('sha256').update(text).digest('hex')).toBe(demands?.sha256)
    expect(demands?.rows).toBeGreaterThan(20)
    expect(manifest.files).toBeGreaterThan(5)
    expect(manifest.missingFiles).toEqual([])
  })

  test('G13 sealed columns travel sealed; no key lies in the archive, and the keys go elsewhere', async () => {
    const text = (
      await promisify(zstdDecompress)(await readFile(join(archive, table('people.personal_data'))))
    ).toString('utf8')
    expect(text).toMatch(/y1\.gm\.[0-9a-f]{8}\./)
    expect(text).not.toMatch(/\b1[3-9]\d{9}\b/)
    const files = await readdir(archive, { recursive: true })
    expect(files.filter((name) => /\.(key|pem)$|sealing/.test(name) && !name.startsWith('tables/'))).toEqual([])
    expect((await readdir(keys)).toSorted()).toEqual(
      [...manifest.sealingKeys.map((id) => `sealing-${id}.key`), 'sealing-current'].toSorted(),
    )
    expect((await stat(join(keys, 'sealing-current'))).mode & 0o077).toBe(0)
    const beside = await exported('--to', join(directory, 'second'), '--keys-to', join(directory, 'second', 'keys'))
    expect([beside.exitCode, beside.json.code]).toEqual([1, 'refused'])
  })

  test('G9 that all of it was taken out is in the record', async () => {
    const { rows } = await stage.application.ground.db.pool.query(
      `select subject_id, source from kernel.audit_entry where fact = 'kernel.exported'`,
    )
    const digest = createHash('sha256')
      .update(await readFile(join(archive, 'SHA256SUMS')))
      .digest('hex')
    expect(rows).toEqual([{ subject_id: digest, source: expect.stringContaining('系统用户') }])
  })
})

describe('G26 what is damaged, newer or without its keys is refused, and changes nothing', () => {
  test.each([
    [
      'a flipped bit',
      'damaged',
      table('plans.demand'),
      async (copy: string) => appendFile(join(copy, table('plans.demand')), 'x'),
    ],
    ['a missing table', 'damaged', table('ledger.line'), async (copy: string) => rm(join(copy, table('ledger.line')))],
    ['a file too many', 'damaged', 'tables/more', async (copy: string) => writeFile(join(copy, 'tables/more'), '')],
    ['no list of digests', 'not-an-archive', 'SHA256SUMS', async (copy: string) => rm(join(copy, 'SHA256SUMS'))],
    [
      'a path that leads out',
      'damaged',
      'SHA256SUMS',
      async (copy: string) => appendFile(join(copy, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`),
    ],
    [
      'a later version',
      'newer',
      'plans/9999-later.sql',
      async (copy: string) =>
        rewrite(copy, 'manifest.json', (content) => {
          const later = JSON.parse(content.toString()) as ArchiveManifest
          later.migrations.push({ module: 'plans', name: '9999-later.sql', sha256: '0'.repeat(64) })
          return Buffer.from(JSON.stringify(later))
        }),
    ],
    [
      'a later format',
      'newer',
      '格式版本是 2',
      async (copy: string) =>
        rewrite(copy, 'manifest.json', (content) =>
          Buffer.from(content.toString().replace('"formatVersion": 1', '"formatVersion": 2')),
        ),
    ],
  ])('%s: %s', async (_, code, named, change) => {
    const copy = await altered(change)
    const { exitCode, json } = await imported(copy, '--into', into(), '--keys', keys)
    expect([exitCode, json.code, json.message]).toEqual([1, code, expect.stringContaining(named)])
    await expectNothing()
  })

  test('without the keys, or with others', async () => {
    const none = await imported(archive, '--into', into())
    expect([none.exitCode, none.json.code]).toEqual([1, 'missing-key'])
    await rename(join(keys, 'sealing-current'), join(directory, 'put-aside'))
    const half = await imported(archive, '--into', into(), '--keys', keys)
    expect([half.json.code, half.json.message]).toEqual(['missing-key', expect.stringContaining('sealing-current')])
    await rename(join(directory, 'put-aside'), join(keys, 'sealing-current'))
    await expectNothing()
  })

  test('a table that somebody changed and listed anew does not read back as the manifest says: all of it is undone', async () => {
    const copy = await altered((to) =>
      rewrite(to, table('ledger.line'), async (content) => {
        const text = (await promisify(zstdDecompress)(content)).toString('utf8')
        // A version: the last column but one.
        return promisify(zstdCompress)(Buffer.from(text.replace(/,(\d+),([^,\n]*)\n/, ',9$1,$2\n')))
      }),
    )
    const { exitCode, json } = await imported(copy, '--into', into(), '--keys', keys)
    expect([exitCode, json.code, json.message]).toEqual([1, 'damaged', expect.stringContaining('ledger.line')])
    await expectNothing()
  })
})

test('G25 the demonstration goes into an empty installation whole: every table, file and checkpoint, and verify is green there', async () => {
  const { exitCode, json, err } = await imported(archive, '--into', into(), '--keys', keys)
  expect(exitCode, `${err}${JSON.stringify(json)}`).toBe(0)
  expect(json.verify.checks.filter(({ faults }: { faults: string[] }) => faults.length > 0)).toEqual([])
  expect(json.verify.audit.anchored).toBeGreaterThan(0)
  // What changed by the first start there is the record of the import, and the stamp every start sets; nothing else.
  const grown = ['entry', 'leaf', 'node', 'checkpoint', 'epoch'].map((one) => `kernel.audit_${one}`)
  const changed = [...grown, 'kernel.calendar_stamp']
  const after = await digestsOf(target.ownerUrl)
  const before = Object.fromEntries(
    manifest.tables.map(({ schema, table: one, sha256 }) => [`${schema}.${one}`, sha256]),
  )
  expect(Object.keys(after)).toEqual(Object.keys(before))
  expect(Object.keys(after).filter((name) => after[name] !== before[name] && !changed.includes(name))).toEqual([])
  // Numbers go on where they were, references and walls stand again.
  const [state] = await asked(
    target.ownerUrl,
    `select (select count(*)::int from pg_constraint where contype = 'f') as references,
      (select count(*)::int from pg_class where relforcerowsecurity) as walls,
      (select count(*)::int from pg_trigger where tgenabled <> 'O') as asleep,
      (select max(id) from kernel.audit_entry) <= (select last_value from kernel.audit_entry_id_seq) as goes_on`,
  )
  const [source] = await asked(
    stage.application.ground.ownerUrl,
    `select (select count(*)::int from pg_constraint where contype = 'f') as references,
      (select count(*)::int from pg_class where relforcerowsecurity) as walls`,
  )
  expect(state).toEqual({ ...(source as object), asleep: 0, goes_on: true })
  const again = await imported(archive, '--into', join(directory, 'data-2'), '--keys', keys)
  expect([again.exitCode, again.json.code]).toEqual([1, 'refused'])
}, 120_000)
