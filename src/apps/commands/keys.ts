import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { Act } from '#kernel/server/context.ts'
import { commandLine } from '#kernel/server/record.ts'
import { resealAll, unreadable } from '#kernel/server/sealing/reseal.ts'
import { keyStates, retireKey, rotateKeys } from '#kernel/server/sealing/rotation.ts'
import type { Ground } from '../application.ts'
import { onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { tableOf, WrongUse, type Answer, type Terminal } from './terminal.ts'

/** `yunbao keys …`: the keys of sealed personal data; what they do is recorded. Beside a running server they work too. */
export function keyCommands(program: Command, terminal: Terminal, answering: Answering): void {
  const keys = program.command('keys').description('加密密钥')
  const json = ['--json', '以 JSON 输出'] as const
  keys
    .command('status')
    .description('各代密钥、使用情况；逐条核对加密数据能否解密')
    .option(...json)
    .action(answering(() => status(terminal)))
  keys
    .command('rotate')
    .description('启用新一代密钥，并把已有数据重新加密；服务不必停止')
    .option(...json)
    .action(answering(() => rotate(terminal)))
  keys
    .command('reseal')
    .description('把还在使用旧密钥的数据重新加密；中断后可再次运行')
    .option(...json)
    .action(answering(() => reseal(terminal)))
  keys
    .command('retire')
    .description('停用不再使用的旧密钥；密钥文件移入 keys/retired，仍需读取旧备份时留存')
    .argument('<密钥>', '密钥编号，见 keys status')
    .option(...json)
    .action(answering((keyId: string) => retire(terminal, keyId)))
}

async function status(terminal: Terminal): Promise<Answer> {
  return onGround(terminal, async ({ act, parts: { keyring }, sealedColumns }) => {
    const { states, checked, faults } = await act(async (system) => ({
      states: await keyStates(system, sealedColumns),
      ...(await unreadable(system.tx, keyring, sealedColumns)),
    }))
    return {
      ok: faults.length === 0,
      json: { suite: keyring.suite, keys: states, checked, faults },
      lines: [
        `算法套件 ${keyring.suite === 'gm' ? 'gm（SM4-GCM、HMAC-SM3）' : 'intl（AES-256-GCM、HMAC-SHA-256）'}，密钥在 ${keyring.keys.place}`,
        ...tableOf(
          ['密钥', '生成时间', '状态', '加密数据'],
          states.map(({ id, madeAt, current, uses }) => [
            id,
            madeAt.toISOString(),
            current ? '现行' : '只解密',
            String(uses),
          ]),
        ),
        ...faults.map((fault) => `有误  ${fault}`),
        faults.length === 0
          ? `加密数据 ${checked} 条，全部可以解密。`
          : `加密数据 ${checked} 条，${faults.length} 条不能解密。`,
      ],
    }
  })
}

async function rotate(terminal: Terminal): Promise<Answer> {
  return onGround(terminal, async (ground) => {
    const key = await rotateKeys(asCommand(ground), ground.parts.keyring)
    const rows = await resealed(terminal, ground)
    return {
      ok: true,
      json: { key, rows },
      lines: [`已启用密钥 ${key}，重新加密 ${rows} 条。旧密钥一小时后可以停用：yunbao keys retire。`],
    }
  })
}

async function reseal(terminal: Terminal): Promise<Answer> {
  return onGround(terminal, async (ground) => {
    const rows = await resealed(terminal, ground)
    return { ok: true, json: { rows }, lines: [`重新加密 ${rows} 条。`] }
  })
}

async function retire(terminal: Terminal, keyId: string): Promise<Answer> {
  if (!/^[0-9a-f]{8}$/.test(keyId)) throw new WrongUse(`密钥编号应为 8 位十六进制数字，不是“${keyId}”。`)
  return onGround(terminal, async (ground) => {
    const why = await retireKey(asCommand(ground), ground.parts.keyring, keyId, ground.sealedColumns)
    if (why !== null) return { ok: false, json: { key: keyId, reason: why }, lines: [why] }
    return {
      ok: true,
      json: { key: keyId },
      lines: [
        `密钥 ${keyId} 已停用，文件移入 ${ground.parts.keyring.keys.place}/retired。用它加密的旧备份到期后再销毁。`,
      ],
    }
  })
}

async function resealed(terminal: Terminal, ground: Ground): Promise<number> {
  const { act, parts, sealedColumns } = ground
  return resealAll(
    (work) => act(({ tx }) => work(tx)),
    parts.keyring,
    sealedColumns,
    (done) => terminal.err(`已重新加密 ${done} 条`),
  )
}

function asCommand({ act }: Ground): Ground['act'] {
  const source = `${commandLine}（系统用户 ${userInfo().username}）`
  return (work) => act((system: Act) => work({ ...system, source }))
}
