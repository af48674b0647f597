import type { CardFacts } from '../model.ts'

/** A desktop computer as a clerk enters it; what a test is about is given. */
export function cardFacts(given: Partial<CardFacts> = {}): CardFacts {
  const costFen = given.costFen ?? 499_800
  const fiscalFen = given.fiscalFen ?? costFen
  return {
    organId: '00000000-0000-7000-8000-000000000001',
    jurisdictionCode: '140100',
    number: 'ZC-2024-000001',
    classCode: 'A02010105',
    classEdition: '2022',
    name: '台式计算机',
    model: '联想启天 M455',
    serialNumber: 'PC0XY12',
    unit: '台',
    quantity: 1,
    valueKind: 'cost',
    acquiredOn: '2024-03-08',
    acquiredBy: 'purchase',
    bookedOn: '2024-03-12',
    depreciationMonths: 72,
    state: 'in-use',
    department: '办公室',
    place: '主楼301',
    userName: '王丽娟',
    custodianId: null,
    custodianName: '王丽娟',
    supplier: '',
    contractNumber: '',
    invoiceNumber: '',
    voucherNumber: '',
    warrantyUntil: null,
    inspectionDue: null,
    note: '',
    detail: {},
    ...given,
    costFen,
    fiscalFen,
    otherFen: given.otherFen ?? costFen - fiscalFen,
  }
}
