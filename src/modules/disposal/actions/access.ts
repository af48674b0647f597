import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { applicationStateLabels, type ApplicationState } from '../model.ts'
import { maySeeApplication } from '../policy.ts'
import { applicationById, type ApplicationRow } from '../store/application.ts'

/** @throws Missing when there is none, or none the actor may know of */
export async function seenApplication(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
  lock = false,
): Promise<ApplicationRow> {
  const row = found(await applicationById(tx, id, lock), '处置申请')
  if (!maySeeApplication(actor, row)) throw new Missing('处置申请')
  return row
}

/** The application, held until the act is done, as the person saw it. */
export async function lockedApplication(
  act: Act,
  { applicationId, version }: { applicationId: string; version: number },
): Promise<ApplicationRow> {
  const row = await seenApplication(act, applicationId, true)
  if (row.version !== version)
    throw new Conflict(
      '处置申请',
      `处置申请刚刚被他人办理或修改（您看到的是第${version}版，现为第${row.version}版）。请刷新后核对，再重新提交。`,
    )
  return row
}

/** The state a step begins in, or why it is not its turn. */
export function inState({ state }: Pick<ApplicationRow, 'state'>, ...states: ApplicationState[]): Verdict {
  return provided(states.includes(state), {
    code: 'disposal-state',
    message: `处置申请现为“${applicationStateLabels[state]}”，不能办理这一步。`,
    remedy: '请刷新后核对当前环节。',
  })
}

export const subjectOf = ({ id, organId }: Pick<ApplicationRow, 'id' | 'organId'>) => ({
  subject: { kind: 'disposal.application', id },
  organId,
})

export const linkOf = ({ id }: Pick<ApplicationRow, 'id'>) => `/disposal/applications/${id}`
