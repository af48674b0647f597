import type { OrganRow } from '#modules/organs/offers.ts'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from '#modules/plans/testing/standards.ts'
import { indexStandards, type DemandToReview, type LineFacts } from '#modules/plans/offers.ts'
import type { Change } from '../model.ts'
import { appliedToStandards } from '../rules/applying.ts'
import type { Worlds } from '../rules/judging.ts'

/** A demand as the rules see it, of an ordinary organ with sixty people at city level, changed as the test needs. */
export function testDemand(
  facts: readonly LineFacts[],
  more: { staffInPost?: number; organ?: Partial<OrganRow> } = {},
): DemandToReview {
  const organ = {
    id: '00000000-0000-7000-8000-0000000000aa',
    name: '太原市教育局',
    kind: 'K03',
    level: 'city',
    jurisdictionCode: '140100',
    secretUnit: false,
    ...more.organ,
  } as OrganRow
  return {
    demandId: '00000000-0000-7000-8000-0000000000dd',
    organ,
    organFacts: { ...testOrgan, level: organ.level, staffInPost: more.staffInPost ?? testOrgan.staffInPost },
    on: '2026-11-01',
    facts: [...facts],
  }
}

export function testWorlds(changes: readonly Change[]): Worlds {
  return { base: testStandards, scenario: indexStandards(appliedToStandards(testStandards, changes, 'city')) }
}

/** A line for things with what the register says of them. */
export function thingAsked(
  quantity: number,
  unitPriceFen: number,
  { usable = 48, standardCode = 'item.desktop', lineId = '00000000-0000-7000-8000-000000000001', stored = 0 } = {},
): LineFacts {
  return testFacts(
    testLine({
      id: lineId,
      standardCode,
      quantity,
      unitPriceFen,
      amountFen: Math.round(quantity * unitPriceFen),
      storeQuery: { number: 'GWC-2027-140100-000001', askedOn: '2026-10-28', usableQuantity: stored },
    }),
    { holding: testHolding({ standardCode, quantity: usable, usableQuantity: usable }) },
  )
}
