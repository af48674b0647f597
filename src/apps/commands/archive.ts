import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ArchiveFault } from '#kernel/server/archive/archive-fault.ts'
import { copySealingKeys, refuseKeyFolder, refuseMissingKeys } from '#kernel/server/archive/key-files.ts'
import { loadArchive } from '#kernel/server/archive/load-archive.ts'
import { refuseUnknownMigrations } from '#kernel/server/archive/manifest.ts'
import { openArchive, type OpenedArchive } from '#kernel/server/archive/open-archive.ts'
import { writeArchive } from '#kernel/server/archive/write-archive.ts'
import { namesIn } from '#kernel/server/backup/repository.ts'
import { openDatabaseSource } from '#kernel/server/database-source.ts'
import { readMigrations } from '#kernel/server/migrate.ts'
import { record } from '#kernel/server/record.ts'
import { migrationSources } from '../application.ts'
import { discoverModules } from '../modules.ts'
import { readSettings } from '../settings.ts'
import { programVersion } from '../version.ts'
import { asCommand, breakable, onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { progressBar, type Answer, type Terminal } from './terminal.ts'
import { verify } from './verify.ts'

/** `yunbao export`, `yunbao import`: a whole installation as files of open formats, and from them a new one. */
export function archiveCommands(program: Command, terminal: Terminal, answering: Answering): void {
  program
    .command('export')
    .description('不停机把全部数据导出为开放格式的归档（每表一个 CSV，附件按摘要），供另一套运保或别的系统读取')
    .requiredOption('--to <目录>', '归档目录，应不存在或为空')
    .option('--keys-to <目录>', '另把加密列的密钥导出到这个目录；有了它，归档中的个人信息就能读出，须与归档分开保管')
    .option('--json', '以 JSON 输出')
    .action(answering((given: ExportGiven) => exportArchive(terminal, given)))
  program
    .command('import')
    .description('把归档导入一套空的运保：先核对归档，再导入并逐表核对，最后核验；归档有误时不留下任何内容')
    .argument('<归档>', '归档目录')
    .requiredOption('--into <目录>', '新的数据目录，应不存在或为空；设置了 DATABASE_URL 的，数据库用它')
    .option('--keys <目录>', '加密列的密钥所在目录')
    .option('--json', '以 JSON 输出')
    .action(answering((folder: string, given: ImportGiven) => breakable(() => importArchive(terminal, folder, given))))
}

type ExportGiven = { to: string; keysTo?: string }
type ImportGiven = { into: string; keys?: string }

async function exportArchive(terminal: Terminal, { to, keysTo }: ExportGiven): Promise<Answer> {
  if (keysTo !== undefined) await refuseKeyFolder(to, keysTo)
  return onGround(terminal, async ({ act, ownerUrl }, { dataDirectory, clock }) => {
    const step = stepsOf(terminal, '导出')
    const source = { ownerUrl, dataDirectory, programVersion: programVersion() }
    const { folder, manifest, digest } = await writeArchive(source, to, clock, step.to).finally(step.end)
    if (keysTo !== undefined) await copySealingKeys(join(dataDirectory, 'keys'), resolve(keysTo))
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const { files, missingFiles, sealingKeys } = manifest
    const what = { tables: manifest.tables.length, rows, files }
    await act((system) =>
      record(asCommand(system), 'kernel.exported', {
        subject: { kind: 'kernel.archive', id: digest },
        after: { ...what, sealingKeys: keysTo === undefined ? [] : sealingKeys },
      }),
    )
    return {
      ok: missingFiles.length === 0,
      json: { folder, digest, madeAt: manifest.madeAt, ...what, missingFiles, sealingKeys, keysTo: keysTo ?? null },
      lines: [
        `已导出到 ${folder}：${what.tables} 张表，${rows} 行，附件 ${files} 个。归档摘要 ${digest}。`,
        ...missingFiles.map((sha256) => `附件 ${sha256} 的内容缺失或已被改动，没有导出。请运行 yunbao verify 查明。`),
        '归档未加密，内含姓名等个人信息：请存放在受控的介质上，用毕销毁。',
        keysTo === undefined
          ? `证件号码等加密列仍是密文，读取需要密钥 ${sealingKeys.join('、')}；密钥不在归档中（见 --keys-to）。`
          : `密钥 ${sealingKeys.join('、')} 已另存到 ${resolve(keysTo)}。谁同时拿到归档和密钥，谁就能读出全部个人信息：请分开保管和传递，导入后销毁。`,
      ],
    }
  })
}

async function importArchive(terminal: Terminal, folder: string, { into, keys }: ImportGiven): Promise<Answer> {
  const settings = readSettings(terminal.env)
  const place = resolve(into)
  if ((await namesIn(place)).length > 0 || (await stat(place).catch(() => null))?.isFile())
    throw new ArchiveFault('refused', `目录 ${place} 不是空的，没有改动。请指定另一个目录。`)
  const sources = migrationSources(await discoverModules())
  const archive = await openArchive(folder)
  refuseUnknownMigrations(archive.manifest, await readMigrations(sources))
  await refuseMissingKeys(archive.manifest.sealingKeys, keys)
  const staging = `${place}.importing`
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const step = stepsOf(terminal, '导入')
  let rows: number
  try {
    await layOut(archive, staging, keys)
    const source = await openDatabaseSource({
      ...settings,
      directory: join(staging, 'database'),
      mode: 'demo',
      mayJoin: false,
      log: terminal.err,
    })
    rows = await loadArchive(archive, source.ownerUrl, sources, step.to).finally(source.stop)
    await rm(place, { recursive: true, force: true })
    await mkdir(dirname(place), { recursive: true })
    await rename(staging, place)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  } finally {
    step.end()
  }
  const verified = await verifyImported(terminal, place, archive, rows)
  const { tables, files, missingFiles, madeAt, programVersion: version } = archive.manifest
  return {
    ok: verified.ok,
    json: {
      into: place,
      digest: archive.digest,
      madeAt,
      version,
      tables: tables.length,
      rows,
      files,
      missingFiles,
      verify: verified.json,
    },
    lines: [
      `已导入到 ${place}：${tables.length} 张表，${rows} 行，逐表与归档相符；附件 ${files} 个。归档由版本 ${version} 于 ${madeAt} 导出。`,
      ...(settings.databaseUrl === undefined ? [] : ['数据库是 DATABASE_URL 所指定的。']),
      ...missingFiles.map((sha256) => `附件 ${sha256} 的内容在导出时已经缺失。`),
      ...verified.lines,
    ],
  }
}

/** Everything beside the database, where a data directory has it. */
async function layOut({ folder, files }: OpenedArchive, staging: string, keys: string | undefined): Promise<void> {
  if (keys !== undefined) await copySealingKeys(keys, join(staging, 'keys'))
  await cp(join(folder, 'audit'), join(staging, 'audit'), { recursive: true })
  for (const path of files) {
    await mkdir(dirname(join(staging, path)), { recursive: true, mode: 0o700 })
    await cp(join(folder, path), join(staging, path))
  }
}

/** The first start of the new installation, everything `yunbao verify` recomputes, and a row of the record that says so. */
async function verifyImported(terminal: Terminal, into: string, archive: OpenedArchive, rows: number): Promise<Answer> {
  const {
    YUNBAO_BACKUP_DIR: _directory,
    YUNBAO_BACKUP_KEY_FILE: _key,
    YUNBAO_ANCHOR_DIR: _anchors,
    ...own
  } = terminal.env
  const there: Terminal = { ...terminal, env: { ...own, YUNBAO_DATA_DIR: into, YUNBAO_MODE: undefined } }
  await onGround(there, ({ act }) =>
    act((system) =>
      record(asCommand(system), 'kernel.imported', {
        subject: { kind: 'kernel.archive', id: archive.digest },
        after: { tables: archive.manifest.tables.length, rows, files: archive.files.length },
      }),
    ),
  )
  return verify(there, { decisions: 'sample' })
}

/** A bar whose length is known at the first step. */
function stepsOf(terminal: Terminal, title: string) {
  let bar: ReturnType<typeof progressBar> | null = null
  return {
    to: (what: string, total: number) => (bar ??= progressBar(terminal, title, total)).step(what),
    end: () => bar?.end(),
  }
}
