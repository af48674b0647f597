import { resolve, sep } from 'node:path'
import { z } from 'zod'
import { signatureAlgorithms, type SignatureAlgorithm } from '#kernel/server/audit/signing-key.ts'
import type { DiskSpace } from '#kernel/pure/disk-space.ts'
import { diskSpace } from '#kernel/server/upkeep/disk.ts'
import { suiteNames, type SuiteName } from '#kernel/server/sealing/suites.ts'
import { isSafeAddress, type OidcSettings } from '#modules/people/offers.ts'

/** What the environment decides; every value is optional (`.env.example` lists them). */
export type Settings = {
  port: number
  host: string
  databaseUrl: string | undefined
  databaseAppUrl: string | undefined
  /** What `verify` reads the record with; the app's own where unset. */
  databaseReaderUrl: string | undefined
  /** Database, files and keys; absolute. */
  dataDirectory: string
  /** Where checkpoints of the record are kept a second time, on other storage; absolute. */
  anchorDirectory: string | undefined
  /** How checkpoints of the record are signed. */
  auditSignature: SignatureAlgorithm
  /** Years the audit record keeps its content, 1 at least. */
  auditRetentionYears: number
  /** Ciphers of sealed values: the national ones (SM4, SM3) or AES and SHA-256. */
  cipherSuite: SuiteName
  /** Where backups go, with what key, how many are kept, and when the daily one is made; undefined: none are made. */
  backup: { directory: string; keyFile: string; keep: number; at: { hour: number; minute: number } } | undefined
  /** Undefined: asked on the first interactive start, else as the data says. */
  mode: 'demo' | 'production' | undefined
  /** Tests only: a fixed start or a shift of the clock. */
  clock: () => Date
  /** Tests only: in production too, a server with `fsync` and the like turned off will do. */
  forgetfulDatabase: boolean
  /** Space where the data lie, with what is kept free: below it nothing more is written. */
  space: () => Promise<DiskSpace | null>
  secureCookies: boolean
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed; undefined believes none. */
  trustedProxies: string[] | undefined
  publicRequestsPerMinute: number
  /** Where people may sign in beside passwords; null for nowhere. */
  oidc: OidcEnvironment | null
  /** Files a minute one person may send or fetch (uploads, exports, documents). */
  filesPerMinute: number
  /** `host:port` of a clamd that looks at every file sent; undefined: none. */
  clamd: string | undefined
}

/** A provider of OpenID Connect; its client secret lies in a file. */
export type OidcEnvironment = Omit<OidcSettings, 'clientSecret'> & { clientSecretFile: string | undefined }

/** A setting that cannot be; the message names it and the remedy. */
export class WrongSetting extends Error {}

const text = z.string().trim().min(1).optional()
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  DATABASE_URL: text,
  DATABASE_APP_URL: text,
  DATABASE_READER_URL: text,
  YUNBAO_ANCHOR_DIR: text,
  YUNBAO_AUDIT_SIGNATURE: z.enum(signatureAlgorithms).default('ed25519'),
  YUNBAO_AUDIT_RETENTION_YEARS: z.coerce.number().int().min(1).max(100).default(3),
  YUNBAO_CIPHER_SUITE: z.enum(suiteNames).default('gm'),
  YUNBAO_BACKUP_DIR: text,
  YUNBAO_BACKUP_KEY_FILE: text,
  YUNBAO_BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  YUNBAO_BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('02:30'),
  YUNBAO_DATA_DIR: z.string().trim().min(1).default('./data'),
  YUNBAO_MODE: z.enum(['demo', 'production']).optional(),
  YUNBAO_CLOCK: text,
  YUNBAO_FORGETFUL_DATABASE: z.enum(['true', 'false']).default('false'),
  YUNBAO_SECURE_COOKIES: z.enum(['true', 'false']).default('false'),
  YUNBAO_TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .optional(),
  YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(120),
  YUNBAO_PUBLIC_ADDRESS: text,
  YUNBAO_OIDC_ISSUER: text,
  YUNBAO_OIDC_CLIENT_ID: text,
  YUNBAO_OIDC_CLIENT_SECRET_FILE: text,
  YUNBAO_OIDC_CLAIM: z
    .string()
    .trim()
    .regex(/^[\w.:/-]{1,100}$/)
    .default('sub'),
  YUNBAO_OIDC_BUTTON_NAME: z.string().trim().min(1).max(20).default('统一身份认证'),
  YUNBAO_CLAMD: z
    .string()
    .trim()
    .regex(/^\S+:\d{1,5}$/)
    .optional(),
  YUNBAO_DISK_RESERVE_MB: z.coerce.number().int().min(0).max(1_000_000).default(256),
  YUNBAO_FILES_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(60),
})

