import { sql, type RawBuilder } from 'kysely'
import type { StatutoryPart } from '#kernel/pure/actor.ts'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import { codePrefix, type Jurisdiction, type Organ, type OrganKind, type Rank, type RankHeadcount } from './model.ts'
import type { OrganScope } from './policy.ts'

/** An organ without its headcount, as its row and its jurisdiction's say. */
export type OrganRow = Omit<Organ, 'headcount'>
export type ListedOrgan = OrganRow & { approvedPosts: number; peopleInPost: number }
export type OrganName = {
  name: string
  shortName: string
  validFrom: string
  validUntil: string | null
  document: string | null
}

/** A day, or null for today as the database's calendar has it. */
export type Day = string | null

const on = (day: Day) => (day === null ? sql`current_date` : sql`${day}::date`)
const activeOn = (day: Day) =>
  sql`o.valid_from <= ${on(day)} and (o.valid_until is null or o.valid_until >= ${on(day)})`
const inForce = (day: Day) => sql`valid_from <= ${on(day)} and (valid_until is null or valid_until >= ${on(day)})`

/** Columns of an organ with the parts it carries on a day. */
const organColumns = (
  day: Day,
) => sql`o.id, o.jurisdiction_code, j.name as jurisdiction_name, j.level, o.name, o.short_name, o.kind,
  array(select part from organs.organ_part p where p.organ_id = o.id and ${inForce(day)} order by part) as parts,
  o.credit_code, o.budget_code, o.in_compound, o.secret_unit, o.trade_union, o.valid_from, o.valid_until, o.successor_id, o.version`
const organSource = sql`organs.organ o join organs.jurisdiction j on j.code = o.jurisdiction_code`

const codeInForce = (day: Day) =>
  sql`(valid_from is null or valid_from <= ${on(day)}) and (valid_until is null or valid_until >= ${on(day)})`

export async function jurisdictionsOn(tx: Tx, day: Day): Promise<Jurisdiction[]> {
  const { rows } =
    await sql<Jurisdiction>`select code, name, level, parent_code, functional_zone from organs.jurisdiction
    where ${codeInForce(day)} order by code`.execute(tx)
  return rows
}

export async function jurisdictionOf(
  tx: Tx,
  code: string,
  day: Day,
): Promise<(Jurisdiction & { active: boolean }) | null> {
  const { rows } = await sql<Jurisdiction & { active: boolean }>`select code, name, level, parent_code, functional_zone,
    ${codeInForce(day)} as active from organs.jurisdiction where code = ${code}`.execute(tx)
  return rows[0] ?? null
}

/** Parents must come before their children; loading again changes nothing but names. */
export async function insertJurisdictions(tx: Tx, rows: readonly Jurisdiction[]): Promise<void> {
  await sql`insert into organs.jurisdiction (code, name, level, parent_code, functional_zone)
    select * from unnest(${rows.map((row) => row.code)}::text[], ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.level)}::text[], ${rows.map((row) => row.parentCode)}::text[],
      ${rows.map((row) => row.functionalZone)}::boolean[])
    on conflict (code) do update set name = excluded.name where jurisdiction.name <> excluded.name`.execute(tx)
}

export async function organRow(tx: Tx, id: string, day: Day): Promise<OrganRow | null> {
  return (await organRows(tx, [id], day))[0] ?? null
}

/** Locks the organ until the transaction ends: changes of one organ happen one after the other. */
export async function lockOrgan(tx: Tx, id: string, day: Day): Promise<OrganRow | null> {
  await sql`select from organs.organ where id = ${id} for update`.execute(tx)
  return organRow(tx, id, day)
}

