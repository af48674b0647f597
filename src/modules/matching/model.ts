import { z } from 'zod'
import { FenSchema, Instant } from '#kernel/pure/contract.ts'
import { Finding } from '#kernel/pure/verdict.ts'

/**
 * Where a thing comes from: the public warehouse of the level, an organ of it that has no use for it, or another level's
 * warehouse, which gives it by its own consent alone (Art. 6).
 */
export const sourceLabels = { warehouse: '公物仓', idle: '机关闲置', level: '其他层级公物仓' } as const
export type Source = keyof typeof sourceLabels
export const Source = z.enum(Object.keys(sourceLabels) as [Source, ...Source[]])

/** Grades of appraisal 鉴定等级; things that no warehouse looked at have none. */
export const Grade = z.enum(['A', 'B', 'C', 'D'])

/** Another level whose warehouse has a thing: how it stands to the own, and how many levels lie between (cost of the move). */
export const FarLevel = z.object({
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  relation: z.enum(['above', 'below', 'beside']),
  levelsApart: z.number().int(),
})
export type FarLevel = z.infer<typeof FarLevel>
export const relationLabels = { above: '上级', below: '下级', beside: '同级' } as const

/** A thing that is there, as far as matching looks at it. Money is 分 for one piece. */
export const Supply = z.object({
  source: Source,
  /** The item of the warehouse, else the asset card. */
  id: z.uuid(),
  /** Null of another level's things: its cards and their holders are not told. */
  cardId: z.uuid().nullable(),
  number: z.string(),
  name: z.string(),
  standardCode: z.string(),
  organId: z.uuid().nullable(),
  /** Of another level's things the warehouse. */
  organName: z.string(),
  place: z.string(),
  /** Pieces on one card; they go together. */
  quantity: z.number().int(),
  grade: Grade.nullable(),
  /** Whole months of its least life that are left; null where the standards set none. */
  remainingMonths: z.number().int().nullable(),
  repairFen: FenSchema,
  transportFen: FenSchema,
  /** Of another level's things alone. */
  level: FarLevel.optional(),
})
export type Supply = z.infer<typeof Supply>

/** A supply as it is given to a line: how many pieces, and what it saves. */
export const Chosen = Supply.extend({
  /** The asking organ's own. */
  own: z.boolean(),
  pieces: z.number().int(),
  savedFen: FenSchema,
})
export type Chosen = z.infer<typeof Chosen>

/** Things of the kind that the line does not get, by the reason. */
export const leftOutLabels = {
  life: '剩余使用期不足',
  given: '安排给其他需求更节约或依次应先',
  lot: '成批登记，整批超过所需数量',
  dear: '修复和搬运费用不低于购置',
} as const
export type LeftOutReason = keyof typeof leftOutLabels
export const LeftOut = z.object({
  reason: z.enum(Object.keys(leftOutLabels) as [LeftOutReason, ...LeftOutReason[]]),
  pieces: z.number().int(),
})
export type LeftOut = z.infer<typeof LeftOut>

/** What other levels' warehouses have of the kind, told by proposals that did not propose it themselves yet; kept for their replay. */
export const Elsewhere = z.object({ jurisdictionName: z.string(), pieces: z.number().int() })
export type Elsewhere = z.infer<typeof Elsewhere>

export const lineStateLabels = {
  proposed: '待定',
  accepted: '已采纳',
  refused: '不采纳',
  withdrawn: '已撤回',
} as const
export type LineState = keyof typeof lineStateLabels
export const lineStates = Object.keys(lineStateLabels) as [LineState, ...LineState[]]

/** One demand line of a proposal with what could meet it 调剂建议. */
export const MatchedLine = z.object({
  id: z.uuid(),
  proposalId: z.uuid(),
  demandId: z.uuid(),
  demandLineId: z.uuid(),
  lineNo: z.number().int(),
  organId: z.uuid(),
  organName: z.string(),
  itemName: z.string(),
  standardCode: z.string(),
  unit: z.string(),
  asked: z.number(),
  /** Pieces that the standard admits. */
  needed: z.number().int(),
  /** Pieces the proposal meets, and what that saves. */
  matched: z.number().int(),
  priceFen: FenSchema,
  savedFen: FenSchema,
  /** Pieces of it from the warehouse. */
  fromWarehouse: z.number().int(),
  /** Pieces of it that other levels would have to consent to. */
  fromLevels: z.number().int(),
  state: z.enum(lineStates),
  /** What was accepted of it; none until then. */
  acceptedPieces: z.number().int(),
  acceptedFen: FenSchema,
  reason: z.string(),
  answeredBy: z.string(),
  answeredAt: Instant.nullable(),
  /** Allotment of the warehouse that came of it. */
  requestId: z.uuid().nullable(),
  requestNumber: z.string(),
  decisionId: z.uuid().nullable(),
  version: z.number().int(),
})
export type MatchedLine = z.infer<typeof MatchedLine>

export const Allotment = Chosen.extend({
  allotmentId: z.uuid(),
  accepted: z.boolean(),
  /** Request to the other level that began with taking it up. */
  levelRequestId: z.uuid().nullable(),
  levelRequestNumber: z.string(),
})
export type Allotment = z.infer<typeof Allotment>

/** Money is counted once: for each demand line that was accepted, what is not bought (GWC-R13). */
export const Totals = z.object({
  lines: z.number().int(),
  pieces: z.number().int(),
  savedFen: z.number(),
  openLines: z.number().int(),
  openFen: z.number(),
  acceptedLines: z.number().int(),
  acceptedPieces: z.number().int(),
  acceptedFen: z.number(),
  refusedLines: z.number().int(),
})
export type Totals = z.infer<typeof Totals>

export const Proposal = z.object({
  id: z.uuid(),
  cycleId: z.uuid(),
  askedBy: z.string(),
  askedAt: Instant,
  finishedAt: Instant,
  tookMs: z.number().int(),
  /** What was looked at: lines of the cycle and pieces there are. */
  lines: z.number().int(),
  stockPieces: z.number().int(),
  savedFen: z.number(),
  /** What no assignment could pass; the gap to it is how far from the best this one may be. */
  boundFen: z.number(),
  /** What first come, first served would have saved. */
  byTurnFen: z.number(),
})
export type Proposal = z.infer<typeof Proposal>

export const Findings = z.array(Finding)
