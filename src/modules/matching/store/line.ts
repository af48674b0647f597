import { sql } from 'kysely'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Chosen, LineState, Source, Supply } from '../model.ts'

export type LineRow = {
  id: string
  proposalId: string
  cycleId: string
  jurisdictionCode: string
  organId: string
  organName: string
  demandId: string
  demandLineId: string
  lineNo: number
  itemName: string
  standardCode: string
  unit: string
  asked: number
  needed: number
  inUse: number
  priceFen: number
  replacement: boolean
  matched: number
  fromWarehouse: number
  fromLevels: number
  savedFen: number
  judgementId: string
  state: LineState
  acceptedPieces: number
  acceptedFen: number
  reason: string
  answeredByName: string
  answeredAt: Date | null
  requestId: string | null
  requestNumber: string
  decisionId: string | null
  version: number
}

const columns = sql`id, proposal_id, cycle_id, jurisdiction_code, organ_id, organ_name, demand_id, demand_line_id, line_no, item_name,
  standard_code, unit, asked::float8 as asked, needed, in_use::float8 as in_use, price_fen, replacement, matched, from_warehouse,
  from_levels, saved_fen, judgement_id, state, accepted_pieces, accepted_fen, reason, answered_by_name, answered_at, request_id, request_number,
  decision_id, version`

export async function lineById(tx: Tx, id: string, lock = false): Promise<LineRow | undefined> {
  const { rows } =
    await sql<LineRow>`select ${columns} from matching.line where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0]
}

/** Year of law of the cycle that a line belongs to. */
export async function yearOfLine(tx: Tx, line: Pick<LineRow, 'proposalId'>): Promise<number> {
  const { rows } = await sql<{
    year: number
  }>`select year from matching.proposal where id = ${line.proposalId}`.execute(tx)
  return rows[0]?.year ?? 0
}

/** Demand lines of a cycle that were met by matching already. */
export async function acceptedDemandLines(tx: Tx, cycleId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select demand_line_id as id from matching.line
    where cycle_id = ${cycleId} and state = 'accepted'`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

export type LineFilter = {
  proposalId: string
  cycleId: string
  organId?: string | undefined
  standardCode?: string | undefined
  state?: LineState | undefined
}

/** Lines of a proposal, and those of the cycle that were taken up before it; those that save most first. */
export async function linesPage(
  tx: Tx,
  { proposalId, cycleId, organId, standardCode, state }: LineFilter,
  after: { savedFen: number; id: string } | null,
  limit: number,
): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`select ${columns} from matching.line
    where (proposal_id = ${proposalId} or (cycle_id = ${cycleId} and state = 'accepted'))
      ${organId ? sql`and organ_id = ${organId}` : sql``} ${standardCode ? sql`and standard_code = ${standardCode}` : sql``}
      ${state ? sql`and state = ${state}` : sql``}
      ${after ? sql`and (saved_fen, id) < (${after.savedFen}, ${after.id}::uuid)` : sql``}
    order by saved_fen desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Organs and kinds that a proposal has lines of, for choosing among them. */
export async function choicesOf(
  tx: Tx,
  proposalId: string,
): Promise<{
  organs: { id: string; name: string; lines: number }[]
  kinds: { code: string; name: string; lines: number }[]
}> {
  const organs = await sql<{ id: string; name: string; lines: number }>`select organ_id as id, min(organ_name) as name,
      count(*)::int as lines from matching.line where proposal_id = ${proposalId} group by 1 order by 2, 1`.execute(tx)
  const kinds = await sql<{
    code: string
    name: string
    lines: number
  }>`select standard_code as code, min(item_name) as name,
      count(*)::int as lines from matching.line where proposal_id = ${proposalId} group by 1 order by 3 desc, 1`.execute(
    tx,
  )
  return { organs: organs.rows, kinds: kinds.rows }
}

export type NewLine = Omit<
  LineRow,
  | 'state'
  | 'acceptedPieces'
  | 'acceptedFen'
  | 'reason'
  | 'answeredByName'
  | 'answeredAt'
  | 'requestId'
  | 'requestNumber'
  | 'decisionId'
  | 'version'
>
export type NewAllotment = {
  id: string
  lineId: string
  placeNo: number
  source: Source
  supplyId: string
  cardId: string | null
  ownerOrganId: string | null
  /** Of another level's things: who asks, and who is asked. */
  askingCode: string | null
  giverCode: string | null
  number: string
  pieces: number
  savedFen: number
  supply: Supply & { own: boolean }
}

/** Rows of one statement; COPY does not go through row-level security. */
const batch = 1000

export async function insertLines(
  tx: Tx,
  lines: readonly NewLine[],
  allotments: readonly NewAllotment[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += batch)
    await sql`insert into matching.line (id, proposal_id, cycle_id, jurisdiction_code, organ_id, organ_name, demand_id, demand_line_id,
        line_no, item_name, standard_code, unit, asked, needed, in_use, price_fen, replacement, matched, from_warehouse, from_levels, saved_fen,
        judgement_id, state)
      select r."id", r."proposalId", r."cycleId", r."jurisdictionCode", r."organId", r."organName", r."demandId", r."demandLineId",
        r."lineNo", r."itemName", r."standardCode", r."unit", r."asked", r."needed", r."inUse", r."priceFen", r."replacement",
        r."matched", r."fromWarehouse", r."fromLevels", r."savedFen", r."judgementId", 'proposed'
      from jsonb_to_recordset(${JSON.stringify(lines.slice(from, from + batch))}::jsonb) as r("id" uuid, "proposalId" uuid,
        "cycleId" uuid, "jurisdictionCode" text, "organId" uuid, "organName" text, "demandId" uuid, "demandLineId" uuid,
        "lineNo" integer, "itemName" text, "standardCode" text, "unit" text, "asked" numeric, "needed" integer, "inUse" numeric,
        "priceFen" bigint, "replacement" boolean, "matched" integer, "fromWarehouse" integer, "fromLevels" integer, "savedFen" bigint,
        "judgementId" uuid)`.execute(tx)
  for (let from = 0; from < allotments.length; from += batch)
    await sql`insert into matching.allotment (id, line_id, place_no, source, supply_id, card_id, owner_organ_id, asking_code, giver_code,
        number, pieces, saved_fen, supply)
      select r."id", r."lineId", r."placeNo", r."source", r."supplyId", r."cardId", r."ownerOrganId", r."askingCode", r."giverCode",
        r."number", r."pieces", r."savedFen", r."supply"
      from jsonb_to_recordset(${JSON.stringify(allotments.slice(from, from + batch))}::jsonb) as r("id" uuid, "lineId" uuid,
        "placeNo" integer, "source" text, "supplyId" uuid, "cardId" uuid, "ownerOrganId" uuid, "askingCode" text, "giverCode" text,
        "number" text, "pieces" integer,
        "savedFen" bigint, "supply" jsonb)`.execute(tx)
}

export type AllotmentRow = {
  id: string
  lineId: string
  source: Source
  supplyId: string
  cardId: string | null
  ownerOrganId: string | null
  giverCode: string | null
  levelRequestId: string | null
  levelRequestNumber: string
  pieces: number
  savedFen: number
  supply: Omit<Chosen, 'pieces' | 'savedFen'>
  accepted: boolean
}

export async function allotmentsOf(tx: Tx, lineId: string): Promise<AllotmentRow[]> {
  const { rows } =
    await sql<AllotmentRow>`select id, line_id, source, supply_id, card_id, owner_organ_id, giver_code, level_request_id,
      level_request_number, pieces, saved_fen, supply, accepted from matching.allotment where line_id = ${lineId} order by place_no`.execute(
      tx,
    )
  return rows
}

/** Cards among these that another line keeps already (GWC-R12). */
export async function keptElsewhere(tx: Tx, cardIds: readonly string[], lineId: string): Promise<Set<string>> {
  const { rows } = await sql<{ cardId: string }>`select card_id from matching.allotment
    where accepted and line_id <> ${lineId} and card_id = any(${[...cardIds]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ cardId }) => cardId))
}

