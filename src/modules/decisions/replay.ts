import type { DecisionKind, DecisionKinds, Judged } from '#kernel/pure/decision.ts'
import { differences } from '#kernel/pure/difference.ts'
import type { Finding, ParameterUsed } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { standardsInForce, standardsOfSnapshot } from '#modules/standards/offers.ts'
import type { Replay, UnderToday } from './model.ts'
import { changedStandards } from './rules.ts'
import type { JudgementRow } from './store.ts'

type Judgement = Omit<JudgementRow, 'id' | 'number'>
type StandardsOf = (snapshot: string, on: string) => Promise<StandardsInForce>

/** Reads each set of standards once: thousands of lines rest on the same. */
export function keptStandards(tx: Tx): StandardsOf {
  const known = new Map<string, Promise<StandardsInForce>>()
  return (snapshot, on) => {
    const key = `${snapshot} ${on}`
    const reading = known.get(key) ?? standardsOfSnapshot(tx, snapshot, on)
    known.set(key, reading)
    return reading
  }
}

/**
 * Judges the kept inputs again under exactly the standards of then and compares all findings and the conclusion
 * (norm A8-1). A difference under the same version of the rules is a fault; under another version it is said so.
 */
export async function replay(kinds: DecisionKinds, standardsOf: StandardsOf, judgement: Judgement): Promise<Replay> {
  const kind = kinds.get(judgement.kind)
  const { rulesVersion, inputs, findings, conclusion, purgedAt } = judgement
  const presentRulesVersion = kind?.rulesVersion ?? null
  const without = (result: Replay['result']): Replay => ({
    result,
    rulesVersion,
    presentRulesVersion,
    differences: [],
  })
  if (purgedAt !== null) return without('purged')
  if (inputs === null) return without('no-inputs')
  if (kind === undefined) return without('other-rules')
  const { standardsSnapshot: snapshot, standardsOn: on } = judgement
  const judged = evaluate(kind, inputs, snapshot === null || on === null ? null : await standardsOf(snapshot, on))
  const found = differences({ findings, conclusion }, judged)
  const result = found.length === 0 ? 'equal' : rulesVersion === presentRulesVersion ? 'different' : 'other-rules'
  return { result, rulesVersion, presentRulesVersion, differences: found }
}

/** The same inputs under the standards in force on a later day, with what would come out otherwise and which rows changed. */
export async function underStandardsOf(
  tx: Tx,
  kinds: DecisionKinds,
  judgement: Judgement,
  today: string,
): Promise<UnderToday> {
  const kind = kinds.get(judgement.kind)
  const { inputs, findings, conclusion, jurisdictionCode, standardsSnapshot, standardsOn, standardsYear } = judgement
  if (kind === undefined || inputs === null || findings === null)
    return { on: today, conclusion: null, differences: [], changedStandards: [] }
  if (standardsSnapshot === null || standardsOn === null || standardsYear === null) {
    const judged = evaluate(kind, inputs, null)
    return {
      on: today,
      conclusion: judged.conclusion,
      differences: differences({ findings, conclusion }, judged),
      changedStandards: [],
    }
  }
  const then = await standardsOfSnapshot(tx, standardsSnapshot, standardsOn)
  const now = await standardsInForce(tx, jurisdictionCode, today, standardsYear)
  const judged = evaluate(kind, inputs, now)
  return {
    on: today,
    conclusion: judged.conclusion,
    differences: differences({ findings, conclusion }, withEndsOf(findings, judged)),
    changedStandards: changedStandards(then, now, findings),
  }
}

/** The same row of a standard may know its last day by now; that changes nothing of what it said. */
function withEndsOf(then: readonly Finding[], { findings, conclusion }: Judged): Judged {
  const ends = new Map(
    then.flatMap(({ parameters }) => parameters.map(({ version, until }) => [version, until] as const)),
  )
  const endOf = ({ version, until }: ParameterUsed) => (ends.has(version) ? (ends.get(version) ?? null) : until)
  return {
    conclusion,
    findings: findings.map((finding) => ({
      ...finding,
      parameters: finding.parameters.map((used) => ({ ...used, until: endOf(used) })),
    })),
  }
}

/** Inputs and standards are those of the kind: they were kept by it, and standards are one shape for all. */
function evaluate(kind: DecisionKind, inputs: unknown, standards: StandardsInForce | null) {
  return kind.evaluate(inputs as never, standards as never)
}
