import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { MissingKey, type Generation, type KeyName, type KeyService } from './key-service.ts'
import { decrypt, derivedKey, encrypt, keyedDigest } from './suites.ts'

type MasterKey = Generation & { master: Buffer }

/** Names the generation that seals; whoever links it first has made the first one. */
const pointer = 'sealing-current'
const keyFile = /^sealing-([0-9a-f]{8})\.key$/

/**
 * Master keys as files of a directory, readable by their owner only. Processes that share the directory share the keys: a
 * generation another process has made or put to use is seen at the next sealing.
 */
export function fileKeyService(directory: string): KeyService {
  const pathOf = (keyId: string) => join(directory, `sealing-${keyId}.key`)
  const masters = new Map<string, MasterKey>()
  /** Keys derived already: deriving takes longer than sealing. */
  const derived = new Map<string, Buffer>()
  let seen: string | null = null

  function refresh(): void {
    const state = stateOf(join(directory, pointer))
    if (state === seen) return
    masters.clear()
    derived.clear()
    for (const name of existsSync(directory) ? readdirSync(directory, { encoding: 'utf8' }) : []) {
      const keyId = keyFile.exec(name)?.[1]
      if (keyId !== undefined) masters.set(keyId, readMaster(join(directory, name), keyId))
    }
    seen = state
  }

  function masterOf(keyId: string): MasterKey {
    refresh()
    const known = masters.get(keyId)
    if (known !== undefined) return known
    const path = pathOf(keyId)
    if (!existsSync(path)) settle(keyId)
    if (!existsSync(path)) throw new MissingKey(keyId, directory)
    const found = readMaster(path, keyId)
    masters.set(keyId, found)
    return found
  }

  function keyOf({ suite, keyId, use, purpose }: KeyName): Buffer {
    const name = `${suite} ${keyId} ${use} ${purpose}`
    const { master } = masterOf(keyId)
    const known = derived.get(name) ?? derivedKey(suite, master, use, purpose)
    derived.set(name, known)
    return known
  }

  /** A new key under a name that nothing looks for yet. */
  function prepared(): MasterKey {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const master = randomBytes(32)
    const made: MasterKey = { id: idOf(master), madeAt: new Date(), master }
    writeNew(`${pathOf(made.id)}.new`, textOf(made))
    return made
  }

  /** Gives a prepared key its name; whoever comes second, or after a crash in between, finds it done or does it. */
  function settle(keyId: string): void {
    try {
      renameSync(`${pathOf(keyId)}.new`, pathOf(keyId))
      flushFolder(directory)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }

  /** Two processes may start at once: the key of whoever links the pointer first is the first generation. */
  function first(): void {
    const { id } = prepared()
    const own = join(directory, `${pointer}.${randomUUID()}`)
    writeNew(own, `${id}\n`)
    try {
      linkSync(own, join(directory, pointer))
      settle(id)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      rmSync(`${pathOf(id)}.new`, { force: true })
    } finally {
      rmSync(own, { force: true })
    }
  }

  return {
    place: directory,
    generations() {
      refresh()
      return [...masters.values()].toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())
    },
    current() {
      if (!existsSync(join(directory, pointer))) {
        // Keys without the pointer: a restore that was not whole. A new key beside them would hide that.
        refresh()
        if (masters.size > 0)
          throw new Error(`密钥目录 ${directory} 中缺少文件 ${pointer}。请从备份恢复整个密钥目录后再启动。`)
        first()
      }
      return masterOf(readFileSync(join(directory, pointer), 'utf8').trim())
    },
    make() {
      const made = prepared()
      settle(made.id)
      masters.set(made.id, made)
      return made
    },
    use(keyId) {
      masterOf(keyId)
      const own = join(directory, `${pointer}.${randomUUID()}`)
      writeNew(own, `${keyId}\n`)
      renameSync(own, join(directory, pointer))
      flushFolder(directory)
    },
    retire(keyId) {
      masterOf(keyId)
      if (readFileSync(join(directory, pointer), 'utf8').trim() === keyId)
        throw new Error(`密钥 ${keyId} 正在用于加密，不能停用。`)
      const retired = join(directory, 'retired')
      mkdirSync(retired, { recursive: true, mode: 0o700 })
      renameSync(pathOf(keyId), join(retired, `sealing-${keyId}.key`))
      flushFolder(retired)
      flushFolder(directory)
      seen = null
    },
    encrypt: (key, plain, bound) => encrypt(key.suite, keyOf(key), plain, bound),
    decrypt: (key, sealed, bound) => decrypt(key.suite, keyOf(key), sealed, bound),
    digest: (key, data) => keyedDigest(key.suite, keyOf(key), data),
  }
}

/** The name of a master key follows from it. */
function idOf(master: Buffer): string {
  return createHmac('sha256', master).update('yunbao key id').digest('hex').slice(0, 8)
}

function textOf({ id, madeAt, master }: MasterKey): string {
  return `${JSON.stringify({ id, madeAt: madeAt.toISOString(), master: master.toString('base64') }, null, 2)}\n`
}

/** @throws Error when the file is not the key it is named for */
function readMaster(path: string, keyId: string): MasterKey {
  const damaged = (cause?: unknown) =>
    new Error(`密钥文件 ${path} 已损坏，或不是原来的密钥。请从备份恢复该文件后再启动。`, { cause })
  let kept: { id: string; madeAt: string; master: string }
  try {
    kept = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES')
      throw new Error(`没有权限读取密钥文件 ${path}。请检查文件属主和权限（应为 0600）。`, { cause })
    throw damaged(cause)
  }
  const master = Buffer.from(String(kept?.master), 'base64')
  if (master.length !== 32 || idOf(master) !== keyId) throw damaged()
  return { id: keyId, madeAt: new Date(kept.madeAt), master }
}

/** Changes whenever the file is another one; empty when there is none. */
function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs} ${found.size}`
}

/** On disk before anything rests on it. */
function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The names in a folder, likewise; not every system can. */
function flushFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // Windows opens no folders.
  }
}
