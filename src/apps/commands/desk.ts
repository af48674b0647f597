import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, join } from 'node:path'
import type { Actor } from '#kernel/pure/actor.ts'
import {
  pathParameters,
  type InputOf,
  type Operation,
  type OutputOf,
  type Page,
  type UploadedFile,
} from '#kernel/pure/contract.ts'
import { noSession, type Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { checkedInput, dispatch, type AnyAction } from '#kernel/server/dispatch.ts'
import { newId } from '#kernel/server/identifier.ts'
import { takeIn } from '#kernel/server/incoming.ts'
import { commandLine } from '#kernel/server/record.ts'
import { actorOfAccount } from '#modules/people/offers.ts'
import type { Ground } from '../application.ts'
import type { Settings } from '../settings.ts'
import { onGround } from './ground.ts'
import { insistOnProof } from './proving.ts'
import { WrongUse, type Terminal } from './terminal.ts'

/** Options of every command that acts as somebody. */
export type Acting = { as?: string; actingFor?: string }

/** Operations asked for by a named account, through the same dispatch as HTTP: same rights, same rules, same record. */
export type Desk = {
  actor: Actor
  call: <O extends Operation>(operation: O, input: InputOf<O>) => Promise<OutputOf<O>>
  download: <O extends Operation>(operation: O, input: InputOf<O>) => Promise<Download>
  /** Hands a file of this machine in; the file itself stays where it is. */
  upload: <O extends Operation>(operation: O, input: Omit<InputOf<O>, 'file'>, path: string) => Promise<OutputOf<O>>
  /** All items of an operation that answers by pages. */
  all: <O extends Operation>(operation: O, input: InputOf<O>) => Promise<ItemOf<O>[]>
}
type ItemOf<O extends Operation> = OutputOf<O> extends { items: (infer T)[] } ? T : never

/**
 * Opens the desk of the account named by `--as` or `YUNBAO_USER` for one command.
 * @throws WrongUse when nobody is named, or the account cannot act; Refused when its person does not prove to be there
 */
export async function atDesk<T>(terminal: Terminal, acting: Acting, work: (desk: Desk) => Promise<T>): Promise<T> {
  const username = acting.as ?? terminal.env['YUNBAO_USER']?.trim()
  if (!username)
    throw new WrongUse(
      '没有说明由谁办理。请用 --as 用户名 指明账号，或设置环境变量 YUNBAO_USER；命令按该账号的权限办理，并记入审计。',
    )
  return onGround(terminal, async (ground, settings) => {
    await insistOnProof(ground, terminal, username)
    const actorOf = async (tx: Parameters<typeof actorOfAccount>[0]) => {
      const actor = await actorOfAccount(tx, username, acting.actingFor ?? null, settings.clock())
      if (typeof actor === 'string') throw new WrongUse(actor)
      return actor
    }
    return work(deskOf(ground, settings, await transaction(ground.db, actorOf), actorOf))
  })
}

function deskOf(
  ground: Ground,
  settings: Settings,
  actor: Actor,
  actorOf: (tx: Parameters<typeof actorOfAccount>[0]) => Promise<Actor>,
): Desk {
  const ask = (operation: Operation, input: Record<string, unknown>): Promise<unknown> =>
    dispatch(ground.parts, {
      operation,
      action: actionOf(ground, operation),
      now: settings.clock(),
      requestId: newId(),
      source: `${commandLine}（系统用户 ${userInfo().username}）`,
      actorOf,
      inputOf: async () => checkedInput(operation, input),
      idempotency: null,
      ifMatch: null,
      session: noSession,
      path: pathOf(operation, input),
    })
  const call: Desk['call'] = async (operation, input) => (await ask(operation, { ...input })) as never
  return {
    actor,
    call,
    download: async (operation, input) => (await ask(operation, { ...input })) as Download,
    upload: async (operation, input, path) => {
      const file = await takeFileIn(operation, path, join(settings.dataDirectory, 'incoming'))
      try {
        return (await ask(operation, { ...input, file })) as never
      } finally {
        await rm(file.path, { force: true }) // what was kept has moved away
      }
    },
    all: async (operation, input) => {
      const items: unknown[] = []
      for (let after: string | undefined; ;) {
        const page = (await ask(operation, { ...input, limit: 200, ...(after ? { after } : {}) })) as Page<unknown>
        items.push(...page.items)
        if (page.next === null) return items as never
        after = page.next
      }
    },
  }
}

function pathOf(operation: Operation, input: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(pathParameters(operation.path).map((name) => [name, String(input[name])]))
}

function actionOf(ground: Ground, operation: Operation): AnyAction {
  const action = ground.modules.find(({ name }) => name === operation.module)?.actions[operation.name]
  if (!action) throw new Error(`no module carries ${operation.module}.${operation.name}`)
  return action as AnyAction
}

async function takeFileIn(operation: Operation, path: string, directory: string): Promise<UploadedFile> {
  const maxBytes = operation.maxBytes ?? 32 * 1024 * 1024
  const { size } = await existingFile(path)
  if (size > maxBytes)
    throw new WrongUse(
      `文件 ${path} 有 ${(size / 1024 / 1024).toFixed(1)} MB，最多 ${maxBytes / 1024 / 1024} MB。请压缩或拆分后再试。`,
    )
  return takeIn(createReadStream(path), { fileName: basename(path), mediaType: 'application/octet-stream' }, directory)
}

/** @throws WrongUse when there is no such file */
export async function existingFile(path: string): Promise<{ size: number }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(error.code === 'EACCES' ? `没有权限读取文件 ${path}。` : `没有找到文件 ${path}。请检查路径。`)
  })
  if (!found.isFile()) throw new WrongUse(`${path} 不是文件。`)
  return found
}