const remedies: Record<string, string> = {
  PORT: '应为 0 至 65535 的端口号，例如 8080（0 表示自动选择）。',
  YUNBAO_MODE: '应为 demo（演示）或 production（正式）。',
  YUNBAO_AUDIT_SIGNATURE: '应为 ed25519 或 sm2（国密 SM2、SM3）。',
  YUNBAO_CIPHER_SUITE: '应为 gm（国密 SM4、SM3）或 intl（AES-256、SHA-256）。',
  YUNBAO_CLOCK: '应为起始时刻（如 2027-03-01T09:00:00+08:00）或偏移（如 +30d、-2h）。仅供测试。',
  YUNBAO_FORGETFUL_DATABASE: '应为 true 或 false。仅供测试。',
  YUNBAO_BACKUP_KEEP: '应为 1 至 1000 的整数，例如 7。',
  YUNBAO_BACKUP_AT: '应为每日备份的时刻，例如 02:30。',
  YUNBAO_SECURE_COOKIES: '应为 true 或 false。',
  YUNBAO_TRUSTED_PROXIES: '应为前置代理的地址或网段，以英文逗号分隔，例如 127.0.0.1,10.0.0.0/8。',
  YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: '应为正整数。',
  YUNBAO_OIDC_CLAIM: '应为身份标识所在的声明名称，例如 sub 或 employee_number。',
  YUNBAO_OIDC_BUTTON_NAME: '应为不超过 20 字的名称，例如 统一身份认证。',
  YUNBAO_FILES_PER_MINUTE: '应为正整数。',
  YUNBAO_DISK_RESERVE_MB: '应为 0 至 1000000 的整数（MB），例如 256；0 表示不留余量。',
  YUNBAO_CLAMD: '应为病毒扫描服务的“主机:端口”，例如 127.0.0.1:3310。',
  YUNBAO_AUDIT_RETENTION_YEARS:
    '审计记录至少保存 1 年（《互联网政务应用安全管理规定》），应为 1 至 100 的整数，例如 3。',
}

/** @throws WrongSetting naming every wrong value */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = Environment.safeParse(given)
  if (!parsed.success)
    throw new WrongSetting(
      parsed.error.issues
        .map(
          ({ path }) =>
            `环境变量 ${String(path[0])} 的值“${given[String(path[0])]}”不正确。${remedies[String(path[0])] ?? '请检查后重试。'}`,
        )
        .join('\n'),
    )
  const { data } = parsed
  for (const name of ['DATABASE_URL', 'DATABASE_APP_URL', 'DATABASE_READER_URL'] as const)
    if (data[name] !== undefined && !/^postgres(ql)?:\/\//.test(data[name]))
      throw new WrongSetting(`环境变量 ${name} 应以 postgresql:// 开头，例如 postgresql://yunbao@db.example/yunbao。`)
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    databaseAppUrl: data.DATABASE_APP_URL,
    databaseReaderUrl: data.DATABASE_READER_URL,
    dataDirectory: resolve(data.YUNBAO_DATA_DIR),
    anchorDirectory: data.YUNBAO_ANCHOR_DIR === undefined ? undefined : resolve(data.YUNBAO_ANCHOR_DIR),
    auditSignature: data.YUNBAO_AUDIT_SIGNATURE,
    auditRetentionYears: data.YUNBAO_AUDIT_RETENTION_YEARS,
    cipherSuite: data.YUNBAO_CIPHER_SUITE,
    backup: backupOf(data),
    mode: data.YUNBAO_MODE,
    clock: clockOf(data.YUNBAO_CLOCK),
    forgetfulDatabase: data.YUNBAO_FORGETFUL_DATABASE === 'true',
    space: () => diskSpace(resolve(data.YUNBAO_DATA_DIR), data.YUNBAO_DISK_RESERVE_MB * 1024 * 1024),
    secureCookies: data.YUNBAO_SECURE_COOKIES === 'true',
    trustedProxies: data.YUNBAO_TRUSTED_PROXIES,
    publicRequestsPerMinute: data.YUNBAO_PUBLIC_REQUESTS_PER_MINUTE,
    filesPerMinute: data.YUNBAO_FILES_PER_MINUTE,
    clamd: data.YUNBAO_CLAMD,
    oidc: oidcOf(data),
  }
}

