import type { Act } from '#kernel/server/context.ts'
import { decide, type Decided } from '#kernel/server/decisions.ts'
import { disposalFormLabels } from '../model.ts'
import { applicationKind, type ApplicationFacts } from '../rules/application.ts'
import type { ApplicationRow } from '../store/application.ts'
import { linkOf, subjectOf } from './access.ts'

/**
 * Keeps what the rules said of an application with all it rested on, and what a department decided; a later step replaces it.
 * @param taken the department's words; null where the rules alone let the application through
 */
export async function decideDisposal(
  act: Act,
  row: ApplicationRow,
  inputs: ApplicationFacts,
  taken: { says: string; values: Record<string, string | number | boolean>; reason: string } | null,
): Promise<Decided> {
  return decide(
    act,
    applicationKind,
    {
      ...subjectOf(row),
      jurisdictionCode: row.jurisdictionCode,
      year: Number(act.today.slice(0, 4)),
      title: `资产处置 ${row.number ?? ''} ${disposalFormLabels[row.form]}`,
      link: linkOf(row),
      inputs,
      judged: applicationKind.evaluate(inputs, null),
      standards: null,
      taken,
      deviates: false,
      held: false,
    },
    { byRules: taken === null },
  )
}
