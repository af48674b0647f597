import { execFile, type ExecFileOptions, type SpawnOptions } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { ClusterError, externalDatabaseRemedy } from './cluster-error.ts'

const execute = promisify(execFile)

export type ServiceUser = { uid: number; gid: number }

/** How PostgreSQL's programs are started here. */
export type Runner = {
  /** Whom the data directory must belong to; null when that is ourselves. */
  user: ServiceUser | null
  /** Version of the programs, e.g. `18.4`. */
  version: string
  commandFor: (program: string, args: readonly string[]) => { file: string; args: string[]; options: SpawnOptions }
}

/**
 * PostgreSQL refuses to run as root. As root it is started as an unprivileged user; where that user cannot pass a
 * folder on the way to the data or the programs (a private folder of root), it keeps the one capability to pass
 * permissions and nothing else of root.
 * @param directory holds the cluster; the data directory in it may exist already
 * @param dataDirectory its owner stays its owner
 */
export async function chooseRunner(binaries: Binaries, directory: string, dataDirectory: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return runnerFor(null, binaries, await probe(ownRunner(binaries), binaries, directory))
  const user = await serviceUser(dataDirectory)
  const faults: string[] = []
  for (const commandFor of [switchedRunner(user, binaries), capableRunner(user, binaries)]) {
    try {
      return { user, version: await probe(commandFor, binaries, directory), commandFor }
    } catch (error) {
      faults.push(String((error as { stderr?: string }).stderr || (error as Error).message).trim())
    }
  }
  throw new ClusterError(
    'no-service-user',
    `内置数据库不能以 root 身份运行，也无法切换为普通用户（uid ${user.uid}）运行：${faults.join(';')}。` +
      `请改用普通用户启动运保，或把数据目录（YUNBAO_DATA_DIR）和程序放到普通用户可以进入的位置。${externalDatabaseRemedy}`,
  )
}

function runnerFor(user: ServiceUser | null, binaries: Binaries, version: string): Runner {
  return { user, version, commandFor: ownRunner(binaries) }
}

function ownRunner(binaries: Binaries): Runner['commandFor'] {
  return (file, args) => ({ file, args: [...args], options: { env: binaries.environment } })
}

function switchedRunner(user: ServiceUser, binaries: Binaries): Runner['commandFor'] {
  return (file, args) => ({ file, args: [...args], options: { env: binaries.environment, ...user } })
}

function capableRunner(user: ServiceUser, binaries: Binaries): Runner['commandFor'] {
  const prefix = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    // Without this access(2), by which PostgreSQL finds itself, forgets the capability of a user other than root.
    '--securebits=+no_setuid_fixup',
  ]
  return (file, args) => ({ file: 'setpriv', args: [...prefix, file, ...args], options: { env: binaries.environment } })
}

/** Tries what matters: enter the folder, run the program (which also loads its libraries). */
async function probe(commandFor: Runner['commandFor'], binaries: Binaries, directory: string): Promise<string> {
  const shell = process.platform === 'win32' ? null : '/bin/sh'
  const { file, args, options } = shell
    ? commandFor(shell, ['-c', 'cd "$1" && exec "$2" --version', 'sh', directory, binaries.postgres])
    : commandFor(binaries.postgres, ['--version'])
  const { stdout } = await execute(file, args, options as ExecFileOptions)
  return /(\d+(?:\.\d+)?)/.exec(String(stdout))?.[1] ?? ''
}

async function serviceUser(dataDirectory: string): Promise<ServiceUser> {
  const owner = await stat(dataDirectory).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    const [uid, gid] = [Number(account?.[2]), Number(account?.[3])]
    if (uid > 0 && gid > 0) return { uid, gid }
  }
  throw new ClusterError(
    'no-service-user',
    `内置数据库不能以 root 身份运行，而本机没有 postgres 或 nobody 用户可供切换。请改用普通用户启动运保。${externalDatabaseRemedy}`,
  )
}
