import { addDays } from '#kernel/pure/local-date.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { jurisdictionsWithStandards } from '#modules/standards/offers.ts'
import { dueCodes } from './actions/upkeep.ts'
import { matterOfKind, partOfMatter } from './model.ts'
import { claimReminder } from './store/look.ts'

export const jobs: JobHandlers = {
  'drafting.remind-yearly': { title: '标准年度复核提醒', cron: '10 7 * * *', run: remindYearly },
}

/** A9-2: standards not looked at for a year; the department that sets them is told, at most once in thirty days. */
async function remindYearly({ transact }: JobWork): Promise<{ reminded: number }> {
  const places = await transact(({ tx, today }) => jurisdictionsWithStandards(tx, today))
  let reminded = 0
  for (const jurisdictionCode of places) reminded += await transact((act) => remind(act, jurisdictionCode))
  return { reminded }
}

async function remind(act: Act, jurisdictionCode: string): Promise<number> {
  const { tx, today } = act
  const due = await dueCodes(tx, jurisdictionCode, today)
  let reminded = 0
  for (const part of ['authority', 'finance'] as const) {
    const own = due.filter(({ kind }) => partOfMatter(matterOfKind(kind)) === part)
    const organ = own.length === 0 ? null : await partyOrgan(tx, jurisdictionCode, part, today)
    if (organ === null) continue
    if (!(await claimReminder(tx, jurisdictionCode, part, { today, notSince: addDays(today, -30) }))) continue
    await notify(act, {
      organId: organ.id,
      roles: part === 'finance' ? ['finance-reviewer'] : ['plan-reviewer'],
      link: '/standards/due',
      text: `有${own.length}项标准一年未复核，请复核是否需要调整。`,
    })
    reminded++
  }
  return reminded
}
