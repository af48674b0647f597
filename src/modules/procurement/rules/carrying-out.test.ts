import { costOf } from '#kernel/pure/money.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { worstOutcome } from '#kernel/pure/verdict.ts'
import { termOf } from '#modules/duties/reference/terms.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { testTable } from '#modules/standards/testing/table.ts'
import { paymentCase, purchaseCase } from '../cases.ts'
import { purchaseStates, type PurchaseState } from '../model.ts'
import { allocate, mayAccept, mayPay } from './acceptance.ts'
import { sum } from './amounts.ts'
import { cardsFor, mayMakeCards } from './cards.ts'
import { checkContract, type Contracting } from './contract.ts'
import { judgeRequest } from './request.ts'
import { durationIn, termCodes } from './terms.ts'
import { calendar, yuan, lineId, codesOf, outcomeOf, facts, request } from '../testing/request-facts.ts'

describe('contract', () => {
  const signed = (given: Partial<Contracting>, item: Partial<Contracting['items'][number]> = {}) =>
    checkContract(testTable, calendar, '140100', {
      kind: 'goods',
      awardFen: yuan(50_000),
      awardedOn: '2026-09-21',
      signedOn: '2026-09-29',
      deliverBy: '2026-10-30',
      termFrom: null,
      termUntil: null,
      bondFen: 0,
      priceApproval: '',
      items: [
        {
          name: '台式计算机',
          ledgerLineId: lineId,
          standardCode: 'item.desktop',
          quantity: 10,
          contractQuantity: 10,
          contractPriceFen: yuan(5_000),
          ...item,
        },
      ],
      held: new Map([[lineId, yuan(50_000)]]),
      ...given,
    })
  it('PRO-R10 never more than the award, the plan line, the standard or what was asked for', () => {
    expect(codesOf(signed({}))).toEqual([])
    expect(codesOf(signed({ awardFen: yuan(49_999) }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({ held: new Map([[lineId, yuan(49_999)]]) }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({}, { contractQuantity: 9, contractPriceFen: yuan(5_000) + 1 }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({}, { contractQuantity: 11, contractPriceFen: 1 }))).toEqual(['PRO-R10'])
  })
  it('PRO-R08 PRO-T05 signed by 2026-10-21 passes, later is marked', () => {
    const flag = (signedOn: string) => outcomeOf(signed({ signedOn }), 'PRO-R08')[0]?.outcome
    expect([flag('2026-10-21'), flag('2026-10-22')]).toEqual(['ok', 'warn'])
  })
  it('PRO-R12 A13-1 service contracts of three years, started years whole', () => {
    const term = (from: string | null, until: string | null) =>
      codesOf(signed({ kind: 'services', termFrom: from, termUntil: until }, { standardCode: null }))
    expect(term('2026-10-01', '2029-09-30')).toEqual([])
    expect(term('2026-10-01', '2029-10-01')).toEqual(['PRO-R12'])
    expect(term(null, null)).toEqual(['PRO-R12'])
  })
  it('a bond of a tenth is the most', () => {
    expect(codesOf(signed({ bondFen: yuan(5_000) }))).toEqual([])
    expect(codesOf(signed({ bondFen: yuan(5_000) + 1 }))).toEqual(['PRO-BOND'])
  })
})

describe('acceptance, payment, cards', () => {
  const came = (given: Partial<Parameters<typeof mayAccept>[0][number]>) => {
    const verdict = mayAccept(
      [{ name: '台', contracted: 10, alreadyAccepted: 4, delivered: 6, accepted: 6, note: '', ...given }],
      {
        deliveredOn: '2026-10-01',
        signedOn: '2026-09-29',
        today: '2026-10-02',
      },
    )
    return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
  }
  it('A11-1 nothing beyond the contract; what is faulty is said', () => {
    expect(came({})).toEqual([])
    expect(came({ delivered: 7, accepted: 7 })).toEqual(['beyond-contract'])
    expect(came({ accepted: 5 })).toEqual(['fault-unexplained'])
    expect(came({ accepted: 5, note: '外壳破损' })).toEqual([])
    expect(came({ delivered: 0, accepted: 0 })).toEqual(['nothing-delivered'])
    expect(came({ delivered: 5 })).toEqual(['accepted-beyond-delivered'])
  })

  it('PRO-R14 payments never pass what was accepted, in whatever order they come', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 12 }),
        (acceptedFen, asked) => {
          const paidFen = asked.reduce(
            (paid, amountFen) =>
              mayPay(
                { acceptedFen, paidFen: paid, pendingFen: 0 },
                { amountFen, invoiceOn: '2026-10-01' },
                '2026-10-01',
              ).ok
                ? paid + amountFen
                : paid,
            0,
          )
          expect(paidFen).toBeLessThanOrEqual(acceptedFen)
        },
      ),
    ))

  it('A34-1 a payment is taken from the plan lines whole, none beyond what was accepted of it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: 1, maxLength: 6 }),
        fc.nat(60_000),
        (pairs, wanted) => {
          const lines = pairs.map(([a, b], at) => ({
            ledgerLineId: String(at),
            acceptedFen: Math.max(a, b),
            paidFen: Math.min(a, b),
          }))
          const room = sum(lines.map(({ acceptedFen, paidFen }) => acceptedFen - paidFen))
          if (wanted > room) {
            expect(() => allocate(wanted, lines)).toThrow(RangeError)
            return
          }
          const parts = allocate(wanted, lines)
          expect(sum(parts.map(({ amountFen }) => amountFen))).toBe(wanted)
          for (const { ledgerLineId, amountFen } of parts) {
            const line = lines.find((one) => one.ledgerLineId === ledgerLineId)
            expect(amountFen).toBeLessThanOrEqual((line?.acceptedFen ?? 0) - (line?.paidFen ?? 0))
          }
        },
      ),
    ))

  it('PRO-R16 A12-2 as many things on cards as were asked for, never more than accepted', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.boolean(),
        fc.nat(5),
        (left, pieces, together, serials) => {
          const wanted = { serialNumbers: Array.from({ length: serials }, (_, at) => `SN${at}`), pieces, together }
          const item = { name: '台式计算机', classCode: 'A02010105', left }
          if (!mayMakeCards(item, wanted).ok) return
          const cards = cardsFor(left, wanted)
          expect(sum(cards.map(({ quantity }) => quantity))).toBeLessThanOrEqual(left)
          expect(new Set(cards.map(({ serialNumber }) => serialNumber).filter(Boolean)).size).toBe(
            Math.min(serials, cards.length),
          )
        },
      ),
    ))

  it('money of a part of a piece is rounded to the 分', () => {
    expect(costOf(2.5, 333)).toBe(833)
    expect(costOf(3, 999_999_999_999)).toBe(2_999_999_999_997)
  })
})

