import { sql } from 'kysely'
import { normsOf, standardCodesOf, type DecisionKind, type Judged, type Taken } from '#kernel/pure/decision.ts'
import { worstOutcome, type Finding } from '#kernel/pure/verdict.ts'
import type { Act } from './context.ts'
import type { Tx } from './database.ts'
import { newId } from './identifier.ts'
import { nextNumbers } from './number-series.ts'
import { record } from './record.ts'

/** Which standards rules judged by: the rows by their snapshot, the day they counted on, the budget year. */
export type StandardsUsed = { snapshot: string; on: string; year: number }

export type NewJudgement = {
  id: string
  organId: string
  jurisdictionCode: string
  /** Everything the rules looked at beside the standards; plain JSON. */
  inputs: unknown
  judged: Judged
  standards: StandardsUsed | null
}

/** Rows of one statement: many enough to be quick, few enough that thousands do not stand in memory twice. */
const batch = 1000

/** Keeps what rules said of many inputs, before anybody decides on it; a statement for each thousand. */
export async function keepJudgements(
  { tx, now }: Pick<Act, 'tx' | 'now'>,
  kind: Pick<DecisionKind, 'kind' | 'rulesVersion'>,
  judgements: readonly NewJudgement[],
): Promise<void> {
  for (let from = 0; from < judgements.length; from += batch) {
    const rows = judgements.slice(from, from + batch)
    await sql`insert into kernel.judgement (id, kind, rules_version, organ_id, jurisdiction_code, standards_on, standards_year,
        standards_snapshot, inputs, findings, conclusion, made_at)
      select id, ${kind.kind}, ${kind.rulesVersion}, organ_id, jurisdiction_code, standards_on, standards_year, standards_snapshot,
        inputs::json, findings::json, conclusion::json, ${now}
      from unnest(${list(rows.map(({ id }) => id))}::uuid[], ${list(rows.map(({ organId }) => organId))}::uuid[],
        ${list(rows.map(({ jurisdictionCode }) => jurisdictionCode))}, ${list(rows.map(({ standards }) => standards?.on))}::date[],
        ${list(rows.map(({ standards }) => standards?.year))}::integer[], ${list(rows.map(({ standards }) => standards?.snapshot))},
        ${list(rows.map(({ inputs }) => JSON.stringify(inputs)))},
        ${list(rows.map(({ judged }) => JSON.stringify(judged.findings)))},
        ${list(rows.map(({ judged }) => JSON.stringify(judged.conclusion)))})
        as j(id, organ_id, jurisdiction_code, standards_on, standards_year, standards_snapshot, inputs, findings, conclusion)`.execute(
      tx,
    )
  }
}

/**
 * Values as one text, cut apart by the database: quicker than an array, whose every quote is written twice. The mark
 * between them stands in none: JSON writes it otherwise. Nothing is null.
 */
function list(values: readonly (string | number | undefined)[]) {
  return sql`string_to_array(${values.join('\u0001')}, chr(1), '')`
}

export type NewDecision = {
  subject: { kind: string; id: string }
  organId: string
  jurisdictionCode: string
  year: number
  /** What it was about, for people: 第3行 台式计算机. */
  title: string
  /** Page of the record decided on. */
  link: string
  /** What it rests on, kept already (`keepJudgements`). */
  judgementId: string
  findings: readonly Finding[]
  /** What a person decided; null where the rules' conclusion is the decision. */
  taken: Taken | null
  /** Differs from what the rules proposed. */
  deviates: boolean
  /** Not told to the organ before it is released. */
  held: boolean
}

/** A decision as others refer to it; the digest goes into the record, so that a changed row shows. */
export type Decided = { id: string; number: string; subjectId: string; digest: string }

/**
 * Takes decisions of one kind in the act's own transaction; one on a matter that was decided before replaces it.
 * @param options.byRules the rules decided, nobody else: the person who set them going is not the one who decided
 */
export async function decideAll(
  act: Act,
  kind: Pick<DecisionKind, 'kind'>,
  decisions: readonly NewDecision[],
  options: { byRules?: boolean } = {},
): Promise<Decided[]> {
  const decided: Decided[] = []
  for (let from = 0; from < decisions.length; from += batch)
    decided.push(...(await decideBatch(act, kind.kind, decisions.slice(from, from + batch), options.byRules ?? false)))
  return decided
}

