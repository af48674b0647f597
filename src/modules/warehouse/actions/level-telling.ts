import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { reviewerRoles } from '../policy.ts'
import type { LevelRequestRow } from '../store/level.ts'

const pageOf = ({ id }: { id: string }) => `/warehouse/levels/requests/${id}`

/** Tells the authority of one of the two levels. */
export async function tellLevel(
  act: Act,
  jurisdictionCode: string,
  row: Pick<LevelRequestRow, 'id'>,
  text: string,
): Promise<void> {
  const authority = await act.directory.partyOrgan(act.tx, jurisdictionCode, 'authority', act.today)
  if (authority) await notify(act, { organId: authority.id, roles: reviewerRoles, link: pageOf(row), text })
}

/** Tells finance of the giving level that the request waits for its consent. */
export async function tellLevelFinance(act: Act, row: LevelRequestRow): Promise<void> {
  const finance = await act.directory.partyOrgan(act.tx, row.giverJurisdictionCode, 'finance', act.today)
  if (finance)
    await notify(act, {
      organId: finance.id,
      roles: ['finance-reviewer'],
      link: pageOf(row),
      text: `本级公物仓拟调剂${row.items}件给${row.receiverName}（${row.askingName}商请，${row.number}），请审核。`,
    })
}
