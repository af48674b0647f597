import type { VerifyCheck } from '#kernel/module.ts'
import { stateOn } from './rules/history.ts'
import { cardIdsAfter, cardsById, chargesDiffer } from './store/card.ts'
import { eventsOf } from './store/event.ts'
import { regroupingsDiffer } from './store/regrouping.ts'
import { sumsDiffer } from './store/summary.ts'
import { transfersDiffer } from './store/transfer.ts'

const batch = 2000

/** What `yunbao verify` recomputes of the register: cards from their events, accumulated depreciation from its months. */
export const checks: readonly VerifyCheck[] = [
  {
    name: 'asset-cards',
    title: '资产卡片与变动历史',
    check: async (tx) => {
      let checked = 0
      const faults: string[] = []
      for (let after: string | null = null; ;) {
        const ids = await cardIdsAfter(tx, after, batch)
        const events = Map.groupBy(await eventsOf(tx, ids), ({ cardId }) => cardId)
        for (const card of await cardsById(tx, ids)) {
          const state = stateOn(events.get(card.id) ?? [], null)
          const same =
            state !== null &&
            state.removedOn === card.removedOn &&
            state.takenOverOn === card.takenOverOn &&
            state.facts.organId === card.organId &&
            state.facts.costFen === card.costFen &&
            state.facts.place === card.place &&
            state.facts.custodianName === card.custodianName &&
            state.facts.state === card.state &&
            JSON.stringify(state.base) === JSON.stringify(card.base)
          if (!same) faults.push(`资产卡片 ${card.number}（${card.organName}）与其变动历史不符`)
        }
        checked += ids.length
        if (ids.length < batch) break
        after = ids.at(-1) ?? null
      }
      return { checked, faults }
    },
  },
  {
    name: 'asset-depreciation',
    title: '资产累计折旧与各月计提',
    check: async (tx) => {
      const { checked, numbers } = await chargesDiffer(tx)
      return { checked, faults: numbers.map((number) => `资产卡片 ${number} 的累计折旧与各月计提之和不符`) }
    },
  },
  {
    name: 'asset-transfers',
    title: '资产调拨前后的账面价值',
    check: async (tx) => {
      const { checked, numbers } = await transfersDiffer(tx)
      return {
        checked,
        faults: numbers.map((number) => `资产卡片 ${number} 调拨时的累计折旧与移出机关各月计提之和不符`),
      }
    },
  },
  {
    name: 'asset-regroupings',
    title: '资产拆分、合并前后的金额',
    check: async (tx) => {
      const { checked, numbers } = await regroupingsDiffer(tx)
      return { checked, faults: numbers.map((number) => `资产卡片 ${number} 拆分、合并前后的原值或累计折旧不符`) }
    },
  },
  {
    name: 'asset-sums',
    title: '资产汇总与卡片',
    check: async (tx) => {
      const { checked, classes } = await sumsDiffer(tx)
      return {
        checked,
        faults: classes
          .slice(0, 100)
          .map(({ organId, classCode }) => `机关 ${organId} 的分类 ${classCode} 的汇总与其资产卡片不符`),
      }
    },
  },
]