export async function keepAllotments(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update matching.allotment set accepted = true where id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Another level's things that the line keeps by the request that asks for them. */
export async function keepAsked(
  tx: Tx,
  ids: readonly string[],
  request: { levelRequestId: string; number: string },
): Promise<void> {
  await sql`update matching.allotment set accepted = true, level_request_id = ${request.levelRequestId},
      level_request_number = ${request.number} where id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** All that the line keeps is free; it was the reviewer who took it back, so that other levels may be asked again. */
export async function letAllotmentsGo(tx: Tx, lineId: string): Promise<void> {
  await sql`update matching.allotment set accepted = false, level_request_id = null, level_request_number = ''
    where line_id = ${lineId} and accepted`.execute(tx)
}

/** Things that a proposal gives to other lines which nobody has answered yet: they stand for these. */
export async function proposedToOthers(tx: Tx, line: Pick<LineRow, 'id' | 'proposalId'>): Promise<Set<string>> {
  const { rows } = await sql<{ supplyId: string }>`select a.supply_id from matching.allotment a
    join matching.line l on l.id = a.line_id
    where l.proposal_id = ${line.proposalId} and l.id <> ${line.id} and l.state = 'proposed'`.execute(tx)
  return new Set(rows.map(({ supplyId }) => supplyId))
}

/** Things of other levels that a cycle asked for and did not get. */
export async function refusedByLevels(tx: Tx, cycleId: string): Promise<Set<string>> {
  const { rows } = await sql<{ supplyId: string }>`select a.supply_id from matching.allotment a
    join matching.line l on l.id = a.line_id
    where l.cycle_id = ${cycleId} and a.level_request_id is not null and not a.accepted`.execute(tx)
  return new Set(rows.map(({ supplyId }) => supplyId))
}

/** These things are the line's no more. */
export async function letThingsGo(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update matching.allotment set accepted = false where id = any(${[...ids]}::uuid[])`.execute(tx)
}

export type Answer = Pick<
  LineRow,
  | 'state'
  | 'acceptedPieces'
  | 'acceptedFen'
  | 'reason'
  | 'answeredByName'
  | 'requestId'
  | 'requestNumber'
  | 'decisionId'
> & { answeredAt: Date }

/** @throws Conflict when it was answered meanwhile */
export async function answerLine(tx: Tx, line: LineRow, answer: Answer): Promise<LineRow> {
  const { rows } =
    await sql<LineRow>`update matching.line set state = ${answer.state}, accepted_pieces = ${answer.acceptedPieces},
      accepted_fen = ${answer.acceptedFen}, reason = ${answer.reason}, answered_by_name = ${answer.answeredByName},
      answered_at = ${answer.answeredAt}, request_id = ${answer.requestId}, request_number = ${answer.requestNumber},
      decision_id = ${answer.decisionId}, version = version + 1
    where id = ${line.id} and version = ${line.version} returning ${columns}`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Conflict('调剂建议')
  return row
}

/** What the rules said of a line when it was proposed. */
export async function findingsOf(tx: Tx, judgementId: string): Promise<Finding[]> {
  const { rows } = await sql<{ findings: Finding[] | null }>`select findings from kernel.judgement
    where id = ${judgementId}`.execute(tx)
  return rows[0]?.findings ?? []
}
