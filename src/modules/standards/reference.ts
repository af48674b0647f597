import { createHash } from 'node:crypto'
import type { Act } from '#kernel/server/context.ts'
import type { StandardKind } from './model.ts'
import { catalogueEntries, parameters } from './reference/catalogue-and-parameters.ts'
import { economicCodes } from './reference/economic-codes.ts'
import { itemStandards } from './reference/item-standards.ts'
import { insertCatalogueEntry, insertEconomicCode, insertStandard } from './store.ts'

const province = '140000'
/** The Regulation's first day: procedure parameters and catalogue count from then (A45-1). */
const inForceFrom = '2021-01-01'

/** Loads the standards every jurisdiction starts from; repeatable, because the id of a row follows from its code and first day. */
export async function loadReference({ tx }: Act): Promise<void> {
  for (const { code, title, value, citation, from, confidence } of itemStandards)
    await insertStandard(tx, { ...scope(code, from), kind: 'physical-quota', title, value, citation, confidence })
  for (const { code, title, value, unit, citation, confidence } of parameters)
    await insertStandard(tx, {
      ...scope(code, inForceFrom),
      kind: 'parameter',
      title,
      value: { amount: value, unit },
      citation,
      confidence,
    })
  for (const entry of catalogueEntries)
    await insertCatalogueEntry(tx, {
      ...entry,
      id: idOf(`catalogue.${entry.needKind}.${inForceFrom}`),
      jurisdictionCode: province,
      from: inForceFrom,
      until: null,
    })
  for (const code of economicCodes)
    await insertEconomicCode(tx, { ...code, needKinds: [...code.needKinds], fromYear: 2018, untilYear: null })
}

function scope(
  code: string,
  from: string,
): { id: string; code: string; jurisdictionCode: string; level: null; from: string; until: null; kind: StandardKind } {
  return {
    id: idOf(`standard.${code}.${from}`),
    code,
    jurisdictionCode: province,
    level: null,
    from,
    until: null,
    kind: 'physical-quota',
  }
}

/** A UUID that follows from a name, so that loading twice makes one row. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`yunbao.${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
