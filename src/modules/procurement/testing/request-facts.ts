import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { testTable } from '#modules/standards/testing/table.ts'
import { PurchaseRequest } from '../model.ts'
import type { RequestFacts } from '../rules/request.ts'

export const calendar = makeCalendar(builtInNotices)
export const yuan = (amount: number) => amount * 100
export const organId = '0192f3a0-0000-7000-8000-000000000001'
export const lineId = '0192f3a0-0000-7000-8000-000000000002'
export const codesOf = (findings: readonly Finding[]) =>
  findings.filter(({ outcome }) => outcome === 'block').map(({ rule }) => rule)
export const outcomeOf = (findings: readonly Finding[], rule: string) =>
  findings.filter((finding) => finding.rule === rule)

export const facts = (given: Partial<RequestFacts> = {}): RequestFacts => ({
  table: testTable,
  level: 'city',
  organId,
  today: '2026-04-06',
  lines: new Map([
    [
      lineId,
      {
        id: lineId,
        number: 'JH-1',
        itemName: '台式计算机',
        year: 2026,
        needKind: 'N09',
        holderOrganId: organId,
        servedOrganId: organId,
        remainingFen: yuan(10_000_000),
        remainingCenti: 100_000,
      },
    ],
  ]),
  central: new Set(),
  units: new Map([[organId, { staffInPost: 60, bureauStaff: 2, classified: false }]]),
  held: new Map(),
  inStock: new Map(),
  boughtSame: new Map(),
  year: { totalFen: 0, reservedFen: 0, microFen: 0 },
  ...given,
})
export const request = (
  given: Partial<PurchaseRequest> = {},
  item: Partial<PurchaseRequest['items'][number]> = {},
): PurchaseRequest =>
  PurchaseRequest.parse({
    title: '台式计算机采购',
    kind: 'goods',
    requirement: '办公用台式计算机',
    expectedOn: '2026-05-06',
    method: 'framework',
    organisation: 'agency',
    reservedFor: 'micro',
    ...given,
    items: [
      {
        ledgerLineId: lineId,
        name: '台式计算机',
        unit: '台',
        quantity: 5,
        unitPriceFen: yuan(4_600),
        standardCode: 'item.desktop',
        ...item,
      },
    ],
  })
export const plain = { standardCode: null, name: '法律咨询', quantity: 1 }
