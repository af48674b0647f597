import { insist, permit } from '#kernel/server/errors.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { newId } from '#kernel/server/identifier.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { termOf } from '../reference/terms.ts'
import { mayRemind } from '../rules/reminding.ts'
import { dutyStateOf } from '../rules/reckoning.ts'
import { keepReminders } from '../store/reminder.ts'
import { bearerOrgan } from './duty-view.ts'
import { seenDuty } from './list.ts'
import { reckoned } from './scope.ts'

export const remindActions: Pick<ActionsOf<typeof contract>, 'remind'> = {
  /** A39-1: supervision reminds the organ's head and clerk; recorded, and at most once a day for one duty. */
  async remind(act) {
    const { key, text } = act.input
    const row = await seenDuty(act, key)
    permit(can.supervise(act.actor, row))
    const state = dutyStateOf(row, await reckoned(act))
    insist(mayRemind({ state, remindedToday: false }))
    const remindedOrganId = await bearerOrgan(act, row)
    const kept = await keepReminders(act.tx, [
      {
        id: newId(),
        dutyKey: key,
        term: row.term,
        organId: row.organId,
        jurisdictionCode: row.jurisdictionCode,
        remindedOrganId,
        kind: 'supervision',
        day: act.today,
        text,
        sentBy: act.actor.personId,
        sentByName: act.actor.name,
        at: act.now,
      },
    ])
    insist(mayRemind({ state, remindedToday: !kept.has(key) }))
    const organName = (await act.directory.organNames(act.tx, [remindedOrganId])).get(remindedOrganId) ?? ''
    await notify(act, {
      organId: remindedOrganId,
      roles: [
        'organ-head',
        'organ-clerk',
        ...(row.party === 'applicant' ? [] : (termOf(row.term)?.bearer.roles ?? [])),
      ],
      link: `/duties?key=${encodeURIComponent(key)}`,
      text: `督办提醒：“${row.title}”最后一日${row.dueOn}。${text}`,
    })
    await record(act, 'duties.reminded', {
      subject: { kind: 'duties.duty', id: key },
      organId: row.organId,
      after: { term: row.term, dueOn: row.dueOn, state, text },
      basis: law.supervision,
    })
    return {
      reminder: { kind: 'supervision' as const, text, sentBy: act.actor.name, at: act.now },
      remindedOrganName: organName,
    }
  },
}