/** The organ of that full name, short name or id that goes on in the jurisdiction. */
export async function organNamed(tx: Tx, jurisdictionCode: string, name: string, day: Day): Promise<OrganRow | null> {
  const { rows } =
    await sql<OrganRow>`select ${organColumns(day)} from ${organSource} where o.jurisdiction_code = ${jurisdictionCode}
    and (o.name = ${name} or o.short_name = ${name} or o.id::text = ${name}) and o.valid_until is null order by o.name = ${name} desc, o.id limit 1`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** In the order of jurisdiction and name, with the parts carried on the day; ids that are none are left out. */
export async function organRows(tx: Tx, ids: readonly string[], day: Day): Promise<OrganRow[]> {
  const { rows } = await executePrepared(
    tx,
    sql<OrganRow>`select ${organColumns(day)} from ${organSource} where o.id = any(${[...ids]}::uuid[])
    order by o.jurisdiction_code, o.name, o.id`,
  )
  return rows
}

export async function activeOrgansOf(tx: Tx, jurisdictionCode: string, day: Day): Promise<OrganRow[]> {
  const { rows } = await sql<OrganRow>`select ${organColumns(day)} from ${organSource}
    where o.jurisdiction_code = ${jurisdictionCode} and ${activeOn(day)} order by o.name, o.id`.execute(tx)
  return rows
}

/** The organs of a jurisdiction that carry a part on a day. */
export async function organsWithPart(
  tx: Tx,
  jurisdictionCode: string,
  part: StatutoryPart,
  day: Day,
): Promise<OrganRow[]> {
  const { rows } = await sql<OrganRow>`select ${organColumns(day)} from ${organSource}
    where o.jurisdiction_code = ${jurisdictionCode} and ${activeOn(day)} and ${carries(part, day)} order by o.name, o.id`.execute(
    tx,
  )
  return rows
}

/** The organ that carries a part on the highest level where one does; of several the first by code. */
export async function highestWithPart(tx: Tx, part: StatutoryPart, day: Day): Promise<OrganRow | null> {
  const { rows } = await sql<OrganRow>`select ${organColumns(day)} from ${organSource}
    where ${activeOn(day)} and ${carries(part, day)}
    order by case when o.jurisdiction_code like '%0000' then 0 when o.jurisdiction_code like '%00' then 1 else 2 end,
      o.jurisdiction_code, o.name, o.id limit 1`.execute(tx)
  return rows[0] ?? null
}

/** The organs of all jurisdictions below one that carry a part on a day. */
export async function organsWithPartBelow(
  tx: Tx,
  jurisdictionCode: string,
  part: StatutoryPart,
  day: Day,
): Promise<OrganRow[]> {
  const prefix = codePrefix(jurisdictionCode)
  const { rows } = await sql<OrganRow>`select ${organColumns(day)} from ${organSource}
    where o.jurisdiction_code like ${`${prefix}%`} and o.jurisdiction_code <> ${jurisdictionCode} and ${activeOn(day)}
      and ${carries(part, day)} order by o.jurisdiction_code, o.name, o.id`.execute(tx)
  return rows
}

const carries = (part: StatutoryPart, day: Day) =>
  sql`exists (select from organs.organ_part p where p.organ_id = o.id and p.part = ${part} and ${inForce(day)})`

export type OrganFilter = {
  jurisdictionCode?: string | undefined
  kind?: OrganKind | undefined
  part?: StatutoryPart | undefined
  text?: string | undefined
  includeClosed: boolean
}

/** A page of the register with posts and people on the day, and the count of all that match (null above 10,000). */
export async function listOrgans(
  tx: Tx,
  scope: OrganScope,
  filter: OrganFilter,
  page: { after?: string | undefined; limit: number; day: string },
): Promise<{ rows: ListedOrgan[]; total: number | null }> {
  const wanted = sql.join([inScope(scope), ...filterConditions(filter, page.day)], sql` and `)
  const later = page.after
    ? sql`and (o.jurisdiction_code, o.name, o.id) > (select p.jurisdiction_code, p.name, p.id from organs.organ p where p.id = ${page.after})`
    : sql``
  const { rows } = await sql<ListedOrgan>`
    select page.*, coalesce(posts.approved_posts, 0)::int as approved_posts, coalesce(posts.people_in_post, 0)::int as people_in_post
    from (select ${organColumns(page.day)} from ${organSource} where ${wanted} ${later}
      order by o.jurisdiction_code, o.name, o.id limit ${page.limit}) page
    left join lateral (select sum(approved) as approved_posts, sum(in_post) as people_in_post from organs.headcount
      where organ_id = page.id and ${inForce(page.day)}) posts on true
    order by page.jurisdiction_code, page.name, page.id`.execute(tx)
  const count = await sql<{ total: number }>`select count(*)::int as total from
    (select from organs.organ o where ${wanted} limit 10001) counted`.execute(tx)
  const total = count.rows[0]?.total ?? 0
  return { rows, total: total > 10_000 ? null : total }
}

function inScope(scope: OrganScope): RawBuilder<unknown> {
  if (scope.kind === 'none') return sql`false`
  if (scope.kind === 'organ') return sql`o.id = ${scope.organId}`
  const ownLevel = scope.secretUnits
    ? sql`o.jurisdiction_code = ${scope.jurisdictionCode}`
    : sql`(o.jurisdiction_code = ${scope.jurisdictionCode} and not o.secret_unit)`
  const lower = scope.lower
    ? sql`(o.jurisdiction_code like ${`${codePrefix(scope.jurisdictionCode)}%`} and not o.secret_unit)`
    : sql`false`
  return sql`(o.id = ${scope.organId} or ${ownLevel} or ${lower})`
}

function filterConditions(filter: OrganFilter, day: string): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (filter.jurisdictionCode) conditions.push(sql`o.jurisdiction_code = ${filter.jurisdictionCode}`)
  if (filter.kind) conditions.push(sql`o.kind = ${filter.kind}`)
  if (filter.part) conditions.push(carries(filter.part, day))
  if (filter.text)
    conditions.push(sql`(strpos(o.name, ${filter.text}) > 0 or strpos(o.short_name, ${filter.text}) > 0
      or strpos(coalesce(o.budget_code, ''), ${filter.text}) > 0)`)
  if (!filter.includeClosed) conditions.push(sql`(o.valid_until is null or o.valid_until >= ${day})`)
  return conditions
}

