import fc from 'fast-check'
import type { DemandLineDraft } from '../model.ts'
import type { ReviewLineInputs } from '../rules/decisions/review-line.ts'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from './standards.ts'

const kinds = ['N01', 'N02', 'N03', 'N05', 'N06', 'N08', 'N09', null] as const

/** Any line an organ could hand in, with whatever the registers may say of it. */
export const anyReviewLine: fc.Arbitrary<ReviewLineInputs> = fc
  .record({
    needKind: fc.constantFrom(...kinds),
    standard: fc.option(fc.constantFrom(...testStandards.items)),
    economicCode: fc.constantFrom('30201', '30217', '31002', '30213', '39999', null),
    quantity: fc.option(fc.nat(300)),
    unitPriceFen: fc.option(fc.nat(9_000_000)),
    amountFen: fc.option(fc.nat(900_000_000)),
    reason: fc.constantFrom('', '按实际需要', '绝密★启用前'),
    inOwnBudget: fc.boolean(),
    storeQuery: fc.option(
      fc.record({
        number: fc.constant('GWC-2027-140100-000001'),
        askedOn: fc.constantFrom('2026-10-28', '2026-08-01'),
        usableQuantity: fc.nat(20),
      }),
    ),
    replacement: fc.option(
      fc.record({
        acquiredOn: fc.constantFrom('2015-03-01', '2024-02-29'),
        beyondRepair: fc.boolean(),
        appraisalDocument: fc.option(fc.constant('晋鉴〔2026〕8号')),
      }),
    ),
    stock: fc.option(fc.nat(300)),
    askedBefore: fc.nat(10),
    lastYear: fc.option(fc.record({ quantity: fc.nat(100), amountFen: fc.nat(900_000_000) })),
    staffInPost: fc.nat(500),
    inCompound: fc.boolean(),
    tradeUnion: fc.boolean(),
  })
  .map(({ standard, stock, askedBefore, lastYear, staffInPost, inCompound, tradeUnion, ...line }) => ({
    facts: testFacts(testLine({ ...line, standardCode: standard?.code ?? null } as Partial<DemandLineDraft>), {
      holding:
        stock === null
          ? null
          : testHolding({
              standardCode: standard?.code ?? '',
              quantity: stock,
              usableQuantity: stock,
              quotaQuantity: 5,
            }),
      askedBefore,
      lastYear,
    }),
    organ: { ...testOrgan, staffInPost, inCompound, tradeUnion },
    today: '2026-11-01',
  }))
