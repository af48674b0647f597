import { shortForm } from '#kernel/server/audit/checkpoint.ts'
import { latestCheckpoint } from '#kernel/server/audit/tree-store.ts'
import { notify, wasTold } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { organsWithRole } from '#modules/people/offers.ts'

const page = '/record/audit'

/** Tells the audit administrators of every level: the record is one for the whole installation. */
export async function tellAuditAdministrators(act: Act, text: string): Promise<void> {
  for (const { organId } of await organsWithRole(act.tx, 'audit-administrator', act.today))
    await notify(act, { organId, roles: ['audit-administrator'], link: page, text })
}

/** The daily notice: whoever keeps it can show later that the record was not rewritten. Once a day however often it runs. */
export async function tellCheckpoint(act: Act): Promise<void> {
  const newest = await latestCheckpoint(act.tx)
  if (!newest) return
  const text = `审计检查点（${act.today}）：${shortForm(newest)}。请另行留存，日后可用 yunbao verify --checkpoint 核对。`
  if (!(await wasTold(act.tx, page, `审计检查点（${act.today}）`))) await tellAuditAdministrators(act, text)
}
