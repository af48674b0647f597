import { Go } from '#kernel/web/going.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { officeRoles } from '#kernel/pure/actor.ts'
import { holdingSources, type Holding } from '../model.ts'

/** Where a count comes from; counted cards can be opened by who reads cards. */
export function HoldingSource({ of: { source, classCode }, organId }: { of: Holding; organId?: string }) {
  const { roles } = useMe()
  const opens = classCode !== null && roles.some((role) => (officeRoles as readonly string[]).includes(role))
  return (
    <>
      {holdingSources[source]}
      {opens && (
        <>
          {' '}
          <Go to={cardsPath(classCode, organId)}>查看卡片</Go>
        </>
      )}
    </>
  )
}

function cardsPath(classCode: string, organId: string | undefined): string {
  return `/assets/cards?${new URLSearchParams({ classPrefix: classCode, ...(organId ? { organId } : {}) })}`
}
