import { provided } from '#kernel/pure/verdict.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { levelRequestCase } from '../cases.ts'
import { law } from '../law.ts'
import type { Purpose } from '../model.ts'
import {
  insertLevelRequest,
  levelRequestById,
  offeredPage,
  type LevelRequestRow,
  type OfferedRow,
} from '../store/level.ts'
import { warehouseStandards } from './access.ts'
import type { Holder } from './holding.ts'
import { tellLevel } from './level-telling.ts'
import { judgeAllotment } from './requesting.ts'

/** Why another level's catalogue is read past the wall, wherever that is done. */
export const catalogueOnly = 'of another level’s warehouse the authority reads what its catalogue says (Art. 6, 23)'

export type AskingLevel = Readonly<{
  giverJurisdictionCode: string
  /** An organ of the asking level. */
  receiver: Holder
  purpose: Purpose
  reason: string
  document: string
  /** Pieces in use by standard item, of an organ that keeps no register here. */
  inUse: Readonly<Record<string, number>>
  /** The record that decided to ask; told what becomes of it (`onAllotmentEnded`). */
  source: { kind: string; id: string } | null
}>

/** The things as the other level offers them today; all of them, or none. */
export async function offeredOf(act: Act, giver: string, itemIds: readonly string[]): Promise<OfferedRow[]> {
  const ids = [...new Set(itemIds)]
  const filter = { jurisdictionCodes: [giver], today: act.today, ids }
  const offered = await beyondScope(act, catalogueOnly, () => offeredPage(act.tx, filter, undefined, ids.length))
  insist(
    provided(offered.length === ids.length, {
      code: 'not-on-offer',
      message: `所选物品中有${ids.length - offered.length}件已不在该公物仓的在架目录中。`,
      basis: law.sharing,
      remedy: '请刷新后重新选择。',
    }),
  )
  return offered
}

/**
 * Asks another level's authority for things that it offers, within the standard of who is to have them (GWC-R11). Nothing is
 * held by asking: until that authority agrees the things are its level's to give.
 */
export async function openLevelRequest(
  act: Act,
  organ: Holder,
  { giverJurisdictionCode, receiver, purpose, reason, document, inUse, source }: AskingLevel,
  offered: readonly OfferedRow[],
): Promise<LevelRequestRow> {
  const standards = await warehouseStandards(act, organ.jurisdictionCode)
  const holder = { id: receiver.id, name: receiver.name, jurisdictionCode: receiver.jurisdictionCode }
  const { findings } = await judgeAllotment(act, standards, { holder, inUse }, offered)
  const id = newId()
  const year = act.today.slice(0, 4)
  const number = `KJ-${year}-${String(await nextNumber(act.tx, `KJ-${organ.id}-${year}`)).padStart(4, '0')}`
  const opened = await openCase(act, levelRequestCase, {
    subjectId: id,
    title: `${organ.name}商请调剂 ${number}（${offered.length}件）`,
    applicantOrganId: organ.id,
    jurisdictionCode: giverJurisdictionCode,
  })
  await insertLevelRequest(
    act.tx,
    {
      id,
      organId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      receiverOrganId: receiver.id,
      receiverName: receiver.name,
      giverJurisdictionCode,
      number,
      purpose,
      reason,
      document,
      inUse: { ...inUse },
      findings,
      caseId: opened.id,
      askedOn: act.today,
      askedByName: act.actor.name,
      sourceKind: source?.kind ?? null,
      sourceId: source?.id ?? null,
    },
    offered.map((row) => ({ ...row, number: row.number ?? '', storeName: row.storeName ?? '' })),
  )
  const row = found(await levelRequestById(act.tx, id), '跨级调剂')
  await recordedOf(act, row, 'warehouse.level-asked', {
    number,
    giver: giverJurisdictionCode,
    receiver: receiver.name,
    items: offered.map((item) => item.number),
    reason,
    document,
  })
  const text = `${organ.name}商请调剂${offered.length}件公物仓物品给${receiver.name}（${number}），请答复。`
  await tellLevel(act, giverJurisdictionCode, row, text)
  return row
}

export async function recordedOf(
  act: Act,
  row: LevelRequestRow,
  fact: string,
  after: unknown,
  before?: unknown,
): Promise<void> {
  await record(act, fact, {
    subject: { kind: 'warehouse.level-request', id: row.id },
    organId: row.organId,
    ...(before === undefined ? {} : { before }),
    after,
  })
}
