/**
 * What the audit administrator is shown of a row. The three administrators see no business content (ROLE-R03), and nobody
 * sees personal data without need: of business facts only fields that say how far a matter is, of the system's own facts
 * all but personal data. The rest is told to be there.
 */
export const hiddenText = '（已遮蔽）'

/** Facts that are the system's own: accounts, roles, tokens of machines, organs, calendar, denials, the record itself. */
const systemFacts = /^(people|organs|calendar|record|machines)\.|^kernel\.(denied|audit-)/

/** Fields of business facts that say how far a matter is, not what is in it. */
const courseFields = new Set([
  'state',
  'number',
  'version',
  'planVersion',
  'year',
  'kind',
  'dueOn',
  'late',
  'overdue',
  'outcome',
  'rows',
  'format',
  'validFrom',
  'validUntil',
  'step',
])

const personalFields =
  /phone|mobile|email|contact|identity|address|bank|reporter|birth|联系|电话|手机|身份证|住址|账号/i

/** Fields without which one could not tell one account or organ from another; names of persons are not among them. */
export function isShownToAuditor(fact: string, field: string): boolean {
  if (personalFields.test(field)) return false
  return systemFacts.test(fact) || courseFields.has(field)
}

export type ChangeShown = { field: string; before: unknown; after: unknown; hidden: boolean }

/** Fields that an act set or changed, each with what was and what is; hidden ones say only that they changed. */
export function changesForAuditor(fact: string, before: unknown, after: unknown): ChangeShown[] {
  const [old, next] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(next[field]))
    .map((field) => {
      const hidden = !isShownToAuditor(fact, field)
      const shown = (fields: Record<string, unknown>) =>
        field in fields ? (hidden ? hiddenText : withoutPersonal(fields[field])) : null
      return { field, before: shown(old), after: shown(next), hidden }
    })
}

/** The same content with what the auditor may not see put out of sight, for panels that show a row whole. */
export function maskedForAuditor(fact: string, content: unknown): unknown {
  if (content === null || content === undefined) return null
  return Object.fromEntries(
    Object.entries(fieldsOf(content)).map(([field, value]) => [
      field,
      isShownToAuditor(fact, field) ? withoutPersonal(value) : hiddenText,
    ]),
  )
}

/** Whether the auditor sees all of a part of a row, so that a proof may disclose it. */
export function isWholeToAuditor(fact: string, content: unknown): boolean {
  if (content === null || content === undefined) return true
  const fields = fieldsOf(content)
  return JSON.stringify(maskedForAuditor(fact, content)) === JSON.stringify(fields)
}

export type Ground = { code: string; said: string | null; citation: string | null }

/**
 * The grounds of an act: rule or reason, and citation; the figures of the case stay out. Of a denial also what the person
 * was told, which is written for people without the right.
 */
export function groundsOf(fact: string, basis: unknown): Ground[] {
  const found: Ground[] = []
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 4) return
    if (Array.isArray(value)) return value.slice(0, 200).forEach((one) => walk(one, depth + 1))
    const { code, rule, norm, citation, message, basis: ground } = value as Record<string, unknown>
    const id = code ?? rule ?? norm
    if (typeof id === 'string') {
      const cited = citation ?? (ground as { citation?: unknown } | null)?.citation
      const said = fact === 'kernel.denied' && typeof message === 'string' ? message : null
      found.push({ code: id, said, citation: typeof cited === 'string' ? cited : null })
    } else for (const member of Object.values(value)) walk(member, depth + 1)
  }
  walk(basis, 0)
  return [...new Map(found.map((one) => [`${one.code} ${one.citation}`, one])).values()]
}

function withoutPersonal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPersonal)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, member]) => [
      field,
      personalFields.test(field) ? hiddenText : withoutPersonal(member),
    ]),
  )
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return { lines: value }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
