import pg from 'pg'
import type { Archiving } from './cluster/archiving.ts'
import { openClusterPatiently, openOrJoinCluster } from './cluster/join.ts'
import { appRole } from './cluster/roles.ts'

export type DatabaseSource = {
  /** Runs migrations. */
  ownerUrl: string
  /** What the app works with. */
  appUrl: string
  /** What only reads: checks of the record. */
  readerUrl: string
  /** For backups of the embedded database; null for a database of `DATABASE_URL`. */
  superuserUrl: string | null
  /** The embedded server is run by another process, which has brought the database to its version. */
  joined: boolean
  stop: () => Promise<void>
}

/** Why an outside database will not do; the message names the setting and the remedy. */
export class UnfitDatabase extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'UnfitDatabase'
  }
}

/**
 * The database to work with: the one of `DATABASE_URL` when it is set, else the embedded one in `directory`.
 * @throws UnfitDatabase, ClusterError
 */
export async function openDatabaseSource(options: {
  databaseUrl: string | undefined
  databaseAppUrl: string | undefined
  databaseReaderUrl?: string | undefined
  directory: string
  /** Where the log of the embedded database is kept for backups. */
  archiving?: Archiving | undefined
  mode: 'demo' | 'production'
  /** Tests only: a server that may forget what it acknowledged does too. */
  forgetful?: boolean
  /** May work with the embedded database of a server that is running. */
  mayJoin: boolean
  log: (line: string) => void
}): Promise<DatabaseSource> {
  const { databaseUrl, databaseAppUrl, directory, archiving, mode, mayJoin, log } = options
  if (databaseUrl === undefined)
    return (mayJoin ? openOrJoinCluster : openClusterPatiently)({ directory, log, archiving })
  const setting = databaseAppUrl === undefined ? 'DATABASE_URL' : 'DATABASE_APP_URL'
  const appUrl = databaseAppUrl ?? databaseUrl
  const server = await examine('DATABASE_URL', databaseUrl)
  refuseUnfitServer(options.forgetful ? { ...server, unsafe: [] } : server, mode, log)
  refuseUnfitRole(setting, await examine(setting, appUrl), mode, log)
  if (databaseAppUrl === undefined && mode === 'production')
    throw new UnfitDatabase(
      '未设置 DATABASE_APP_URL：程序将以数据库所有者的身份工作，正式模式下不得如此。请另建一个属于 yunbao_app 的数据库用户，并以 DATABASE_APP_URL 指明。',
    )
  if (databaseAppUrl === undefined)
    log('未设置 DATABASE_APP_URL：程序将以数据库所有者的身份工作，数据库一侧的权限隔离不起作用。正式使用请设置它。')
  return {
    ownerUrl: databaseUrl,
    appUrl,
    readerUrl: options.databaseReaderUrl ?? appUrl,
    superuserUrl: null,
    joined: false,
    stop: async () => {},
  }
}

type Examined = {
  role: string
  version: number
  versionText: string
  encoding: string
  characterType: string
  unconfined: boolean
  /** Settings without which acknowledged work can be lost in a crash, that are off. */
  unsafe: string[]
  checksums: boolean
  /** Null when the role `yunbao_app` is not there yet (before the first migration). */
  isApp: boolean | null
}

async function examine(setting: string, url: string): Promise<Examined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the query under way reports it
  try {
    await client.connect()
    const { rows } = await client.query<Examined>(
      `select current_user as role, current_setting('server_version_num')::int as version,
        current_setting('server_version') as "versionText", pg_encoding_to_char(d.encoding) as encoding,
        d.datctype as "characterType", current_setting('data_checksums') = 'on' as checksums,
        array(select s from unnest(array['fsync', 'full_page_writes', 'synchronous_commit']) s where current_setting(s) = 'off') as unsafe,
        r.rolsuper or r.rolbypassrls as unconfined,
        (select pg_has_role(r.oid, app.oid, 'member') from pg_roles app where app.rolname = $1) as "isApp"
       from pg_database d, pg_roles r where d.datname = current_database() and r.rolname = current_user`,
      [appRole],
    )
    return rows[0] as Examined
  } catch (cause) {
    throw new UnfitDatabase(`无法连接 ${setting} 指定的数据库：${said(cause)}。请检查地址、口令和网络。`, { cause })
  } finally {
    await client.end().catch(() => {})
  }
}

function said(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(said).join(';')
  return error instanceof Error ? error.message : String(error)
}

function refuseUnfitServer(server: Examined, mode: 'demo' | 'production', log: (line: string) => void): void {
  if (server.version < 150_000)
    throw new UnfitDatabase(`DATABASE_URL 指定的是 PostgreSQL ${server.versionText}，需要 15 或更高版本。`)
  if (server.encoding !== 'UTF8')
    throw new UnfitDatabase(
      `DATABASE_URL 指定的数据库编码是 ${server.encoding}，需要 UTF8。请以 encoding 'UTF8' 重建数据库。`,
    )
  if (server.unsafe.length > 0) {
    const fault = `DATABASE_URL 指定的数据库关闭了 ${server.unsafe.join('、')}，断电或崩溃时会丢失已经确认的数据`
    if (mode === 'production') throw new UnfitDatabase(`${fault}，正式模式下不得使用。请改为 on。`)
    log(`${fault}，仅可用于演示。`)
  }
  if (mode === 'production' && !server.checksums)
    log(
      'DATABASE_URL 指定的数据库没有启用页校验（data_checksums），磁盘损坏可能不被发现。请用 pg_checksums --enable 启用。',
    )
  if (['C', 'POSIX'].includes(server.characterType))
    log(
      'DATABASE_URL 指定的数据库 LC_CTYPE 为 C，按片段搜索中文将没有结果。请以 LC_CTYPE C.UTF-8 或 zh_CN.UTF-8 重建数据库。',
    )
}

function refuseUnfitRole(
  setting: string,
  app: Examined,
  mode: 'demo' | 'production',
  log: (line: string) => void,
): void {
  if (app.unconfined) {
    const fault = `${setting} 使用的数据库用户 ${app.role} 是超级用户或不受行级安全限制`
    if (mode === 'production') throw new UnfitDatabase(`${fault}，正式模式下不得使用。请改用普通用户。`)
    log(`${fault}，仅可用于演示。`)
  }
  if (setting === 'DATABASE_APP_URL' && app.isApp === false)
    throw new UnfitDatabase(
      `DATABASE_APP_URL 使用的数据库用户 ${app.role} 没有程序所需的权限。请数据库管理员执行：grant ${appRole} to "${app.role}";`,
    )
}
