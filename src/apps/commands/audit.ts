import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { anchorDirectories, trustedKeys } from '#kernel/server/audit/anchors.ts'
import { shortForm } from '#kernel/server/audit/checkpoint.ts'
import { verifyProof } from '#kernel/server/audit/proof.ts'
import { purgeable, purgeAudit, purgeHorizon, withdrawContent } from '#kernel/server/audit/retention.ts'
import { latestCheckpoint } from '#kernel/server/audit/tree-store.ts'
import { readSettings } from '../settings.ts'
import { asCommand, onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { WrongUse, type Answer, type Terminal } from './terminal.ts'
import { givenKey } from './verify.ts'

/** `yunbao audit …`: what the keeper of the installation does about the audit record. */
export function auditCommands(program: Command, terminal: Terminal, answering: Answering): void {
  const audit = program.command('audit').description('审计记录')
  audit
    .command('checkpoint')
    .description('显示最新检查点；留存它，日后可用 verify --checkpoint 核对')
    .option('--json', '以 JSON 输出')
    .action(answering(() => showCheckpoint(terminal)))
  audit
    .command('purge')
    .description('清除保存期满的审计内容；叶子和检查点保留，仍可核验')
    .option('--dry-run', '只说明将清除多少，不清除')
    .option('--json', '以 JSON 输出')
    .action(answering((given: { dryRun?: boolean }) => purge(terminal, given)))
  audit
    .command('withdraw')
    .description('撤除一条审计记录的内容（第四十四条：国家秘密不得进入系统）；留痕，不可恢复')
    .requiredOption('--entry <编号>', '审计记录编号')
    .requiredOption('--ground <理由>', '撤除的理由，不得写出内容本身')
    .option('--json', '以 JSON 输出')
    .action(answering((given: { entry: string; ground: string }) => withdraw(terminal, given)))
}

async function showCheckpoint(terminal: Terminal): Promise<Answer> {
  return onGround(terminal, async ({ act, sealer }) => {
    await sealer.round({ asBefore: true })
    const newest = await act(({ tx }) => latestCheckpoint(tx))
    if (!newest) return { ok: true, json: { checkpoint: null }, lines: ['还没有检查点。'] }
    const { size, keyId, note } = newest
    const short = shortForm(newest)
    return {
      ok: true,
      json: { checkpoint: { size, short, keyId, at: newest.at.toISOString(), note } },
      lines: [short, '', note.trimEnd()],
    }
  })
}

async function purge(terminal: Terminal, { dryRun }: { dryRun?: boolean }): Promise<Answer> {
  return onGround(terminal, async ({ act }, { auditRetentionYears: years }) => {
    const { through, done } = await act(({ tx, today }) => purgeable(tx, purgeHorizon(today, years)))
    const due = Math.max(0, through - done)
    if (dryRun) return { ok: true, json: { due, years }, lines: [`保存 ${years} 年期满、可以清除的有 ${due} 条。`] }
    const rows = await purgeAudit((work) => act((system) => work(asCommand(system))), years)
    return { ok: true, json: { rows, years }, lines: [`已清除 ${rows} 条期满记录的内容，叶子和检查点保留。`] }
  })
}

async function withdraw(terminal: Terminal, { entry, ground }: { entry: string; ground: string }): Promise<Answer> {
  if (!/^[1-9]\d{0,14}$/.test(entry)) throw new WrongUse(`--entry 应为审计记录编号，不是“${entry}”。`)
  if (ground.trim() === '') throw new WrongUse('--ground 应写明理由。')
  return onGround(terminal, async ({ act }) => {
    const done = await act(async (system) => {
      const withdrawn = await withdrawContent(asCommand(system), Number(entry), ground.trim())
      if (!withdrawn) throw new WrongUse(`没有编号为 ${entry} 的审计记录，或其内容已经撤除。`)
      return withdrawn
    })
    return { ok: done, json: { entry: Number(entry) }, lines: [`审计记录 ${entry} 的内容已撤除，留痕已记入。`] }
  })
}

/** `verify --proof`: a proof by itself, without any database. */
export async function verifyProofFile(
  terminal: Terminal,
  { proof: path, key }: { proof: string; key?: string },
): Promise<Answer> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new WrongUse(`没有找到文件 ${path}，或无权读取。请检查路径。`)
  })
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new WrongUse(`文件 ${path} 不是 JSON。请使用页面上下载的存在证明。`)
  }
  const { dataDirectory, anchorDirectory } = readSettings(terminal.env)
  const known = [
    ...(await trustedKeys(dataDirectory, anchorDirectories(dataDirectory, anchorDirectory))),
    ...givenKey(key),
  ]
  const { faults, checkpoint, at, fingerprint, keyKnown } = verifyProof(given, known)
  if (keyKnown === false) faults.push('检查点由本机不认识的密钥签名：证明不是本系统的，或密钥已更换')
  return {
    ok: faults.length === 0,
    json: { faults, checkpoint, at, fingerprint, keyKnown },
    lines: [
      ...faults.map((fault) => `有误  ${fault}`),
      ...(checkpoint ? [`检查点 ${checkpoint}，${at}`, `公钥指纹 ${fingerprint}`] : []),
      ...(keyKnown === null ? ['本机没有留存公钥，请将公钥指纹与本系统公布的核对。'] : []),
      faults.length === 0 ? '证明成立：该记录在检查点所示的审计记录之中，内容未被改动。' : '证明不成立。',
    ],
  }
}