/** One decision with its judgement, at once. */
export async function decide(
  act: Act,
  kind: Pick<DecisionKind, 'kind' | 'rulesVersion'>,
  { inputs, judged, standards, ...decision }: Omit<NewDecision, 'judgementId' | 'findings'> & Omit<NewJudgement, 'id'>,
  options: { byRules?: boolean } = {},
): Promise<Decided> {
  const judgementId = newId()
  const { organId, jurisdictionCode } = decision
  await keepJudgements(act, kind, [{ id: judgementId, organId, jurisdictionCode, inputs, judged, standards }])
  const [decided] = await decideAll(act, kind, [{ ...decision, judgementId, findings: judged.findings }], options)
  return decided as Decided
}

async function decideBatch(
  act: Act,
  kind: string,
  decisions: readonly NewDecision[],
  byRules: boolean,
): Promise<Decided[]> {
  const numbers = await numbersFor(act.tx, decisions)
  const rows = decisions.map((decision, index) => ({
    id: newId(),
    number: numbers[index],
    subject_kind: decision.subject.kind,
    subject_id: decision.subject.id,
    organ_id: decision.organId,
    jurisdiction_code: decision.jurisdictionCode,
    year: decision.year,
    title: decision.title,
    link: decision.link,
    judgement_id: decision.judgementId,
    outcome: worstOutcome(decision.findings),
    taken: decision.taken,
    deviates: decision.deviates,
    norms: normsOf(decision.findings),
    standards: standardCodesOf(decision.findings),
    held: decision.held,
  }))
  const by = byRules ? { id: null, name: '系统按规则' } : { id: act.actor.personId, name: act.actor.name }
  const { rows: kept } =
    await sql<Decided>`insert into kernel.decision (id, number, kind, subject_kind, subject_id, organ_id,
      jurisdiction_code, year, title, link, judgement_id, effect, supersedes_id, outcome, taken, deviates, norms, standards, held,
      decided_by, decided_by_name, decided_at)
    select d.id, d.number, ${kind}, d.subject_kind, d.subject_id, d.organ_id, d.jurisdiction_code, d.year, d.title, d.link,
      d.judgement_id, 'made', (${latest(sql`d.subject_id`, kind)}), d.outcome, d.taken, d.deviates,
      d.norms, d.standards, d.held, ${by.id}::uuid, ${by.name}, ${act.now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as d(id uuid, number text, subject_kind text, subject_id uuid,
      organ_id uuid, jurisdiction_code text, year integer, title text, link text, judgement_id uuid, outcome text, taken json,
      deviates boolean, norms text[], standards text[], held boolean)
    returning id, number, subject_id, digest`.execute(act.tx)
  return kept
}

/** The last word of a kind on a subject: what nothing has replaced yet. */
function latest(subjectId: ReturnType<typeof sql>, kind: string) {
  return sql`select p.id from kernel.decision p where p.subject_id = ${subjectId} and p.kind = ${kind}
    and not exists (select from kernel.decision s where s.supersedes_id = p.id)`
}

/** `JD-2027-1A2B3C4D-0012`: per organ and year, so that numbers tell nothing of other organs. */
async function numbersFor(tx: Tx, decisions: readonly NewDecision[]): Promise<string[]> {
  const numbers: string[] = []
  const keyed = decisions.map(({ organId, year }, index) => ({ organId, year, index, key: `${organId}-${year}` }))
  for (const group of [...Map.groupBy(keyed, ({ key }) => key).values()].sort((a, b) =>
    (a[0]?.key ?? '') < (b[0]?.key ?? '') ? -1 : 1,
  )) {
    const { organId, year, key } = group[0] as (typeof keyed)[number]
    const first = await nextNumbers(tx, `decision-${key}`, group.length)
    for (const [place, { index }] of group.entries())
      numbers[index] = `JD-${year}-${organId.slice(-8).toUpperCase()}-${String(first + place).padStart(4, '0')}`
  }
  return numbers
}

/**
 * Takes back the present decisions of a kind on subjects: each is marked by a row of its own and stays.
 * @param reason why, for people
 * @returns how many there were to take back
 */
