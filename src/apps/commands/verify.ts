import { readFile } from 'node:fs/promises'
import { anchorDirectories, trustedKeys } from '#kernel/server/audit/anchors.ts'
import { keptCheckpoints, shortForm, type KeptCheckpoint } from '#kernel/server/audit/checkpoint.ts'
import type { PublicKey } from '#kernel/server/audit/signing-key.ts'
import { verifyAudit, type AuditVerdict } from '#kernel/server/audit/verify.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { sealedValuesCheck } from '#kernel/server/sealing/sealed-values-check.ts'
import { storedFilesCheck } from '#kernel/server/stored-files-check.ts'
import { replayCheck } from '#modules/decisions/offers.ts'
import type { Ground } from '../application.ts'
import type { Settings } from '../settings.ts'
import { onGround } from './ground.ts'
import { progressBar, WrongUse, type Answer, type Terminal } from './terminal.ts'

export type VerifyGiven = {
  decisions: 'all' | 'sample'
  since?: string
  checkpoint?: string
  /** Base64 of a public key to trust beside those of the data directory. */
  key?: string
}
type Check = { module: string; name: string; title: string; checked: number; faults: string[]; note?: string }

/** Recomputes what can be recomputed: the audit record, balances, decisions, digests of documents and files. */
export async function verify(terminal: Terminal, given: VerifyGiven): Promise<Answer> {
  if (given.since !== undefined && !/^\d{4}-\d\d-\d\d$/.test(given.since))
    throw new WrongUse(`--since 应为日期，例如 2026-11-01，不是“${given.since}”。`)
  const kept = given.checkpoint === undefined ? [] : await keptIn(given.checkpoint)
  return onGround(terminal, async (ground, settings) => {
    const { db, modules, parts, sealedColumns } = ground
    const wanted = [
      ...modules,
      { name: 'decisions', checks: [replayCheck(parts.decisionKinds, given.decisions)] },
      { name: 'kernel', checks: [storedFilesCheck(parts.files), sealedValuesCheck(parts.keyring, sealedColumns)] },
    ].flatMap((module) => (module.checks ?? []).map((check) => ({ module: module.name, ...check })))
    const bar = progressBar(terminal, '核验', wanted.length + 1)
    const checks: Check[] = []
    let audit: AuditVerdict
    try {
      audit = await verifyRecord(ground, settings, kept, given)
      checks.push({ module: 'record', name: 'audit-tree', title: '审计记录', ...toldOf(audit) })
      bar.step('审计记录')
      for (const { module, name, title, check } of wanted) {
        const result = await transaction(db, (tx) => check(tx), {
          readOnly: true,
          scope: systemScope,
          statementTimeoutMs: 0,
        })
        checks.push({ module, name, title, ...result })
        bar.step(title)
      }
    } finally {
      bar.end()
    }
    const faults = checks.reduce((sum, check) => sum + check.faults.length, 0)
    const { newest, seconds, checked, unsealed, purged, checkpoints, anchored } = audit
    return {
      ok: faults === 0,
      json: {
        checks,
        audit: {
          checked,
          unsealed,
          purged,
          checkpoints,
          anchored,
          newest: newest && shortForm(newest),
          rowsPerSecond: speedOf(audit),
          seconds: Math.round(seconds * 100) / 100,
        },
      },
      lines: [
        ...checks.map(
          ({ title, checked, note, faults: found }) =>
            `${found.length === 0 ? '通过' : '有误'}  ${title}（核对 ${checked} 条${note ? `，${note}` : ''}）${found.map((fault) => `\n      ${fault}`).join('')}`,
        ),
        ...(newest ? [`最新检查点 ${shortForm(newest)}，${newest.at}`] : []),
        faults === 0 ? '全部通过。' : `发现 ${faults} 处问题。`,
      ],
    }
  })
}

async function verifyRecord(
  ground: Ground,
  settings: Settings,
  kept: readonly KeptCheckpoint[],
  given: VerifyGiven,
): Promise<AuditVerdict> {
  const anchors = anchorDirectories(settings.dataDirectory, settings.anchorDirectory)
  const keys = [...(await trustedKeys(settings.dataDirectory, anchors)), ...givenKey(given.key)]
  const since = given.since === undefined ? undefined : `${given.since}T00:00:00+08:00`
  return verifyAudit({ url: ground.readerUrl, keys, anchors, kept, since })
}

function toldOf({ checked, unsealed, purged, checkpoints, anchored, faults, ...rest }: AuditVerdict) {
  const notes = [
    unsealed > 0 ? `其中 ${unsealed} 条待封存` : null,
    purged > 0 ? `${purged} 条内容已按期清除` : null,
    `检查点 ${checkpoints} 个`,
    `外部留存 ${anchored} 个`,
    `每秒 ${speedOf({ checked, ...rest })} 条`,
  ]
  return { checked, faults, note: notes.filter((note) => note !== null).join('，') }
}

function speedOf({ checked, seconds }: Pick<AuditVerdict, 'checked' | 'seconds'>): number {
  return Math.round(checked / Math.max(seconds, 0.001))
}

/** Checkpoints in a file, or in the text itself. @throws WrongUse when there is none */
async function keptIn(fileOrText: string): Promise<KeptCheckpoint[]> {
  const text = await readFile(fileOrText, 'utf8').catch(() => fileOrText)
  const unfolded = text
    .split('\n')
    .map((line) => {
      try {
        return String((JSON.parse(line) as { note?: unknown }).note ?? line) // a line of an anchor file
      } catch {
        return line
      }
    })
    .join('\n')
  const kept = keptCheckpoints(unfolded)
  if (kept.length === 0)
    throw new WrongUse(
      '没有找到检查点。--checkpoint 后应为检查点文件，或公文、通知上的检查点，例如 12345-0123456789abcdef-01234567。',
    )
  return kept
}

export function givenKey(base64: string | undefined): PublicKey[] {
  if (base64 === undefined) return []
  const publicKey = Buffer.from(base64, 'base64')
  const algorithm = ({ 32: 'ed25519', 65: 'sm2' } as const)[publicKey.length]
  if (!algorithm) throw new WrongUse('--key 应为 Base64 编码的 Ed25519 公钥（44 个字符）或 SM2 公钥（88 个字符）。')
  return [{ algorithm, publicKey }]
}
