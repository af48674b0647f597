import type { SignedCheckpoint } from './checkpoint.ts'
import { rootOf, suites, type Frontier, type Suite } from './merkle.ts'
import type { Claim } from './verify-claims.ts'

export type RootCheck = {
  /** Whether a root is claimed for a tree of so many rows. */
  isDue: (size: number) => boolean
  /** Holds the roots claimed for this size against those recomputed. */
  compare: (size: number) => Promise<void>
  /** What others have kept of more rows than there are: the tail is gone. @param stop ends it early */
  compareBeyond: (size: number, stop: () => boolean) => Promise<void>
  tally: { checkpoints: number; anchored: number; newest: SignedCheckpoint | null }
}

/**
 * Claimed roots against those recomputed, in the order of their sizes; the first fault of each source is told.
 * @param frontiers the tree as it grows
 */
export async function rootCheck(
  claims: AsyncGenerator<Claim, void>,
  frontiers: Record<Suite, Frontier>,
  fault: (text: string) => void,
): Promise<RootCheck> {
  let claim = await claims.next()
  const tally: RootCheck['tally'] = { checkpoints: 0, anchored: 0, newest: null }
  const count = ({ source }: Claim) => (source === null ? tally.checkpoints++ : tally.anchored++)
  const named = ({ source }: Claim, size: number) => `${source?.place ?? '数据库中的检查点'}（${size} 条）`
  // The size up to which each source agreed: what is wrong lies behind it, and is told once.
  const agreed = new Map<string, number | null>()

  function hold(claimed: Claim): void {
    const { size, source, roots, checkpoint } = claimed
    count(claimed)
    const from = agreed.get(source?.name ?? '')
    const wrong = suites.filter(
      (suite) =>
        !rootOf(suite, frontiers[suite])
          .toString('hex')
          .startsWith(roots[suite] ?? ''),
    )
    if (wrong.length > 0 && from !== null)
      fault(
        `${named(claimed, size)}与重新计算的根值（${wrong.join('、')}）不符：第 ${(from ?? 0) + 1} 至 ${size} 条中有记录被改动、插入、删除或换位，或检查点本身被替换`,
      )
    agreed.set(source?.name ?? '', wrong.length > 0 || from === null ? null : size)
    if (source === null && checkpoint) tally.newest = checkpoint
  }

  return {
    tally,
    isDue: (size) => !claim.done && claim.value.size === size,
    compare: async (size) => {
      for (; !claim.done && claim.value.size === size; claim = await claims.next()) hold(claim.value)
    },
    compareBeyond: async (size, stop) => {
      const cut = new Set<string>()
      for (; !claim.done && !stop(); claim = await claims.next()) {
        const { value } = claim
        count(value)
        const source = value.source?.name ?? ''
        if (cut.has(source)) continue
        cut.add(source)
        const said = named(value, value.size)
        fault(
          value.size > size
            ? `${said}多于现有的 ${size} 条：第 ${size + 1} 条起的记录被截去`
            : `${said}排在了不该在的位置`,
        )
      }
    },
  }
}