/** All or nothing: half a provider would only fail when somebody signs in. */
function oidcOf(data: z.output<typeof Environment>): OidcEnvironment | null {
  const issuer = data.YUNBAO_OIDC_ISSUER
  if (issuer === undefined) return null
  const [clientId, publicAddress] = [data.YUNBAO_OIDC_CLIENT_ID, data.YUNBAO_PUBLIC_ADDRESS]
  if (clientId === undefined || publicAddress === undefined)
    throw new WrongSetting('设置了 YUNBAO_OIDC_ISSUER 的，须同时设置 YUNBAO_OIDC_CLIENT_ID 和 YUNBAO_PUBLIC_ADDRESS。')
  if (!isSafeAddress(issuer))
    throw new WrongSetting(
      `环境变量 YUNBAO_OIDC_ISSUER 的值“${issuer}”不正确。应以 https:// 开头（本机测试可用 http）。`,
    )
  if (!isSafeAddress(publicAddress) || new URL(publicAddress).origin !== publicAddress.replace(/\/$/, ''))
    throw new WrongSetting(
      `环境变量 YUNBAO_PUBLIC_ADDRESS 的值“${publicAddress}”不正确。应为浏览器访问本系统的地址，不带路径，例如 https://yunbao.example.gov.cn。`,
    )
  return {
    issuer,
    clientId,
    clientSecretFile: data.YUNBAO_OIDC_CLIENT_SECRET_FILE,
    claim: data.YUNBAO_OIDC_CLAIM,
    title: data.YUNBAO_OIDC_BUTTON_NAME,
    publicAddress: new URL(publicAddress).origin,
  }
}

/** Folder and key go together: a backup that nobody can read, or a key for nothing, is a mistake. */
function backupOf(data: z.infer<typeof Environment>): Settings['backup'] {
  const { YUNBAO_BACKUP_DIR: directory, YUNBAO_BACKUP_KEY_FILE: keyFile, YUNBAO_BACKUP_KEEP: keep } = data
  if (directory === undefined && keyFile === undefined) return undefined
  if (directory === undefined || keyFile === undefined)
    throw new WrongSetting(
      `环境变量 YUNBAO_BACKUP_DIR（备份目录）和 YUNBAO_BACKUP_KEY_FILE（备份密钥文件）应同时设置。密钥用 yunbao backup-key 生成。`,
    )
  if (`${resolve(directory)}${sep}`.startsWith(`${resolve(data.YUNBAO_DATA_DIR)}${sep}`))
    throw new WrongSetting('环境变量 YUNBAO_BACKUP_DIR 不应在数据目录内：数据目录损毁时，备份会一同丢失。')
  const [hour = 0, minute = 0] = data.YUNBAO_BACKUP_AT.split(':').map(Number)
  return { directory: resolve(directory), keyFile: resolve(keyFile), keep, at: { hour, minute } }
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

function clockOf(value: string | undefined): () => Date {
  if (value === undefined) return () => new Date()
  const shift = /^([+-])(\d{1,6})([mhd])$/.exec(value)
  const startedAt = Date.now()
  const offset = shift
    ? (shift[1] === '-' ? -1 : 1) * Number(shift[2]) * unitMs[shift[3] as keyof typeof unitMs]
    : Date.parse(value) - startedAt
  if (Number.isNaN(offset))
    throw new WrongSetting(`环境变量 YUNBAO_CLOCK 的值“${value}”不正确。${remedies['YUNBAO_CLOCK']}`)
  return () => new Date(Date.now() + offset)
}
