import { found } from '#kernel/server/errors.ts'
import { classOf, type AssetClass } from '#modules/assets/model/classes.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import type { OrganRow } from '#modules/organs/offers.ts'

type Entry = Pick<CardFacts, 'classCode' | 'name' | 'model' | 'costFen' | 'acquiredOn' | 'bookedOn' | 'state'> &
  Partial<CardFacts>

/** Months of the books that organs of the demonstration kept before. */
function monthsOf(depreciation: AssetClass['depreciation']): number {
  if (depreciation === 'furniture') return 180
  return depreciation === 'electrical' || depreciation === 'broadcasting' ? 60 : 72
}

/** A thing bought with budget money, as an organ's book lists it; what an entry does not say stands at its usual value. */
export function bookEntry(organ: OrganRow, entry: Entry): CardFacts {
  const assetClass = found(classOf('2022', entry.classCode), entry.classCode)
  return {
    organId: organ.id,
    jurisdictionCode: organ.jurisdictionCode,
    number: '',
    classEdition: '2022',
    serialNumber: '',
    unit: assetClass.unit,
    quantity: 1,
    valueKind: 'cost',
    fiscalFen: entry.costFen,
    otherFen: 0,
    acquiredBy: 'purchase',
    depreciationMonths: monthsOf(assetClass.depreciation),
    department: '',
    place: '',
    userName: '',
    custodianId: null,
    custodianName: '',
    supplier: '',
    contractNumber: '',
    invoiceNumber: '',
    voucherNumber: '',
    warrantyUntil: null,
    inspectionDue: null,
    note: '',
    detail: assetClass.detail === 'furniture' ? { rank: '处级及以下' } : {},
    ...entry,
  }
}
