import { systemActor } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import {
  demonstrationCreditCode,
  demonstrationHeadcount,
  demonstrationOrganId,
  demonstrationOrgans,
  type DemonstrationOrgan,
} from './reference/demonstration.ts'
import { shanxiJurisdictions } from './reference/jurisdictions.ts'
import { insertJurisdictions, insertOrgan, organRow, renameOrgan, replaceHeadcount, updateOrgan } from './store.ts'

/** The day the Regulation came into force; the demonstration's organs are older than its year of history. */
const since = '2021-01-01'

/** The jurisdictions of Shanxi; repeatable. */
export async function loadReference({ tx }: Act): Promise<void> {
  await insertJurisdictions(tx, shanxiJurisdictions())
}

/** Organs of the province, Taiyuan and Qingxu county with their posts; repeatable. */
export async function loadDemonstration(act: Act, log: (line: string) => void): Promise<void> {
  let added = 0
  for (const [index, organ] of demonstrationOrgans.entries())
    if (!(await organRow(act.tx, demonstrationOrganId(organ.key), act.today))) {
      await addOrgan({ ...act, actor: systemActor }, organ, String(101_001 + index * 1000))
      added++
    }
  log(`机关 ${added} 个`)
}

async function addOrgan(act: Act, organ: DemonstrationOrgan, budgetCode: string): Promise<void> {
  const { key, level: _, formerName, ...fields } = organ
  const id = demonstrationOrganId(key)
  const row = {
    ...fields,
    id,
    parts: [...organ.parts],
    creditCode: demonstrationCreditCode(organ),
    budgetCode,
    validFrom: since,
  }
  await insertOrgan(act.tx, { ...row, name: formerName ?? organ.name }, '机构改革方案')
  if (formerName !== null) await takeName(act, id, organ)
  await replaceHeadcount(act.tx, id, since, demonstrationHeadcount(organ), '核定编制批复')
  await record(act, 'organs.organ-registered', { subject: { kind: 'organs.organ', id }, organId: id, after: row })
}

/** One organ was renamed once, so that the history of names has something to show. */
async function takeName({ tx, today }: Act, id: string, { name, shortName }: DemonstrationOrgan): Promise<void> {
  await renameOrgan(tx, id, { name, shortName, validFrom: '2023-07-01', document: '县机构编制委员会批复' })
  await updateOrgan(tx, { ...found(await organRow(tx, id, today), '机关'), name })
}
