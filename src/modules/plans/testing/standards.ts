import { catalogueEntries } from '#modules/standards/reference/catalogue.ts'
import { economicCodes } from '#modules/standards/reference/economic-codes.ts'
import { seedKey, seedRow } from '#modules/standards/reference/seed.ts'
import { standardSeeds } from '#modules/standards/reference/standards.ts'
import { standardsFrom } from '#modules/standards/rules/in-force.ts'
import type { DemandLineDraft, Holding, StoreQuery } from '../model.ts'
import { indexStandards, type IndexedStandards, type LineFacts, type OrganFacts } from '../rules/facts.ts'

const on = '2026-11-01'

/** The reference data as rules see it, without a database: province of Shanxi, budget year 2027. */
export const testStandards: IndexedStandards = indexStandards(
  standardsFrom(
    { on, jurisdictionCode: '140000', rows: standardSeeds.map((seed) => seedRow(seed, `test.${seedKey(seed)}`)) },
    catalogueEntries.map((entry, index) => ({
      ...entry,
      items: [],
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      jurisdictionCode: '140000',
      from: '2021-01-01',
      until: null,
    })),
    economicCodes.map((code) => ({ ...code, needKinds: [...code.needKinds], fromYear: 2018, untilYear: null })),
  ),
)

export const testOrgan: OrganFacts = {
  level: 'city',
  staffInPost: 60,
  secretUnit: false,
  inCompound: true,
  tradeUnion: false,
}

export const freshQuery: StoreQuery = { number: 'GWC-2027-140100-000001', askedOn: '2026-10-28', usableQuantity: 0 }

/** A complete line for twelve desktop computers, changed as the test needs. */
export function testLine(
  changes: Partial<DemandLineDraft & { storeQuery: StoreQuery | null }> = {},
): LineFacts['line'] {
  return {
    id: null,
    needKind: 'N09',
    itemName: '台式计算机',
    standardCode: 'item.desktop',
    economicCode: '31002',
    quantity: 12,
    unit: '台',
    unitPriceFen: 480_000,
    amountFen: 5_760_000,
    fundSource: 'general-budget',
    neededMonth: 4,
    existingQuantity: null,
    usableQuantity: null,
    disposingQuantity: null,
    replacement: null,
    reason: '更新',
    note: '',
    inOwnBudget: false,
    storeQuery: freshQuery,
    ...changes,
  }
}

export function testHolding(changes: Partial<Holding> = {}): Holding {
  return {
    standardCode: 'item.desktop',
    title: '台式计算机',
    unit: '台',
    quantity: 48,
    usableQuantity: 48,
    overLifeQuantity: 0,
    idleQuantity: 0,
    quotaQuantity: null,
    source: 'register',
    classCode: 'A02010105',
    ...changes,
  }
}

export function testFacts(line: LineFacts['line'], more: Partial<LineFacts> = {}): LineFacts {
  return { line, holding: null, askedBefore: 0, lastYear: null, ...more }
}
