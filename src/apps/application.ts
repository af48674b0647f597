import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { systemActor } from '#kernel/pure/actor.ts'
import type { DecisionKinds } from '#kernel/pure/decision.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { declaredBy } from '#kernel/pure/declared.ts'
import type { ModuleManifest } from '#kernel/module.ts'
import type { ModuleCase } from '#kernel/server/cases/case-row.ts'
import type { Act } from '#kernel/server/context.ts'
import { openDatabase, transaction, type Database } from '#kernel/server/database.ts'
import { openDatabaseSource } from '#kernel/server/database-source.ts'
import type { DispatchParts } from '#kernel/server/dispatch.ts'
import { openFileStore } from '#kernel/server/file-store.ts'
import { createServer } from '#kernel/server/http/server.ts'
import { newId } from '#kernel/server/identifier.ts'
import { prepareJobs, startJobs, timedOf, type JobRunner } from '#kernel/server/job-runner.ts'
import type { JobHandlers, Queue } from '#kernel/server/jobs.ts'
import { migrate, pendingMigrations, readMigrations, type MigrationSource } from '#kernel/server/migrate.ts'
import { clamdScan } from '#kernel/server/virus-scan.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { openKeyring } from '#kernel/server/sealing/keyring.ts'
import type { SealedColumn } from '#kernel/server/sealing/sealed-column.ts'
import { sealedRecordColumn } from '#kernel/server/sealing/sealed-record.ts'
import { insistOnKeys } from '#kernel/server/sealing/registered-keys.ts'
import { beginEpochWhereNeeded } from '#kernel/server/audit/epoch.ts'
import { openSealer, type Sealer } from '#kernel/server/audit/sealer.ts'
import { diskGuard } from '#kernel/server/upkeep/disk-guard.ts'
import type { BackupPlan } from '#kernel/server/upkeep/keeper.ts'
import { tellAuditAdministrators } from '#modules/record/offers.ts'
import { housekeeping } from './housekeeping.ts'
import { identityProviderOf } from './identity-provider.ts'
import { discoverModules, migrationsDirectory } from './modules.ts'
import type { Settings } from './settings.ts'
import { archivingOf, backupPlan, keeperOf, keepSweeping } from './upkeep.ts'
import { installationMode, loadDemonstration, loadReference, type Mode } from './installation.ts'

/** The ground every command stands on: database, modules, and acts of the system outside of HTTP. */
export type Ground = {
  db: Database
  modules: readonly ModuleManifest[]
  mode: Mode
  /** True when the database was made by this start. */
  isNew: boolean
  ownerUrl: string
  appUrl: string
  readerUrl: string
  /** Of the embedded database, for backups; null for another. */
  superuserUrl: string | null
  /** Where backups go; null where none are set up. */
  backup: BackupPlan | null
  /** How many migration files are not applied. */
  pending: () => Promise<number>
  /** What operations work with; long work can be handed in only where the application runs. */
  parts: DispatchParts
  act: <T>(work: (act: Act) => Promise<T>) => Promise<T>
  /** Every column with sealed values, of the kernel and all modules. */
  sealedColumns: readonly SealedColumn[]
  /** Seals the record; the application does it all the time, a command when it ends. */
  sealer: Sealer
  close: () => Promise<void>
}

const kernelMigrations = join(import.meta.dirname, '..', 'kernel', 'server', 'migrations')

/** Where the tables come from: the kernel's first, then each module's after those it needs. */
export function migrationSources(modules: readonly ModuleManifest[]): MigrationSource[] {
  return [
    { module: 'kernel', directory: kernelMigrations },
    ...modules.map(({ name }) => ({ module: name, directory: migrationsDirectory(name) })),
  ]
}

/**
 * Opens the database, brings it to this version, loads reference data and, in demonstration mode, the demonstration.
 * @param chooseMode asked once, on the first start with no `YUNBAO_MODE`
 * @param options.demonstration `people`: no plan years; `none`: left to the server
 * @param options.mayJoin for commands: works with the embedded database of a running server, which then has done all that
 */
