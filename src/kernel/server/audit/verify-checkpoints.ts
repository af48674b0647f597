import { readNote, shortForm, signerOf, textDigest, type SignedCheckpoint } from './checkpoint.ts'
import type { PublicKey } from './signing-key.ts'
import type { Ask } from './verify-reader.ts'

type Before = { size: number; at: string; digest: string } | null

/** What is wrong with a checkpoint by itself and against the one before it; null when nothing is. */
export function faultOfCheckpoint(
  checkpoint: SignedCheckpoint,
  before: Before,
  keys: readonly PublicKey[],
): string | null {
  const signer = signerOf(checkpoint, keys)
  if (signer === 'unknown-key') return `由未知的密钥 ${checkpoint.keyId} 签名：记录可能被整体替换`
  if (signer === 'wrong-signature') return '签名不符，检查点被改动'
  if (before && checkpoint.size <= before.size) return '条数没有增加，检查点被改动或换位'
  if (before && checkpoint.at < before.at) return '时间早于前一个检查点，检查点被倒填'
  if (before && checkpoint.previous !== before.digest) return '与前一个检查点不衔接，其间有检查点被删除或替换'
  return null
}

const page = 1000

/** The checkpoints of the database in their order, each looked at; one that cannot be read is a fault and left out. */
export async function* readCheckpoints(
  ask: Ask,
  keys: readonly PublicKey[],
  fault: (text: string) => void,
): AsyncGenerator<SignedCheckpoint, void> {
  type Row = { size: number; atUs: number; sha256: Buffer; sm3: Buffer; keyId: string; note: string }
  let before: Before = null
  let first = true
  for (let after = 0; ;) {
    const rows: Row[] = await ask<Row>(
      `select size, (extract(epoch from at) * 1000000)::bigint as at_us, sha256, sm3, key_id, note
       from kernel.audit_checkpoint where size > $1 order by size limit ${page}`,
      [after],
    )
    for (const row of rows) {
      after = row.size
      const checkpoint = readNote(row.note)
      const agrees =
        checkpoint?.size === row.size &&
        checkpoint.sha256.equals(row.sha256) &&
        checkpoint.sm3.equals(row.sm3) &&
        checkpoint.keyId === row.keyId &&
        Date.parse(checkpoint.at) * 1000 === row.atUs
      if (!checkpoint || !agrees) {
        fault(`数据库中的检查点（${row.size} 条）各列与签名文本不符，检查点被改动`)
        before = null
        first = false
        continue
      }
      const said =
        faultOfCheckpoint(checkpoint, before, keys) ??
        (first && checkpoint.previous !== null ? '之前还应有检查点，已被删除' : null)
      if (said) fault(`数据库中的检查点（${shortForm(checkpoint)}）${said}`)
      before = { size: checkpoint.size, at: checkpoint.at, digest: textDigest(checkpoint) }
      first = false
      yield checkpoint
    }
    if (rows.length < page) return
  }
}
