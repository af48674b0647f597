import { systemActor } from '#kernel/pure/actor.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { clearanceCases } from '../cases.ts'
import type { ClearanceTrigger } from '../model/clearance.ts'
import { bodyById, changeBodyRow, endUse } from '../store/body.ts'
import {
  changeClearance,
  clearanceById,
  enterIntake,
  insertClearance,
  insertThings,
  leaveIntake,
  settleIntake,
  type ClearanceRow,
  type NewThing,
} from '../store/clearance.ts'
import { askingRoles, warehouseRoles } from '../policy.ts'

export const clearancePage = (id: string) => `/warehouse/clearances/${id}`

export type ToClear = Readonly<{
  organ: { id: string; jurisdictionCode: string }
  trigger: ClearanceTrigger
  /** The day of the event: the body ended, the organ was merged, the oldest thing had stood idle for half a year. */
  triggeredOn: string
  /** First day of the term: the event, or the day of the task for idle things (facts 3.2). */
  clockFrom: string
  bodyId: string | null
  document: string
  reason: string
  things: readonly NewThing[]
}>

/** Opens a task to clear things away within its term, and tells those who have it to do. */
export async function openClearance(act: Act, { organ, clockFrom, things, ...given }: ToClear): Promise<ClearanceRow> {
  const id = newId()
  const year = act.today.slice(0, 4)
  const number = `QL-${year}-${String(await nextNumber(act.tx, `QL-${organ.id}-${year}`)).padStart(4, '0')}`
  const kind = clearanceCases[given.trigger]
  const opened = await openCase(act, kind, {
    subjectId: id,
    title: `${kind.title} ${number}（${things.length}件）`,
    applicantOrganId: organ.id,
    jurisdictionCode: organ.jurisdictionCode,
    clockFrom,
  })
  const { dueOn } = found(await caseById(act.tx, opened.id, false), '办理事项')
  await insertClearance(act.tx, {
    id,
    organId: organ.id,
    jurisdictionCode: organ.jurisdictionCode,
    number,
    dueOn: dueOn ?? act.today,
    caseId: opened.id,
    openedOn: act.today,
    ...given,
  })
  const former = await insertThings(act.tx, { id, organId: organ.id }, things)
  const { trigger, triggeredOn, document, reason } = given
  await record(act, 'warehouse.clearance-opened', {
    subject: { kind: 'warehouse.clearance', id },
    organId: organ.id,
    after: { number, trigger, triggeredOn, dueOn, document, reason, items: things.length },
  })
  await endIfClear(act, [id, ...former])
  return found(await clearanceById(act.tx, id), '清理任务')
}

/** Ends those of these clearances of which nothing is open any more; the last thing may have been another organ's to settle. */
export async function endIfClear(act: Act, clearanceIds: readonly string[]): Promise<void> {
  if (clearanceIds.length === 0) return
  await beyondScope(act, 'a clearance ends with its last thing, whoever accounted for it (Art. 23)', async () => {
    for (const id of [...new Set(clearanceIds)].toSorted()) {
      const clearance = await clearanceById(act.tx, id, true)
      if (!clearance || clearance.state !== 'open' || clearance.open > 0) continue
      await moveCase({ ...act, actor: systemActor }, clearanceCases[clearance.trigger], clearance.caseId, 'finish', {
        opinion: '清单中的资产已全部处理。',
      })
      await changeClearance(act.tx, id, { state: 'cleared', clearedOn: act.today })
      const body = clearance.bodyId === null ? undefined : await bodyById(act.tx, clearance.bodyId, true)
      if (body && body.endedOn !== null) await changeBodyRow(act.tx, body, { clearedOn: act.today })
      await record(act, 'warehouse.clearance-cleared', {
        subject: { kind: 'warehouse.clearance', id },
        organId: clearance.organId,
        before: { state: 'open' },
        after: { state: 'cleared', number: clearance.number, items: clearance.things },
      })
    }
  })
}

const anyHolder = 'a thing that an organ lent to a body is cleared away with the rest of it (Art. 23)'

/** An intake took cards up that are to be cleared away. */
export async function takenUp(act: Act, cardIds: readonly string[], intakeId: string): Promise<void> {
  await endIfClear(act, await beyondScope(act, anyHolder, () => enterIntake(act.tx, cardIds, intakeId, act.today)))
}

/** An intake came to nothing: its cards are to be cleared away as before. */
export async function givenBack(act: Act, intakeId: string): Promise<void> {
  await beyondScope(act, anyHolder, () => leaveIntake(act.tx, intakeId))
}

/** An intake was signed for: its things are in the warehouse, and no body uses them any more. */
export async function takenIn(act: Act, intake: { id: string; number: string }, cardIds: readonly string[]) {
  await endUse(act.tx, cardIds, act.today, `入公物仓 ${intake.number}`)
  await endIfClear(act, await settleIntake(act.tx, intake.id, act.today))
}

/** Tells the organ whose things are to be cleared away. */
export async function tellOrganOf(act: Act, clearance: ClearanceRow, text: string): Promise<void> {
  await notify(act, { organId: clearance.organId, roles: askingRoles, link: clearancePage(clearance.id), text })
}

/** Tells who runs the warehouse of the level. */
export async function tellAuthorityOf(act: Act, clearance: ClearanceRow, text: string): Promise<void> {
  const authority = await act.directory.partyOrgan(act.tx, clearance.jurisdictionCode, 'authority', act.today)
  if (authority)
    await notify(act, { organId: authority.id, roles: warehouseRoles, link: clearancePage(clearance.id), text })
}