export async function openGround(
  settings: Settings,
  chooseMode: () => Promise<Mode>,
  log: (line: string) => void,
  options: { demonstration?: 'all' | 'people' | 'none' | undefined; mayJoin?: boolean } = {},
): Promise<Ground> {
  const backup = await backupPlan(settings)
  const source = await openDatabaseSource({
    databaseUrl: settings.databaseUrl,
    databaseAppUrl: settings.databaseAppUrl,
    databaseReaderUrl: settings.databaseReaderUrl,
    directory: join(settings.dataDirectory, 'database'),
    archiving: archivingOf(backup),
    mode: settings.mode ?? 'demo',
    forgetful: settings.forgetfulDatabase,
    mayJoin: options.mayJoin ?? false,
    log,
  })
  const undo: (() => Promise<void>)[] = [source.stop]
  try {
    const modules = await discoverModules()
    const sources = migrationSources(modules)
    if (!source.joined) {
      await migrate(source.ownerUrl, sources, log)
      await prepareJobs(
        source.ownerUrl,
        timedOf(handlersOf(modules, settings)).map(([name]) => name),
      )
    }
    const db = openDatabase(source.appUrl, { max: 16, log })
    undo.unshift(db.close)
    const migrations = readMigrations(sources)
    migrations.catch(() => {}) // told where it is awaited
    if (source.joined) await refuseOtherVersion(db, sources)
    const parts = await dispatchParts(db, modules, settings)
    await transaction(db, (tx) => insistOnKeys(tx, parts.keyring))
    const actIn = actMaker(parts, settings.clock)
    const act = <T>(work: (act: Act) => Promise<T>) =>
      transaction(db, (tx) => work(actIn({ tx, actor: systemActor, now: settings.clock(), requestId: newId() })), {
        scope: systemScope,
        statementTimeoutMs: 0,
      })
    const sealer = await openSealer({
      db,
      dataDirectory: settings.dataDirectory,
      anchorDirectory: settings.anchorDirectory,
      signature: settings.auditSignature,
      clock: settings.clock,
      log,
      alarm: (problem) => act((system) => tellAuditAdministrators(system, alarmText(problem))),
    })
    const { mode, isNew } = await installationMode(db, settings, chooseMode)
    if (!source.joined) {
      if (await act(beginEpochWhereNeeded)) log('数据库换了服务器：审计记录自此开始新的时期，此前的顺序不变。')
      await loadReference(modules, act)
      const extent = options.demonstration ?? 'all'
      if (mode === 'demo' && extent !== 'none')
        await loadDemonstration(db, modules, localDateOf(settings.clock()), extent, act, log, sealer)
    }
    return {
      db,
      modules,
      mode,
      isNew,
      ownerUrl: source.ownerUrl,
      appUrl: source.appUrl,
      readerUrl: source.readerUrl,
      superuserUrl: source.superuserUrl,
      backup,
      pending: async () => (await pendingMigrations(db.pool, await migrations)).length,
      parts,
      act,
      sealedColumns: sealedColumnsOf(modules),
      sealer,
      close: once(async () => {
        for (const step of undo) await step()
      }),
    }
  } catch (error) {
    for (const step of undo) await step().catch(() => {})
    throw error
  }
}

/** What acts work with: what the modules declare, and where files and keys lie. */
async function dispatchParts(
  db: Database,
  modules: readonly ModuleManifest[],
  settings: Settings,
): Promise<DispatchParts> {
  return {
    db,
    queue: noQueueYet,
    directory: one(modules, 'directory'),
    caseKinds: caseKindsOf(modules),
    decisionKinds: decisionKindsOf(modules),
    dutySources: modules.flatMap(({ duties }) => duties ?? []),
    declared: declaredBy(modules),
    identityProvider: await identityProviderOf(settings),
    files: await openFileStore(join(settings.dataDirectory, 'files')),
    keyring: openKeyring(settings.dataDirectory, settings.cipherSuite),
  }
}

/** Whoever closes a second time waits for the first. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | null = null
  return () => (closed ??= close())
}

export type Application = { server: FastifyInstance; ground: Ground; address: string; close: () => Promise<void> }

/** Connections that may wait to be taken: a county's offices at half past eight, all at once. */
const waitingConnections = 2048

/** The whole application: HTTP, jobs, sealing of the record. */
export async function openApplication(
  settings: Settings,
  options: {
    chooseMode: () => Promise<Mode>
    log: (line: string) => void
    /** Folder of the built web application, once it is there; null serves the API alone. */ web: () => Promise<
      string | null
    >
    version: string
    logger: boolean | object
    /** `people` leaves the plan years out; for tests. */ demonstration?: 'all' | 'people'
  },
): Promise<Application> {
  const ground = await openGround(settings, options.chooseMode, options.log, {
    demonstration: options.demonstration,
  })
  const { db, modules, parts } = ground
  let jobs: JobRunner | null = null
  try {
    const actIn = actMaker(parts, settings.clock)
    jobs = await startJobs({
      db,
      appUrl: ground.appUrl,
      handlers: handlersOf(modules, settings),
      clock: settings.clock,
      log: options.log,
      actOf: (given, queue) => actIn(given, queue),
    })
    const keeper = await keeperOf(ground, settings, options)
    const guard = diskGuard({ space: settings.space, log: options.log })
    await guard.look()
    const server = await createServer({
      ...parts,
      modules,
      authenticate: one(modules, 'authenticate'),
      authenticateMachine: modules.find(({ authenticateMachine }) => authenticateMachine)?.authenticateMachine,
      queue: jobs.queue,
      clock: settings.clock,
      webDirectory: await options.web(),
      incomingDirectory: join(settings.dataDirectory, 'incoming'),
      version: options.version,
      secureCookies: settings.secureCookies,
      publicRequestsPerMinute: settings.publicRequestsPerMinute,
      trustedProxies: settings.trustedProxies,
      filesPerMinute: settings.filesPerMinute,
      scan: settings.clamd === undefined ? null : clamdScan(settings.clamd),
      logger: options.logger,
      sealing: ground.sealer.state,
      upkeep: keeper.state,
      diskFull: guard.isFull,
    })
    const address = await listening(server, settings)
    const sealing = ground.sealer.keep()
    const keeping = keeper.keep()
    const guarding = guard.keep()
    const sweeping = keepSweeping(join(settings.dataDirectory, 'incoming'), settings.clock)
    const runner = jobs
    const close = once(async () => {
      clearInterval(sweeping)
      await server.close()
      await guarding.stop()
      await runner.stop()
      await keeping.stop()
      await sealing.stop()
      await ground.close()
    })
    return { server, ground, address, close }
  } catch (error) {
    await jobs?.stop().catch(() => {})
    await ground.close().catch(() => {})
    throw error
  }
}

