import type { VerifyCheck } from '#kernel/module.ts'
import { saysTheSame, standingOf, type Voice } from './rules/standing.ts'
import { everyCount } from './store/count.ts'
import { countedItems } from './store/item.ts'
import { marksOf } from './store/mark.ts'
import { placesDiffering } from './store/progress.ts'

const batch = 2000

/** What `yunbao verify` recomputes: what stands of each thing follows from what was said of it, and the progress from both. */
export const checks: readonly VerifyCheck[] = [
  {
    name: 'stocktaking-sums',
    title: '盘点进度与清单',
    check: async (tx) => {
      const counts = await everyCount(tx)
      const faults: string[] = []
      for (const { id, number } of counts)
        for (const { place } of await placesDiffering(tx, id))
          faults.push(`${number} 中${place || '未填地点'}的盘点进度与清单不符`)
      return { checked: counts.length, faults }
    },
  },
  {
    name: 'stocktaking-results',
    title: '盘点结果与清点记录',
    check: async (tx) => {
      let checked = 0
      const faults: string[] = []
      for (const count of await everyCount(tx))
        for (let after: string | null = null; ;) {
          const items = await countedItems(tx, count.id, after, batch)
          const marks = Map.groupBy(
            await marksOf(
              tx,
              count.id,
              items.map(({ cardId }) => cardId),
            ),
            ({ cardId }) => cardId,
          )
          for (const item of items) {
            const voices = (marks.get(item.cardId) ?? []).map((mark): Voice => ({
              ...mark,
              result: mark.result as Voice['result'],
              countedAt: mark.countedAt.toISOString(),
            }))
            const standing = standingOf(voices)
            // What nobody counted is missing, and says so.
            const uncounted = standing === null && item.result === 'missing' && !item.disputed
            const same =
              standing !== null &&
              standing.disputed === item.disputed &&
              (item.disputed ||
                (item.result !== null && saysTheSame(standing.voice, { result: item.result, found: item.found })))
            if (!uncounted && !same) faults.push(`${count.number} 中资产 ${item.number} 的盘点结果与清点记录不符`)
          }
          checked += items.length
          if (items.length < batch) break
          after = items.at(-1)?.cardId ?? null
        }
      return { checked, faults }
    },
  },
]
