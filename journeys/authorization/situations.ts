import { sql } from 'kysely'
import { pathParameters, type Operation } from '#kernel/pure/contract.ts'
import type { Tx } from '#kernel/server/database.ts'
import { enterScope, systemScope } from '#kernel/server/scope.ts'
import { schemaOf, type Json } from '../example-input.ts'
import { Cells } from './cells.ts'
import type { World } from './doing.ts'
import type { Markers } from './markers.ts'
import type { Objects } from './objects.ts'
import { subjectLevel, subjectOrganId } from './places.ts'

/**
 * What an object is, beside whose it is: `ended`, where its year or its course is over and what was done stands; `secret`, where
 * what is written bears a mark of state secrets. Asked by those to whom the table gives the act on an object in the midst of
 * its course.
 */
export const situations = ['ended', 'secret'] as const

const o = sql`${subjectOrganId}::uuid`
const l = sql`${subjectLevel}`

/**
 * One object of the organ, or of the level where the level owns it, whose course is over; by the name of objects.ts. Of what goes
 * by the year, that of 2025; where the demonstration has none that has ended, one is put into its last state, its case closed.
 */
const ended: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'assets.handoverId': sql`select id, version from assets.handover where organ_id = ${o} and state = 'accepted' limit 1`,
  'budget.budgetId': sql`select id, version from budget.budget where organ_id = ${o} and year = 2025 limit 1`,
  'consultation.consultationId': sql`select c.id, c.version from consultation.consultation c join consultation.opinion p on p.consultation_id = c.id
    where c.jurisdiction_code = ${l} and p.organ_id = ${o} and c.state = 'closed' limit 1`,
  'consultation.opinionId': sql`select p.id, p.version from consultation.opinion p join consultation.consultation c on c.id = p.consultation_id
    where p.organ_id = ${o} and c.state = 'closed' limit 1`,
  'consultation.surveyId': sql`select id, version from consultation.survey where jurisdiction_code = ${l} and state = 'closed' limit 1`,
  'consultation.answerId': sql`select a.id, a.version from consultation.survey_answer a join consultation.survey s on s.id = a.survey_id
    where a.organ_id = ${o} and s.state = 'closed' limit 1`,
  'consumables.issueId': sql`select id, version from consumables.issue where organ_id = ${o} and state = 'accepted' limit 1`,
  'disposal.applicationId': sql`select id, version from disposal.application where organ_id = ${o} and state = 'closed' limit 1`,
  'drafting.draftId': sql`select id, version from drafting.draft where jurisdiction_code = ${l} and state = 'approved' limit 1`,
  'ledger.lineId': sql`select id from ledger.line where holder_organ_id = ${o} and year = 2025 limit 1`,
  'plans.adjustmentId': sql`update plans.adjustment set state = 'received' where organ_id = ${o} and state = 'filed' returning id, version`,
  'plans.cycleId': sql`update plans.cycle set state = 'closed' where jurisdiction_code = ${l} and year = 2025 returning id, version`,
  'plans.demandId': sql`select id, version from plans.demand where organ_id = ${o} and year = 2025`,
  'plans.planId': sql`select id, version from plans.plan where organ_id = ${o} and year = 2025`,
  'plans.reportId': sql`select id, version from plans.report where organ_id = ${o} and state = 'received' limit 1`,
  'procurement.purchaseId': sql`update procurement.purchase set state = 'closed' where organ_id = ${o} and state = 'accepted' returning id, version`,
  'repairs.requestId': sql`select id, version from repairs.request where organ_id = ${o} and state = 'repaired' limit 1`,
  'stocktaking.countId': sql`select id, version from stocktaking.count where organ_id = ${o} and state = 'finished' limit 1`,
  'warehouse.intakeId': sql`select id, version from warehouse.intake where organ_id = ${o} and state = 'received' limit 1`,
  'warehouse.requestId': sql`update warehouse.request set state = 'returned' where organ_id = ${o} and state = 'lent' returning id, version`,
}

/** The objects of the matrix with those in the place of their likes that have come to an end, for the rest of the transaction. */
export async function endedObjects(tx: Tx, objects: Objects): Promise<Objects> {
  const found: Objects = new Map(objects)
  await enterScope(tx, systemScope)
  for (const [name, query] of Object.entries(ended)) {
    const { rows } = (await query.execute(tx)) as { rows: { id: string; version?: number }[] }
    const [row] = rows
    // Where the case has gone on its own way, it says the same already.
    await sql`update kernel.case_item set waiting_party = null, waiting_roles = '{}', closed_at = now(), outcome = 'done', state = 'closed'
      where subject_id = ${row?.id} and closed_at is null`.execute(tx)
    if (!row) throw new Error(`nothing of the demonstration can have ended as ${name}`)
    // What single operations are asked with else gives way too.
    const [module, parameter] = name.split('.')
    for (const key of objects.keys())
      if (key.startsWith(`${module}.`) && key.endsWith(`.${parameter}`)) found.set(key, row.id)
    found.set(name, row.id)
    if (row.version !== undefined) found.set(`${name}.version`, row.version)
  }
  return found
}

const changes = ({ method, readOnly }: Operation) => method !== 'GET' && readOnly !== true

/** Whether the operation acts on an object that can have come to an end. */
export function actsOnEnded(operation: Operation): boolean {
  return changes(operation) && pathParameters(operation.path).some((name) => `${operation.module}.${name}` in ended)
}

/** A mark that no rule of ours would take for anything else, and a word that must not come back. */
export const markedText = '机密★10年 某型装备'

/** Fields of an input in which people write what they like, as paths. */
export function freeTexts(operation: Operation): string[][] {
  return changes(operation) && operation.kind !== 'upload' ? textsOf(schemaOf(operation), []) : []
}

function textsOf(schema: Json, path: string[]): string[][] {
  const either = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Json[] | undefined
  if (either) return either.flatMap((one) => textsOf(one, path))
  if (schema['type'] === 'object')
    return Object.entries((schema['properties'] ?? {}) as Record<string, Json>).flatMap(([key, member]) =>
      textsOf(member, [...path, key]),
    )
  if (schema['type'] === 'array') return textsOf((schema['items'] ?? {}) as Json, [...path, '0'])
  const free = !['format', 'pattern', 'enum', 'const', 'contentEncoding'].some((key) => key in schema)
  const roomy = Number(schema['maxLength'] ?? Infinity) >= markedText.length
  return schema['type'] === 'string' && free && roomy ? [path] : []
}

/** Asks with a marked text in one field. */
export class MarkedCells extends Cells {
  readonly #path: readonly string[]

  constructor(world: World, objects: Objects, markers: Markers, path: readonly string[]) {
    super(world, objects, markers, { repeats: true })
    this.#path = path
  }

  override async inputOf(operation: Operation): Promise<Json> {
    const input = await super.inputOf(operation)
    let place: Record<string, unknown> = input
    for (const [index, key] of this.#path.entries())
      if (index === this.#path.length - 1) place[key] = markedText
      else place = (place[key] ??= this.#path[index + 1] === '0' ? [] : {}) as Record<string, unknown>
    return input
  }
}
