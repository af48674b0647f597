import { refused, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { law } from './law.ts'
import { organFindings } from './rules.ts'
import { insertOrgan, jurisdictionOf, organNeighbourhood, organsWithPart } from './store.ts'

/**
 * The authority of a jurisdiction that has none yet, by whoever runs the machine; every other organ is registered by it.
 * @returns its id
 * @throws Missing for an unknown code; Refused when there is an authority, or for what the rules say of any organ
 */
export async function registerFirstAuthority(
  act: Act,
  given: { jurisdictionCode: string; name: string; shortName: string },
): Promise<string> {
  const jurisdiction = found(
    await jurisdictionOf(act.tx, given.jurisdictionCode, act.today),
    `行政区划${given.jurisdictionCode}`,
  )
  const present = (await organsWithPart(act.tx, given.jurisdictionCode, 'authority', act.today))[0]
  if (present)
    insist(
      refused({
        code: 'authority-exists',
        message: `本级已登记机关事务管理部门“${present.name}”。`,
        basis: law.authority,
        remedy: '其他机关由它登记。',
      }),
    )
  const draft = {
    ...given,
    kind: 'K03' as const,
    parts: ['authority' as const],
    creditCode: null,
    budgetCode: null,
    inCompound: true,
    secretUnit: false,
    tradeUnion: false,
    validFrom: act.today,
  }
  insist(
    verdictOf(organFindings(draft, { jurisdiction, ...(await organNeighbourhood(act.tx, draft, act.today, null)) })),
  )
  const id = newId()
  await insertOrgan(act.tx, { ...draft, id }, null)
  await record(act, 'organs.organ-registered', { subject: { kind: 'organs.organ', id }, organId: id, after: draft })
  return id
}