/** What the rules ask of the register around an organ; `exceptId` leaves the organ itself out. */
export async function organNeighbourhood(
  tx: Tx,
  draft: { jurisdictionCode: string; name: string; parts: readonly StatutoryPart[]; creditCode: string | null },
  from: string,
  exceptId: string | null,
): Promise<{
  soleParts: { part: StatutoryPart; organName: string }[]
  nameTaken: boolean
  creditCodeOf: string | null
}> {
  const others = sql`o.id is distinct from ${exceptId}::uuid and (o.valid_until is null or o.valid_until >= ${from})`
  const holders = await sql<{ part: StatutoryPart; organName: string }>`
    select p.part, o.name as organ_name from organs.organ_part p join organs.organ o on o.id = p.organ_id
    where p.jurisdiction_code = ${draft.jurisdictionCode} and p.part in ('authority', 'finance') and p.part = any(${[...draft.parts]}::text[])
      and (p.valid_until is null or p.valid_until >= ${from}) and ${others}`.execute(tx)
  const { rows } = await sql<{ nameTaken: boolean; creditCodeOf: string | null }>`select
      exists (select from organs.organ o where o.jurisdiction_code = ${draft.jurisdictionCode} and o.name = ${draft.name} and ${others}) as name_taken,
      (select o.name from organs.organ o where o.credit_code = ${draft.creditCode} and ${others} limit 1) as credit_code_of`.execute(
    tx,
  )
  return {
    soleParts: holders.rows,
    nameTaken: rows[0]?.nameTaken ?? false,
    creditCodeOf: rows[0]?.creditCodeOf ?? null,
  }
}

export type NewOrgan = Omit<OrganRow, 'jurisdictionName' | 'level' | 'version' | 'validUntil' | 'successorId'>

export async function insertOrgan(tx: Tx, organ: NewOrgan, document: string | null): Promise<void> {
  await sql`insert into organs.organ (id, jurisdiction_code, name, short_name, kind, credit_code, budget_code, in_compound,
      secret_unit, trade_union, valid_from)
    values (${organ.id}, ${organ.jurisdictionCode}, ${organ.name}, ${organ.shortName}, ${organ.kind}, ${organ.creditCode},
      ${organ.budgetCode}, ${organ.inCompound}, ${organ.secretUnit}, ${organ.tradeUnion}, ${organ.validFrom})`.execute(
    tx,
  )
  await addParts(tx, organ, organ.parts, organ.validFrom)
  await sql`insert into organs.organ_name (organ_id, name, short_name, valid_from, document)
    values (${organ.id}, ${organ.name}, ${organ.shortName}, ${organ.validFrom}, ${document})`.execute(tx)
}

/** Writes an organ back over the version it was read in; its parts and names have writers of their own. */
export async function updateOrgan(tx: Tx, organ: OrganRow): Promise<OrganRow> {
  const { rows } = await sql<{
    version: number
  }>`update organs.organ set name = ${organ.name}, short_name = ${organ.shortName},
      kind = ${organ.kind}, credit_code = ${organ.creditCode}, budget_code = ${organ.budgetCode},
      in_compound = ${organ.inCompound}, secret_unit = ${organ.secretUnit}, trade_union = ${organ.tradeUnion},
      valid_until = ${organ.validUntil}, successor_id = ${organ.successorId}, version = version + 1
    where id = ${organ.id} and version = ${organ.version} returning version`.execute(tx)
  if (!rows[0]) throw new Conflict('机关登记信息')
  return { ...organ, version: rows[0].version }
}

