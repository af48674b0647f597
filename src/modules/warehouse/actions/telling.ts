import { keeperRoles } from '#kernel/pure/actor.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { askingRoles, reviewerRoles, warehouseRoles } from '../policy.ts'
import type { IntakeRow } from '../store/intake.ts'
import type { RequestRow } from '../store/request.ts'

const pageOf = ({ id }: { id: string }) => `/warehouse/requests/${id}`

/** Tells finance of the level that an allotment waits for its consent. */
export async function tellFinance(act: Act, request: RequestRow): Promise<void> {
  const finance = await act.directory.partyOrgan(act.tx, request.jurisdictionCode, 'finance', act.today)
  if (finance)
    await notify(act, {
      organId: finance.id,
      roles: ['finance-reviewer'],
      link: pageOf(request),
      text: `公物仓向${request.organName}调拨${request.items}件（${request.number}），请审核。`,
    })
}

/** Tells the organ that asked how its request stands. */
export async function tellAsking(act: Act, request: RequestRow, text: string): Promise<void> {
  await notify(act, { organId: request.organId, roles: askingRoles, link: pageOf(request), text })
}

/** Tells the authority of the level. */
export async function tellAuthority(act: Act, request: RequestRow, text: string): Promise<void> {
  const authority = await act.directory.partyOrgan(act.tx, request.jurisdictionCode, 'authority', act.today)
  if (authority) await notify(act, { organId: authority.id, roles: reviewerRoles, link: pageOf(request), text })
}

/** Tells the organ that hands things in. */
export async function tellHolder(act: Act, intake: IntakeRow, text: string): Promise<void> {
  await notify(act, { organId: intake.organId, roles: keeperRoles, link: `/warehouse/intakes/${intake.id}`, text })
}

/** Tells who runs the warehouse of the level. */
export async function tellWarehouse(act: Act, intake: IntakeRow, text: string): Promise<void> {
  const authority = await act.directory.partyOrgan(act.tx, intake.jurisdictionCode, 'authority', act.today)
  if (authority)
    await notify(act, { organId: authority.id, roles: warehouseRoles, link: `/warehouse/intakes/${intake.id}`, text })
}
