import type { Finding } from '#kernel/pure/verdict.ts'
import type { Standard } from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import { standardFaults, tableAfter, type StandardFault } from '#modules/standards/rules/faults.ts'
import { law } from '../law.ts'
import { keyOf, keyText, type Change, type StandardChange } from '../model.ts'
import { finding, placeOf, type DraftFacts } from './facts.ts'

/**
 * What is wrong with proposed rows by themselves and beside each other: unknown code, wrong form, figures that
 * contradict, a higher rank that gets less, money that rests on nothing (A9-3, A15-1). Judged against the table as it will
 * be, so that a whole column can be changed at once.
 */
export function checkRows(facts: DraftFacts, changes: readonly Change<StandardChange>[]): Finding[] {
  const keys = changes.map((change) => keyText(keyOf(change)))
  const proposed = changes.flatMap((change) => rowOf(facts, change) ?? [])
  return changes.flatMap((change, index) => [
    ...checkTwice(change, keys.indexOf(keys[index] as string) !== index),
    ...(change.act === 'end' ? [] : checkRow(facts, change, proposed)),
  ])
}

const fieldOf = (change: Change, name: string) => `changes.${change.lineNo - 1}.${name}`

function checkTwice(change: Change<StandardChange>, twice: boolean): Finding[] {
  if (!twice) return []
  return [
    finding('STD-R03', 'block', law.adjustment, `${placeOf(change, change.title)}在本草案中出现了两次。`, {
      field: fieldOf(change, 'code'),
      remedy: '请删除其中一行。',
    }),
  ]
}

/** Periods are judged by succession (STD-R03), the citation follows from the document (STD-R01 of the head). */
const judgedElsewhere = /^(period-|date-wrong|citation-missing|confidence-)/

function checkRow(facts: DraftFacts, change: Change<StandardChange>, proposed: readonly Standard[]): Finding[] {
  const on = facts.head.inForceOn ?? facts.today
  const others = proposed.filter(({ id }) => id !== change.id)
  const present = facts.rows.filter(({ until }) => until === null || until >= on)
  const { value, code, title, kind, level, rank, until, note, restsOn } = change
  const faults = standardFaults(tableAfter(present, others), {
    code,
    title,
    kind,
    level,
    rank,
    value,
    until,
    note,
    restsOn,
    jurisdictionCode: facts.jurisdictionCode,
    from: on,
    citation: facts.head.documentTitle,
    confidence: 'A',
    norms: [...(definitionOf(code)?.norms ?? [])],
  }).filter((fault) => !judgedElsewhere.test(fault.code))
  return [...faults.map((fault) => asFinding(change, fault)), ...checkInForce(facts, change, faults)]
}

function asFinding(change: Change<StandardChange>, fault: StandardFault): Finding {
  const money = fault.code.startsWith('rests-on')
  return finding(
    money ? 'STD-R05' : 'STD-R01',
    fault.severity === 'refuse' ? 'block' : 'warn',
    money ? law.expenditure : law.standardsSystem,
    `${placeOf(change, change.title)}：${fault.message}`,
    { field: fieldOf(change, fault.field), remedy: fault.remedy },
  )
}

/** STD-R05: what money rests on is in force here, not only known (A9-3). */
function checkInForce(
  { quotaCodes }: DraftFacts,
  change: Change<StandardChange>,
  faults: readonly StandardFault[],
): Finding[] {
  const missing = change.restsOn.filter((code) => !quotaCodes.has(code))
  if (missing.length === 0 || (change.kind !== 'expenditure-quota' && change.kind !== 'spending-standard')) return []
  if (faults.some(({ code }) => code.startsWith('rests-on'))) return []
  return [
    finding(
      'STD-R05',
      'block',
      law.expenditure,
      `${placeOf(change, change.title)}依据的“${missing.join('、')}”不是现行的实物定额或者服务标准。`,
      { field: fieldOf(change, 'restsOn'), remedy: '请改选现行的实物定额或者服务标准。' },
    ),
  ]
}

/** The change as the row it would become; null where it has no value to judge. */
function rowOf({ jurisdictionCode, head, today }: DraftFacts, change: Change<StandardChange>): Standard | null {
  if (change.act === 'end' || change.value === null) return null
  const { id, code, kind, title, level, rank, value, until, note, restsOn } = change
  const citation = head.documentTitle
  const from = head.inForceOn ?? today
  return {
    id,
    code,
    kind,
    title,
    jurisdictionCode,
    level,
    rank,
    value,
    from,
    until,
    citation,
    confidence: 'A',
    note,
    norms: [],
    restsOn,
  }
}