/** @returns where the server answers */
async function listening(server: FastifyInstance, { port, host }: Settings): Promise<string> {
  try {
    return await server.listen({ port, host, backlog: waitingConnections })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Error(`端口 ${port} 已被其他程序占用。请用 PORT 指定另一个端口，例如 PORT=8081。`, { cause })
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw new Error(`不能在 ${host}:${port} 上监听。请检查 HOST 和 PORT。`, { cause })
    throw cause
  }
}

/** A command of another version than the running server would read and write what it does not know. */
async function refuseOtherVersion(db: Database, sources: readonly MigrationSource[]): Promise<void> {
  if ((await pendingMigrations(db.pool, await readMigrations(sources))).length > 0)
    throw new Error('正在运行的服务是较早的版本。请先重新启动服务，再使用命令行。')
}

function handlersOf(modules: readonly ModuleManifest[], settings: Settings): JobHandlers {
  return Object.assign(
    housekeeping(settings, sealedColumnsOf(modules)),
    ...modules.map(({ jobs }) => jobs ?? {}),
  ) as JobHandlers
}

function sealedColumnsOf(modules: readonly ModuleManifest[]): readonly SealedColumn[] {
  return [sealedRecordColumn, ...modules.flatMap(({ sealed }) => sealed ?? [])]
}

function caseKindsOf(modules: readonly ModuleManifest[]): ReadonlyMap<string, ModuleCase> {
  const cases = modules.flatMap((module) => module.cases ?? [])
  const kinds = new Map(cases.map((declared) => [declared.kind.kind, declared]))
  if (kinds.size !== cases.length) throw new Error('two modules declare the same kind of case')
  return kinds
}

function decisionKindsOf(modules: readonly ModuleManifest[]): DecisionKinds {
  const declared = modules.flatMap((module) => module.decisions ?? [])
  const kinds = new Map(declared.map((kind) => [kind.kind, kind]))
  if (kinds.size !== declared.length) throw new Error('two modules declare the same kind of decision')
  return kinds
}

/** What exactly one module provides. */
function one<K extends 'authenticate' | 'directory'>(
  modules: readonly ModuleManifest[],
  part: K,
): NonNullable<ModuleManifest[K]> {
  const given = modules.flatMap((module) => module[part] ?? [])
  if (given.length !== 1) throw new Error(`${given.length} modules provide ${part}; there must be one`)
  return given[0] as NonNullable<ModuleManifest[K]>
}

const noQueueYet: Queue = {
  send: async () => {
    throw new Error('long work can only be handed in while the application runs')
  },
}

function actMaker(
  parts: Pick<Act, 'directory' | 'caseKinds' | 'decisionKinds' | 'dutySources' | 'declared' | 'files' | 'keyring'>,
  clock: () => Date,
) {
  const { directory, caseKinds, decisionKinds, dutySources, declared, files, keyring } = parts
  return (given: Pick<Act, 'tx' | 'actor' | 'now' | 'requestId'>, queue: Queue = noQueueYet): Act => ({
    directory,
    caseKinds,
    decisionKinds,
    dutySources,
    declared,
    files,
    keyring,
    ...given,
    today: localDateOf(given.now ?? clock()),
    source: null,
    afterCommit: () => {},
    queue,
  })
}

function alarmText(problem: string | null): string {
  return problem === null
    ? '审计记录封存已恢复。'
    : `审计记录封存已停止一分钟以上：${problem}新的记录仍在保存，但暂未纳入防篡改检查。请联系系统管理员。`
}
