import type { VerifyCheck } from '#kernel/module.ts'
import type { DecisionKinds } from '#kernel/pure/decision.ts'
import { keptStandards, replay } from './replay.ts'
import { countDecisions, judgementsDecidedOn } from './store.ts'

/** A sample replays about so many. */
const sampleSize = 2000

/**
 * Replays what decisions rest on, every one or a sample spread over all; a difference under the same version of the
 * rules is a fault (norm A8-1).
 */
export function replayCheck(kinds: DecisionKinds, extent: 'all' | 'sample'): VerifyCheck {
  return {
    name: 'decision-replay',
    title: extent === 'all' ? '决定重放' : '决定抽样重放',
    check: async (tx) => {
      const standardsOf = keptStandards(tx)
      const step = extent === 'all' ? 1 : Math.max(1, Math.ceil((await countDecisions(tx)) / sampleSize))
      const faults: string[] = []
      let [checked, otherRules] = [0, 0]
      for (let after: string | null = null; ;) {
        const page = await judgementsDecidedOn(tx, step, after, 500)
        for (const judgement of page) {
          const { result, differences } = await replay(kinds, standardsOf, judgement)
          if (result === 'purged' || result === 'no-inputs') continue
          checked++
          if (result === 'other-rules') otherRules++
          if (result === 'different') faults.push(faultOf(judgement.number, differences))
        }
        after = page.at(-1)?.id ?? null
        if (page.length < 500) break
      }
      return { checked, faults, ...(otherRules > 0 ? { note: `其中 ${otherRules} 条规则已改版` } : {}) }
    },
  }
}

function faultOf(number: string, [first]: readonly { label: string; before: string | null; after: string | null }[]) {
  return `决定 ${number} 重放不一致：${first?.label ?? ''} 原为“${first?.before ?? '无'}”，重放为“${first?.after ?? '无'}”`
}
