import { todayHere } from '#kernel/web/dates.ts'
import { StateTag } from '#kernel/web/StateTag.tsx'

/** 在用, or until when; a last day to come is told before it comes. */
export function OrganStateTag({
  of: { validFrom, validUntil },
}: {
  of: { validFrom: string; validUntil: string | null }
}) {
  const today = todayHere()
  if (validFrom > today) return <StateTag tone="waiting" word={`${validFrom} 起`} />
  if (validUntil === null) return <StateTag tone="done" word="在用" />
  return validUntil < today ? (
    <StateTag tone="refused" word="已停用" />
  ) : (
    <StateTag tone="warn" word={`用至 ${validUntil}`} />
  )
}
