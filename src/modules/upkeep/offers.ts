import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { levelOfInstallation, organsWithRole } from '#modules/people/offers.ts'

/** Tells those who look after the installation: the system administrators of the highest level. */
export async function tellSystemAdministrators(act: Act, text: string): Promise<void> {
  const { tx, today } = act
  const highest = await levelOfInstallation(tx, 'system-administrator', today)
  for (const { organId, level } of await organsWithRole(tx, 'system-administrator', today))
    if (level === highest) await notify(act, { organId, roles: ['system-administrator'], link: '/upkeep', text })
}