export async function addParts(
  tx: Tx,
  organ: { id: string; jurisdictionCode: string },
  parts: readonly StatutoryPart[],
  from: string,
): Promise<void> {
  await sql`insert into organs.organ_part (organ_id, jurisdiction_code, part, valid_from)
    select ${organ.id}::uuid, ${organ.jurisdictionCode}::text, part, ${from}::date from unnest(${[...parts]}::text[]) as part`.execute(
    tx,
  )
}

/** Ends parts with the day; those that would only begin later are taken back. */
export async function endParts(
  tx: Tx,
  organId: string,
  parts: readonly StatutoryPart[],
  lastDay: string,
): Promise<void> {
  const ending = sql`organ_id = ${organId} and part = any(${[...parts]}::text[])`
  await sql`delete from organs.organ_part where ${ending} and valid_from > ${lastDay}`.execute(tx)
  await sql`update organs.organ_part set valid_until = ${lastDay}
    where ${ending} and (valid_until is null or valid_until > ${lastDay})`.execute(tx)
}

/** A new name from a day on; the one before ends the day before, one that would begin later is replaced. */
export async function renameOrgan(tx: Tx, organId: string, name: Omit<OrganName, 'validUntil'>): Promise<void> {
  await sql`delete from organs.organ_name where organ_id = ${organId} and valid_from >= ${name.validFrom}`.execute(tx)
  await sql`update organs.organ_name set valid_until = ${name.validFrom}::date - 1
    where organ_id = ${organId} and (valid_until is null or valid_until >= ${name.validFrom})`.execute(tx)
  await sql`insert into organs.organ_name (organ_id, name, short_name, valid_from, document)
    values (${organId}, ${name.name}, ${name.shortName}, ${name.validFrom}, ${name.document})`.execute(tx)
}

export async function namesOf(tx: Tx, organId: string): Promise<OrganName[]> {
  const { rows } =
    await sql<OrganName>`select name, short_name, valid_from, valid_until, document from organs.organ_name
    where organ_id = ${organId} order by valid_from desc`.execute(tx)
  return rows
}

export type HeadcountPeriod = {
  validFrom: string
  validUntil: string | null
  document: string | null
  headcount: RankHeadcount[]
}

/** Posts and people from a day on; rows that would begin later are replaced, those that run end the day before. */
export async function replaceHeadcount(
  tx: Tx,
  organId: string,
  from: string,
  headcount: readonly RankHeadcount[],
  document: string | null,
): Promise<void> {
  await sql`delete from organs.headcount where organ_id = ${organId} and valid_from >= ${from}`.execute(tx)
  await sql`update organs.headcount set valid_until = ${from}::date - 1
    where organ_id = ${organId} and (valid_until is null or valid_until >= ${from})`.execute(tx)
  await sql`insert into organs.headcount (organ_id, rank, approved, in_post, valid_from, document)
    select ${organId}::uuid, rank, approved, in_post, ${from}::date, ${document}::text
    from unnest(${headcount.map((row) => row.rank)}::text[], ${headcount.map((row) => row.approved)}::int[],
      ${headcount.map((row) => row.inPost)}::int[]) as t (rank, approved, in_post)`.execute(tx)
}

type HeadcountRow = RankHeadcount & {
  organId: string
  validFrom: string
  validUntil: string | null
  document: string | null
}

export async function headcountRowsOn(tx: Tx, organIds: readonly string[], day: Day): Promise<HeadcountRow[]> {
  const { rows } = await sql<HeadcountRow>`select organ_id, rank, approved, in_post, valid_from, valid_until, document
    from organs.headcount where organ_id = any(${[...organIds]}::uuid[]) and ${inForce(day)}`.execute(tx)
  return rows
}

export async function headcountPeriods(tx: Tx, organId: string): Promise<HeadcountPeriod[]> {
  const { rows } = await sql<
    Omit<HeadcountPeriod, 'headcount'> & { headcount: { rank: Rank; approved: number; inPost: number }[] }
  >`
    select valid_from, valid_until, max(document) as document,
      json_agg(json_build_object('rank', rank, 'approved', approved, 'inPost', in_post)) as headcount
    from organs.headcount where organ_id = ${organId} group by valid_from, valid_until order by valid_from desc`.execute(
    tx,
  )
  return rows
}