describe('terms and cases', () => {
  it('CAL-R05 the standards and the register of duties count every term alike', () => {
    for (const [term, code] of Object.entries(termCodes)) {
      const rule = termOf(term)?.rule
      expect(termOf(term)?.carrier, term).toEqual({ by: 'record', module: 'procurement' })
      if (code !== null)
        expect(rule?.kind === 'after-event' && rule.duration, term).toEqual(
          durationIn(figureFor(testTable, code, 'term').value),
        )
    }
  })

  it('every state admits these steps and no others', () => {
    expect([caseKindFaults(purchaseCase), caseKindFaults(paymentCase)]).toEqual([[], []])
    const expected: Record<PurchaseState, string[]> = {
      draft: ['submit', 'withdraw'],
      submitted: ['withdraw', 'giveBack', 'approve', 'refer'],
      'finance-review': ['consent', 'refuse'],
      purchasing: ['award', 'terminate', 'annul'],
      awarded: ['contract', 'terminate', 'annul'],
      contracted: ['accept', 'close', 'annul'],
      accepting: ['signPart', 'signAll', 'returnAcceptance'],
      accepted: ['supplement', 'close'],
      closed: [],
      withdrawn: [],
      terminated: [],
    }
    expect(Object.fromEntries(purchaseStates.map((state) => [state, transitionsFrom(purchaseCase, state)]))).toEqual(
      expected,
    )
  })

  it('nothing asked for is worse than a request without its plan line', () =>
    expect(worstOutcome(judgeRequest(facts({ lines: new Map() }), request()).findings)).toBe('block'))
})