export async function undoDecisions(
  act: Act,
  kind: Pick<DecisionKind, 'kind'>,
  subjectIds: readonly string[],
  reason: string,
): Promise<number> {
  const { rows } = await sql<{ id: string; organId: string; year: number }>`
    select p.id, p.organ_id, p.year from kernel.decision p
    where p.kind = ${kind.kind} and p.subject_id = any(${[...subjectIds]}::uuid[]) and p.effect = 'made'
      and not exists (select from kernel.decision s where s.supersedes_id = p.id) order by p.id`.execute(act.tx)
  if (rows.length === 0) return 0
  const numbers = await numbersFor(act.tx, rows as never)
  const undone = rows.map(({ id }, index) => ({ of: id, id: newId(), number: numbers[index] }))
  const taken: Taken = { says: `撤销：${reason}`, values: {}, reason }
  await sql`insert into kernel.decision (id, number, kind, subject_kind, subject_id, organ_id, jurisdiction_code, year, title, link,
      judgement_id, effect, supersedes_id, outcome, taken, deviates, norms, standards, held, decided_by, decided_by_name, decided_at)
    select u.id, u.number, p.kind, p.subject_kind, p.subject_id, p.organ_id, p.jurisdiction_code, p.year, p.title, p.link,
      p.judgement_id, 'undone', p.id, p.outcome, ${JSON.stringify(taken)}::json, false, p.norms, p.standards, p.held,
      ${act.actor.personId}::uuid, ${act.actor.name}, ${act.now}
    from jsonb_to_recordset(${JSON.stringify(undone)}::jsonb) as u("of" uuid, id uuid, number text)
      join kernel.decision p on p.id = u."of"`.execute(act.tx)
  return rows.length
}

/** Tells the organ the present decisions on subjects: from now on it may read them. */
export async function releaseDecisions(
  { tx, now }: Pick<Act, 'tx' | 'now'>,
  kind: Pick<DecisionKind, 'kind'>,
  subjectIds: readonly string[],
): Promise<void> {
  await sql`insert into kernel.decision_release (decision_id, released_at)
    select p.id, ${now} from kernel.decision p
    where p.kind = ${kind.kind} and p.subject_id = any(${[...subjectIds]}::uuid[]) and p.effect = 'made' and p.held
      and not exists (select from kernel.decision s where s.supersedes_id = p.id)
    on conflict do nothing`.execute(tx)
}

/** The decision in force on each subject by its id; none where it was taken back or never taken. */
export async function presentDecisions(
  tx: Tx,
  kind: Pick<DecisionKind, 'kind'>,
  subjectIds: readonly string[],
): Promise<Map<string, { id: string; number: string }>> {
  const { rows } = await sql<{ subjectId: string; id: string; number: string }>`
    select p.subject_id, p.id, p.number from kernel.decision p
    where p.kind = ${kind.kind} and p.subject_id = any(${[...subjectIds]}::uuid[]) and p.effect = 'made'
      and not exists (select from kernel.decision s where s.supersedes_id = p.id)`.execute(tx)
  return new Map(rows.map(({ subjectId, id, number }) => [subjectId, { id, number }]))
}

/**
 * Empties what was decided on a subject where its content must not be in the system (Art. 44): inputs, findings,
 * conclusions and titles go; that, when and by whom was decided stays, and so does the digest.
 * @returns how many decisions were emptied
 */
export async function purgeDecisions(act: Act, subject: { kind: string; id: string }, ground: string): Promise<number> {
  const { rows } = await sql<{ id: string; number: string; organId: string; judgementId: string }>`
    update kernel.decision set title = null, taken = null, purged_at = ${act.now}
    where subject_kind = ${subject.kind} and subject_id = ${subject.id} and purged_at is null
    returning id, number, organ_id, judgement_id`.execute(act.tx)
  if (rows.length === 0) return 0
  await sql`update kernel.judgement set inputs = null, findings = null, conclusion = null, purged_at = ${act.now}
    where id = any(${rows.map(({ judgementId }) => judgementId)}::uuid[]) and purged_at is null`.execute(act.tx)
  await record(act, 'kernel.decisions-purged', {
    subject,
    organId: rows[0]?.organId ?? null,
    after: { numbers: rows.map(({ number }) => number) },
    basis: { norm: 'A44-1', ground },
  })
  return rows.length
}

/** The subject a decision by its number is on; null where there is none of that number. */
export async function subjectOfDecision(tx: Tx, number: string): Promise<{ kind: string; id: string } | null> {
  const { rows } = await sql<{ kind: string; id: string }>`
    select subject_kind as kind, subject_id as id from kernel.decision where number = ${number}`.execute(tx)
  return rows[0] ?? null
}
