import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import { anchorDirectories, trustedKeys } from '../audit/anchors.ts'
import { rememberKey } from '../audit/signing-key.ts'
import { namesIn } from '../backup/repository.ts'
import { ArchiveFault } from './archive-fault.ts'
import { formatVersion, manifestFile, sumsFile, type ArchiveManifest } from './manifest.ts'
import { archivedTables, digesting, ownerConnection, tableText, type ArchivedTable } from './tables.ts'

export type ArchiveSource = {
  /** Reads past row-level security; it only reads here. */
  ownerUrl: string
  dataDirectory: string
  programVersion: string
}

export type ArchiveMade = {
  folder: string
  manifest: ArchiveManifest
  /** SHA-256 of the list of digests: names the archive as a whole. */
  digest: string
}

/**
 * Writes everything an installation holds into a folder, read at one moment while others go on working: whole, or nothing.
 * @param step told before each table and at the files, of how many
 * @throws ArchiveFault `refused` when the folder is not empty
 */
export async function writeArchive(
  source: ArchiveSource,
  to: string,
  clock: () => Date,
  step: (what: string, total: number) => void = () => {},
): Promise<ArchiveMade> {
  const folder = resolve(to)
  if ((await namesIn(folder)).length > 0 || (await stat(folder).catch(() => null))?.isFile())
    throw new ArchiveFault('refused', `${folder} 不是空目录，没有写入。请指定另一个目录。`)
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    throw new ArchiveFault('refused', `无法建立目录 ${part}：${cause.message}。请检查位置和权限。`, { cause })
  })
  try {
    const sums = new Map<string, string>()
    // Before the rows are read: every checkpoint that is kept here is then among them.
    await copyAnchors(source.dataDirectory, part, sums)
    const manifest = await readAll(source, part, sums, clock, step)
    await keep(part, manifestFile, `${JSON.stringify(manifest, null, 2)}\n`, sums)
    const listed = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const digest = await keep(
      part,
      sumsFile,
      listed.map(([path, sha256]) => `${sha256}  ${path}\n`).join(''),
      new Map(),
    )
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
    return { folder, manifest, digest }
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

async function readAll(
  source: ArchiveSource,
  part: string,
  sums: Map<string, string>,
  clock: () => Date,
  step: (what: string, total: number) => void,
): Promise<ArchiveManifest> {
  const client = await ownerConnection(source.ownerUrl, 'yunbao export')
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    const listed = await archivedTables(client)
    await mkdir(join(part, 'tables'), { mode: 0o700 })
    const tables: ArchiveManifest['tables'] = []
    for (const table of listed) {
      step(`${table.schema}.${table.table}`, listed.length + 1)
      tables.push(await writeTable(client, table, part, sums))
    }
    const asked = async <R extends pg.QueryResultRow>(text: string) => (await client.query<R>(text)).rows
    const digests = await storedDigests(client)
    step('附件', listed.length + 1)
    const files = await copyFiles(join(source.dataDirectory, 'files'), part, digests, sums)
    return {
      format: 'yunbao-archive',
      formatVersion,
      madeAt: clock().toISOString(),
      programVersion: source.programVersion,
      postgres: String((await asked<{ server_version: string }>('show server_version'))[0]?.server_version),
      migrations: await asked('select module, name, sha256 from kernel.migration order by module, name'),
      tables,
      sealingKeys: (await asked<{ id: string }>('select id from kernel.sealing_key order by made_at')).map(
        ({ id }) => id,
      ),
      ...files,
    }
  } finally {
    await client.end()
  }
}

async function writeTable(
  client: pg.Client,
  table: ArchivedTable,
  part: string,
  sums: Map<string, string>,
): Promise<ArchiveManifest['tables'][number]> {
  const { schema, table: name, columns } = table
  const file = `tables/${schema}.${name}.csv.zst`
  const [plain, stored] = [digesting(), digesting()]
  const text = tableText(client, table)
  const target = createWriteStream(join(part, file), { mode: 0o600, flush: true })
  await pipeline(text, plain.pass, createZstdCompress(), stored.pass, target)
  sums.set(file, stored.done().sha256)
  return { schema, table: name, file, columns, rows: text.rowCount, ...plain.done() }
}

/** Digests that rows speak of, and whether the row is one of the file store, whose content must be there. */
async function storedDigests(client: pg.Client): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ sha256: string }>(
    'select sha256 from kernel.stored_file f where not exists (select from kernel.withdrawn_file w where w.sha256 = f.sha256)',
  )
  const found = new Map(rows.map(({ sha256 }) => [sha256, true]))
  const speaking = await client.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where column_name = 'sha256' and data_type = 'text' and table_type = 'BASE TABLE'
      and table_schema in (select module from kernel.migration) and table_name not in ('migration', 'stored_file')`)
  for (const { name } of speaking.rows) {
    const more = await client.query<{ sha256: string }>(`select distinct sha256 from ${name} where sha256 is not null`)
    for (const { sha256 } of more.rows) if (!found.has(sha256)) found.set(sha256, false)
  }
  return found
}

async function copyFiles(
  directory: string,
  part: string,
  digests: ReadonlyMap<string, boolean>,
  sums: Map<string, string>,
): Promise<Pick<ArchiveManifest, 'files' | 'missingFiles'>> {
  let files = 0
  const missingFiles: string[] = []
  for (const [sha256, mustBe] of [...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const path = `${sha256.slice(0, 2)}/${sha256}`
    if ((await stat(join(directory, path)).catch(() => null)) === null) {
      if (mustBe) missingFiles.push(sha256)
      continue
    }
    const target = join(part, 'files', path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const digest = digesting()
    await pipeline(
      createReadStream(join(directory, path)),
      digest.pass,
      createWriteStream(target, { mode: 0o600, flush: true }),
    )
    // Content that had changed on the disk is not passed on under a name that is not its own.
    if (digest.done().sha256 !== sha256) {
      await rm(target)
      missingFiles.push(sha256)
      continue
    }
    sums.set(`files/${path}`, sha256)
    files++
  }
  return { files, missingFiles }
}

/** Checkpoints kept outside of the database and every public key they are verified by; no private key. */
async function copyAnchors(dataDirectory: string, part: string, sums: Map<string, string>): Promise<void> {
  const anchors = anchorDirectories(dataDirectory, undefined)
  const [own] = anchors as [string]
  const target = join(part, 'audit')
  await mkdir(target, { mode: 0o700 })
  for (const key of await trustedKeys(dataDirectory, anchors)) await rememberKey(target, key)
  for (const name of await namesIn(target))
    await keep(part, `audit/${name}`, await readFile(join(target, name), 'utf8'), sums)
  const checkpoints = await readFile(join(own, 'checkpoints.jsonl'), 'utf8').catch(() => '')
  // A line that is just being written is not whole yet.
  await keep(part, 'audit/checkpoints.jsonl', checkpoints.slice(0, checkpoints.lastIndexOf('\n') + 1), sums)
}

/** @returns SHA-256 of the text */
async function keep(part: string, path: string, text: string, sums: Map<string, string>): Promise<string> {
  const digest = digesting()
  await pipeline([Buffer.from(text)], digest.pass, createWriteStream(join(part, path), { mode: 0o600, flush: true }))
  const { sha256 } = digest.done()
  sums.set(path, sha256)
  return sha256
}
