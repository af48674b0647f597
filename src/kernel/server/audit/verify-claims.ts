import { anchoredIn } from './anchors.ts'
import { shortForm, textDigest, type KeptCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import type { Suite } from './merkle.ts'
import type { PublicKey } from './signing-key.ts'
import type { VerifyOptions } from './verify.ts'
import type { Ask } from './verify-reader.ts'
import { faultOfCheckpoint, readCheckpoints } from './verify-checkpoints.ts'

/** A root somebody claims: hexadecimal, or its first digits. `source` is null for the database's own checkpoints. */
export type Claim = {
  size: number
  roots: Partial<Record<Suite, string>>
  source: { name: string; place: string } | null
  checkpoint: SignedCheckpoint | null
}

function claimOf(checkpoint: SignedCheckpoint, source: Claim['source']): Claim {
  const { size, sha256, sm3 } = checkpoint
  return { size, roots: { sha256: sha256.toString('hex'), sm3: sm3.toString('hex') }, source, checkpoint }
}

/** All claims by size: the database's checkpoints, the anchors', those kept by others. */
export async function* claimsOf(
  ask: Ask,
  options: Pick<VerifyOptions, 'keys' | 'anchors' | 'kept'>,
  fault: (text: string) => void,
): AsyncGenerator<Claim, void> {
  const sources = [
    ownClaims(ask, options.keys, fault),
    ...options.anchors.map((directory) => anchoredClaims(directory, options.keys, fault)),
    keptClaims(options.kept ?? [], options.keys, fault),
  ]
  const heads = await Promise.all(sources.map((source) => source.next()))
  for (;;) {
    let least: number | null = null
    for (const [place, head] of heads.entries())
      if (!head.done && (least === null || head.value.size < (heads[least] as IteratorYieldResult<Claim>).value.size))
        least = place
    if (least === null) return
    yield heads[least]?.value as Claim
    heads[least] = await (sources[least] as AsyncGenerator<Claim, void>).next()
  }
}

async function* ownClaims(
  ask: Ask,
  keys: readonly PublicKey[],
  fault: (text: string) => void,
): AsyncGenerator<Claim, void> {
  for await (const checkpoint of readCheckpoints(ask, keys, fault)) yield claimOf(checkpoint, null)
}

async function* anchoredClaims(
  directory: string,
  keys: readonly PublicKey[],
  fault: (text: string) => void,
): AsyncGenerator<Claim, void> {
  let before: SignedCheckpoint | null = null
  for await (const { line, checkpoint } of anchoredIn(directory)) {
    const named = `锚定文件 ${directory} 第 ${line} 行`
    if (!checkpoint) {
      fault(`${named}无法读取，已被改动`)
      continue
    }
    const said = faultOfCheckpoint(
      checkpoint,
      before && { size: before.size, at: before.at, digest: textDigest(before) },
      keys,
    )
    if (said) fault(`${named}（${shortForm(checkpoint)}）${said}`)
    before = checkpoint
    yield claimOf(checkpoint, { name: directory, place: named })
  }
}

const held = { name: '所持', place: '所持检查点' }

async function* keptClaims(
  kept: readonly KeptCheckpoint[],
  keys: readonly PublicKey[],
  fault: (text: string) => void,
): AsyncGenerator<Claim, void> {
  const sizeOf = (one: KeptCheckpoint) => (one.kind === 'note' ? one.checkpoint.size : one.size)
  for (const one of [...kept].sort((a, b) => sizeOf(a) - sizeOf(b)))
    if (one.kind === 'note') {
      const said = faultOfCheckpoint(one.checkpoint, null, keys)
      if (said) fault(`所持检查点（${shortForm(one.checkpoint)}）${said}`)
      yield claimOf(one.checkpoint, held)
    } else yield { size: one.size, roots: { sha256: one.root }, source: held, checkpoint: null }
}
