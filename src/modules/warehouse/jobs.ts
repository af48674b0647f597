import { keeperRoles } from '#kernel/pure/actor.ts'
import { notify, wasTold } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandlers } from '#kernel/server/jobs.ts'
import { longIdle } from '#modules/assets/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { workCalendar } from './actions/access.ts'
import { warehouseRoles } from './policy.ts'
import { intakeDue } from './rules/intake.ts'

export const jobs: JobHandlers = {
  'warehouse.remind-idle': {
    title: '闲置资产入仓提醒',
    cron: '30 8 * * *',
    run: async ({ transact }) => ({ told: await transact(remindIdle) }),
  },
}

/**
 * GWC-R02: organs with things idle for half a year are told to hand them in, once a month; their authority is told when the
 * term to do so has passed.
 * @returns how many were told
 */
export async function remindIdle(act: Act): Promise<number> {
  const { tx, today } = act
  // The province's figure; the terms of a level are reckoned by its own below.
  const national = await standardTable(tx, '140000', today, ['warehouse.'])
  const half = figureFor(national, 'warehouse.idle-term', 'term').value.amount
  const calendar = await workCalendar(act)
  const owing = await longIdle(tx, monthsLater(today, -half))
  const names = await organNames(
    tx,
    owing.map(({ organId }) => organId),
  )
  let told = 0
  for (const { organId, jurisdictionCode, cards, earliest } of owing) {
    const standards = await standardTable(tx, jurisdictionCode, today, ['warehouse.'])
    const dueOn = intakeDue(standards, 'G1', monthsLater(earliest, half), calendar) ?? today
    const late = today > dueOn
    const link = `/warehouse/intakes/new?month=${today.slice(0, 7)}&organ=${organId}`
    if (await wasTold(tx, link, '')) continue
    const what = `${cards}件资产闲置满半年`
    await notify(act, {
      organId,
      roles: keeperRoles,
      link,
      text: `本机关${what}，${late ? `应于${dueOn}前申请入公物仓，已逾期` : `请于${dueOn}前申请入公物仓`}；仍需使用的请更新使用状况。`,
    })
    told++
    const authority = late ? await act.directory.partyOrgan(tx, jurisdictionCode, 'authority', today) : null
    if (authority)
      await notify(act, {
        organId: authority.id,
        roles: warehouseRoles,
        link: `/warehouse/intakes/new?organ=${organId}`,
        text: `${names.get(organId) ?? ''}${what}，逾期未申请入公物仓（应于${dueOn}前）。`,
      })
  }
  return told
}
