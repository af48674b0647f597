import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { organsWithRole } from '#modules/people/offers.ts'

/** Tells the system administrators of every level: the installation is one for all of them. */
export async function tellSystemAdministrators(act: Act, text: string): Promise<void> {
  for (const { organId } of await organsWithRole(act.tx, 'system-administrator', act.today))
    await notify(act, { organId, roles: ['system-administrator'], link: '/upkeep', text })
}
