import type { CatalogueEntry, Standard } from '#modules/standards/model.ts'
import type { StandardValue } from '#modules/standards/model/value.ts'
import { needKinds } from '#modules/standards/model.ts'
import { catalogueEntries } from '#modules/standards/reference/catalogue.ts'
import { keyOf, keyText, type CatalogueChange, type Change, type StandardChange } from '../model.ts'
import type { DraftFacts } from '../rules/facts.ts'

let serial = 0
const nextId = () => `00000000-0000-7000-8000-${String(++serial).padStart(12, '0')}`

export function itemValue(changes: Partial<Extract<StandardValue, { form: 'item' }>> = {}): StandardValue {
  return {
    form: 'item',
    unit: '台',
    limit: { basis: 'percent-of-staff', percent: 100 },
    priceCapFen: 500_000,
    minimumYears: 6,
    yearsMustBeExceeded: false,
    assetClass: null,
    exceptionAllowed: false,
    ...changes,
  }
}

/** The row of the province for desktop computers, changed as the test needs. */
export function standardRow(changes: Partial<Standard> = {}): Standard {
  return {
    id: nextId(),
    code: 'item.desktop',
    kind: 'physical-quota',
    title: '台式计算机',
    jurisdictionCode: '140000',
    level: null,
    rank: null,
    value: itemValue(),
    from: '2016-07-01',
    until: null,
    citation: '财资〔2016〕27号',
    confidence: 'A',
    note: '',
    norms: ['A22-1'],
    restsOn: [],
    ...changes,
  }
}

export function standardChange(changes: Partial<StandardChange> = {}, lineNo = 1): Change<StandardChange> {
  return {
    id: nextId(),
    lineNo,
    subject: 'standard',
    act: 'add',
    replacesId: null,
    code: 'item.desktop',
    title: '台式计算机',
    kind: 'physical-quota',
    level: null,
    rank: null,
    value: itemValue({ priceCapFen: 450_000 }),
    until: null,
    citation: '',
    note: '',
    restsOn: [],
    localDecision: false,
    reason: '市场价格下降',
    ...changes,
  }
}

export function catalogueChange(changes: Partial<CatalogueChange> = {}, lineNo = 1): Change<CatalogueChange> {
  return {
    id: nextId(),
    lineNo,
    subject: 'catalogue',
    act: 'add',
    replacesId: null,
    needKind: 'N01',
    centralised: 'yes',
    provided: true,
    items: [],
    note: '',
    citation: '',
    reason: '统一保障可节约经费',
    ...changes,
  }
}

/** The catalogue as the Regulation lays it down, of the province. */
export const provincialCatalogue: readonly CatalogueEntry[] = needKinds.flatMap((needKind) =>
  catalogueEntries
    .filter((entry) => entry.needKind === needKind)
    .map((entry) => ({
      ...entry,
      items: [],
      id: nextId(),
      jurisdictionCode: '140000',
      from: '2021-01-01',
      until: null,
    })),
)

/** A sound draft of the city of Taiyuan, consulted on, to come into force in the new year; changed as the test needs. */
export function draftFacts(changes: Partial<DraftFacts> = {}): DraftFacts {
  const lines = changes.changes ?? [standardChange()]
  return {
    matter: 'standard',
    jurisdictionCode: '140100',
    head: {
      documentTitle: '太原市机关办公设备配置标准',
      reason: '按照市场价格变化调整',
      inForceOn: '2027-01-01',
      retroactiveGround: '',
    },
    changes: lines,
    rows: [standardRow()],
    entries: provincialCatalogue,
    quotaCodes: new Set(['item.desktop', 'service.cleaning']),
    localRows: new Set(),
    consultation: {
      closed: true,
      consulted: Object.fromEntries(lines.map((line) => [keyText(keyOf(line)), line])),
    },
    today: '2026-11-23',
    ...changes,
  }
}
