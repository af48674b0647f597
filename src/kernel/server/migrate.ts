import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Where one module keeps its SQL; the folder need not exist. */
export type MigrationSource = { module: string; directory: string }

/** One file `NNNN-name.sql`. */
export type Migration = { module: string; name: string; path: string; sha256: string; sql: string }

/** Why the database cannot be brought to this version; the message names file and remedy. Nothing is left half done. */
export class MigrationRefused extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MigrationRefused'
  }
}

/** A number of our own choosing: whoever migrates holds this advisory lock, so two apps starting at once do it in turn. */
const lockKey = 7_962_801

const fileName = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/

/**
 * All migration files, sources in the given order, files by number.
 * @throws MigrationRefused for a misnamed file, a number used twice, or a file that ends its own transaction
 */
export async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const { module, directory } of sources) {
    const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.sql')).sort()
    const numbers = new Map<string, string>()
    for (const name of names) {
      const path = join(directory, name)
      const twin = numbers.get(name.slice(0, 4))
      if (!fileName.test(name))
        throw new MigrationRefused(`迁移文件名不合规：${path}。应为 0001-名称.sql（小写英文和连字符）。`)
      if (twin)
        throw new MigrationRefused(`模块 ${module} 有两个相同编号的迁移：${twin} 与 ${name}。请给后加的一个换号。`)
      numbers.set(name.slice(0, 4), name)
      const sql = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') // a checkout on Windows is not a change
      if (/^[ \t]*(begin|commit|rollback)[ \t]*;/im.test(sql))
        throw new MigrationRefused(
          `迁移文件 ${path} 含有 begin、commit 或 rollback。每个文件在一个事务中执行，请去掉它们。`,
        )
      migrations.push({ module, name, path, sql, sha256: createHash('sha256').update(sql).digest('hex') })
    }
  }
  return migrations
}

/**
 * Brings the database to this version: applies what is missing, each file in one transaction with its own record, so a
 * process killed on the way leaves whole files only. Runs as the owner; others that start meanwhile wait.
 * @param sources kernel first, then each module after those it needs
 * @param wanted of the files; those of an earlier version, to take in what was written by it
 * @returns the files applied now, e.g. `plans/0001-plans.sql`
 * @throws MigrationRefused when an applied file was changed or is gone, or when one fails
 */
export async function migrate(
  ownerUrl: string,
  sources: readonly MigrationSource[],
  log: (line: string) => void,
  wanted: (migration: Migration) => boolean = () => true,
): Promise<string[]> {
  const migrations = (await readMigrations(sources)).filter(wanted)
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'yunbao migrate',
    options: '-c TimeZone=Asia/Shanghai',
  })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    // The session of a killed migration must not hold the lock until its statement ends; not every server can tell.
    await client.query(`set client_connection_check_interval = '2s'`).catch(() => {})
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(bookkeeping)
    const missing = missingOf(migrations, await appliedIn(client))
    if (missing.length > 0) log(`正在更新数据库结构（共 ${missing.length} 步）……`)
    for (const migration of missing) await apply(client, migration)
    if (missing.length > 0) log('数据库结构已是最新。')
    return missing.map(({ module, name }) => `${module}/${name}`)
  } finally {
    await client.end()
  }
}

/** Files not applied yet, for the readiness check; `query` runs SQL as any role that may read `kernel.migration`. */
export async function pendingMigrations(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  return missingOf(migrations, await appliedIn(pool)).map(({ module, name }) => `${module}/${name}`)
}

const bookkeeping = `
  set client_min_messages = warning;
  create schema if not exists kernel;
  create table if not exists kernel.migration (
    module text not null,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now(),
    primary key (module, name)
  );`

type Applied = { module: string; name: string; sha256: string }

async function appliedIn(client: Pick<pg.Client, 'query'> | pg.Pool): Promise<Applied[]> {
  return (
    await (client as pg.Client).query<Applied>(
      'select module, name, sha256 from kernel.migration order by module, name',
    )
  ).rows
}

function missingOf(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const key = ({ module, name }: { module: string; name: string }) => `${module}/${name}`
  const present = new Map(migrations.map((migration) => [key(migration), migration]))
  const modules = new Set(migrations.map(({ module }) => module))
  for (const done of applied) {
    const migration = present.get(key(done))
    // A module whose folder was removed keeps its tables; they are nobody's fault.
    if (!migration && modules.has(done.module))
      throw new MigrationRefused(
        `数据库已执行过迁移 ${key(done)}，而程序中没有这个文件：数据库比程序新。请使用与数据库相符或更新的程序版本。`,
      )
    if (migration && migration.sha256 !== done.sha256)
      throw new MigrationRefused(
        `迁移文件 ${migration.path} 在执行之后被改动。已执行的迁移不得修改：请恢复原文件，另加一个新编号的迁移。`,
      )
  }
  const done = new Set(applied.map(key))
  return migrations.filter((migration) => !done.has(key(migration)))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const schema = client.escapeIdentifier(migration.module)
  try {
    await client.query('begin')
    await client.query(`create schema if not exists ${schema}`)
    // An old version still at work may hold a table: fail cleanly rather than stop everybody behind us.
    await client.query(`set local search_path = ${schema}, public; set local lock_timeout = '30s'`)
    await client.query(migration.sql)
    await client.query('insert into kernel.migration (module, name, sha256) values ($1, $2, $3)', [
      migration.module,
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    throw new MigrationRefused(`迁移 ${migration.path}${lineOf(migration, cause)} 失败，未作改动：${said(cause)}`, {
      cause,
    })
  }
}

function lineOf(migration: Migration, error: unknown): string {
  const position = Number((error as { position?: string }).position)
  if (!Number.isInteger(position) || position <= 0) return ''
  return ` 第 ${migration.sql.slice(0, position).split('\n').length} 行`
}

function said(error: unknown): string {
  const { message, detail, hint } = error as { message: string; detail?: string; hint?: string }
  return [message, detail, hint].filter(Boolean).join(' ')
}
