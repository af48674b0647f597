import type { Act } from '#kernel/server/context.ts'
import { namedId } from '#kernel/server/identifier.ts'
import { catalogueEntries } from './reference/catalogue.ts'
import { economicCodes } from './reference/economic-codes.ts'
import { province, seedKey, seedRow } from './reference/seed.ts'
import { standardSeeds } from './reference/standards.ts'
import { insertCatalogueEntry, insertEconomicCode, insertReference } from './store.ts'

/** The Regulation's first day: the catalogue counts from then (A45-1). */
const inForceFrom = '2021-01-01'

/** Loads the standards every jurisdiction starts from; repeatable, because the id of a row follows from its key and first day. */
export async function loadReference({ tx }: Act): Promise<void> {
  await insertReference(
    tx,
    standardSeeds.map((seed) => seedRow(seed, namedId(seedKey(seed)))),
  )
  for (const entry of catalogueEntries)
    await insertCatalogueEntry(tx, {
      ...entry,
      items: [],
      id: namedId(`catalogue.${entry.needKind}.${inForceFrom}`),
      jurisdictionCode: province,
      from: inForceFrom,
      until: null,
    })
  for (const code of economicCodes)
    await insertEconomicCode(tx, { ...code, needKinds: [...code.needKinds], fromYear: 2018, untilYear: null })
}
