import type { Operation } from '#kernel/pure/contract.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract as record } from '#modules/record/contract.ts'
import type { Clerk, LabGround } from './ground.ts'
import type { Random } from './random.ts'

/** What a client knows of the world from the answers it got; others change the same things, so it may be wrong. */
export type Knowledge = {
  ground: LabGround
  clerk: Clerk
  commitments: { id: string; lineId: string; openFen: number }[]
  executions: number[]
  demandVersion: number
  opinionVersion: number
  caseId: string | null
}

// oxlint-disable-next-line typescript/no-explicit-any -- answers of many operations
type Body = any

export type Move = {
  operation: Operation
  /** How often it is chosen, beside the others of the same person. */
  weight: number
  /** Null when there is nothing to do it with yet. */
  input: (known: Knowledge, random: Random, id: string) => Record<string, unknown> | null
  /** What the client learns, and what of the answer the checker compares with. */
  learn: (known: Knowledge, body: Body, input: Record<string, unknown>) => Record<string, unknown>
}

const today = () => localDateOf(new Date())

const line = (needKind: string, itemName: string, economicCode: string, amountFen: number) => ({
  id: null,
  needKind,
  itemName,
  standardCode: null,
  economicCode,
  quantity: 1,
  unit: '项',
  unitPriceFen: null,
  amountFen,
  neededMonth: null,
  existingQuantity: null,
  usableQuantity: null,
  disposingQuantity: null,
  replacement: null,
  reason: '日常办公',
  note: '',
})

const versionOf = (known: Knowledge, body: Body): Record<string, unknown> => {
  known.demandVersion = body.demand.version
  known.caseId = body.demand.caseId
  return { demandId: body.demand.id, version: body.demand.version, state: body.demand.state }
}

/** What a clerk does at the own organ. Two or three clients are the same clerk, so versions and money are contended. */
export const clerkMoves: readonly Move[] = [
  {
    operation: ledger.commit,
    weight: 6,
    input: ({ clerk }, random, id) => ({
      lineId: random.pick(clerk.lineIds),
      title: `订单 ${id}`,
      amountFen: 100 + random.below(40_000),
      note: id,
      occurredOn: today(),
    }),
    learn: (known, { commitment, line: after }) => {
      known.commitments.push({ id: commitment.id, lineId: after.id, openFen: commitment.openFen })
      return { commitmentId: commitment.id, lineId: after.id, amountFen: commitment.openFen }
    },
  },
  {
    operation: ledger.execute,
    weight: 8,
    input: (known, random, id) => {
      const held = random.next() < 0.4 ? known.commitments.pop() : undefined
      const said = { note: id, document: id, occurredOn: today() }
      if (held) return { lineId: held.lineId, commitmentId: held.id, amountFen: held.openFen, ...said }
      return { lineId: random.pick(known.clerk.lineIds), amountFen: 100 + random.below(20_000), ...said }
    },
    learn: (known, { entry }) => {
      known.executions.push(entry.id)
      return { entryId: entry.id, lineId: entry.lineId, amountFen: entry.amountFen }
    },
  },
  {
    operation: ledger.release,
    weight: 3,
    input: (known, random, id) => {
      const commitment = known.commitments.length > 0 ? random.pick(known.commitments) : null
      return commitment && { commitmentId: commitment.id, amountFen: 50, note: id, occurredOn: today() }
    },
    learn: (_, { line: after }, { amountFen }) => ({ lineId: after.id, amountFen }),
  },
  {
    operation: ledger.reverse,
    weight: 2,
    input: (known, random, id) =>
      known.executions.length === 0 ? null : { entryId: random.pick(known.executions), note: id, occurredOn: today() },
    learn: (_, { entry }) => ({ entryId: entry.id, lineId: entry.lineId, amountFen: entry.amountFen }),
  },
  {
    operation: plans.saveDemand,
    weight: 2,
    input: ({ clerk, demandVersion }, random, id) => ({
      demandId: clerk.demandId,
      contact: id,
      declaredNotSecret: true,
      lines: [
        line('N01', '办公费', '30201', (1 + random.below(50)) * 10_000),
        line('N08', '物业管理费', '30209', (1 + random.below(50)) * 10_000),
      ],
      version: demandVersion,
    }),
    learn: versionOf,
  },
  {
    operation: plans.submitDemand,
    weight: 2,
    input: ({ clerk, demandVersion }, _, id) => ({ demandId: clerk.demandId, version: demandVersion, opinion: id }),
    learn: versionOf,
  },
  {
    operation: plans.withdrawDemand,
    weight: 1,
    input: ({ clerk, demandVersion }, _, id) => ({ demandId: clerk.demandId, version: demandVersion, opinion: id }),
    learn: versionOf,
  },
  {
    operation: consultation.saveOpinion,
    weight: 2,
    input: ({ clerk, opinionVersion }, _, id) => ({
      opinionId: clerk.opinionId,
      version: opinionVersion,
      draft: { stance: 'comments', items: [{ id: null, place: '第二条', opinion: `建议写明 ${id}` }] },
    }),
    learn: (known, { opinion }) => {
      known.opinionVersion = opinion.version
      return { opinionId: opinion.id, version: opinion.version }
    },
  },
  {
    operation: consultation.submitOpinion,
    weight: 1,
    input: ({ clerk, opinionVersion }, _, id) => ({
      opinionId: clerk.opinionId,
      version: opinionVersion,
      stance: 'comments',
      items: [{ id: null, place: '第二条', opinion: `建议写明 ${id}`, suggestion: '', reason: '' }],
    }),
    learn: (known, { opinion }) => {
      known.opinionVersion = opinion.version
      return { opinionId: opinion.id, version: opinion.version }
    },
  },
  {
    operation: record.attach,
    weight: 2,
    input: ({ caseId }, random, id) =>
      caseId === null
        ? null
        : { caseId, file: { name: `${id}.txt`, text: `${id}\n${'附'.repeat(random.below(4000))}` } },
    learn: (_, body) => ({ attachmentId: body.id }),
  },
]

/** What the authority's reviewer does at all organs. */
export const reviewerMoves: readonly Move[] = [
  {
    operation: plans.returnDemand,
    weight: 3,
    input: ({ ground }, random, id) => {
      const { demandId } = random.pick(ground.clerks)
      return { demandId, version: 1 + random.below(30), opinion: id }
    },
    learn: (_, demand) => ({ demandId: demand.id, version: demand.version, state: demand.state }),
  },
  {
    operation: plans.proposeAll,
    weight: 1,
    input: ({ ground }) => ({ cycleId: ground.cycleId }),
    learn: (_, { runId }) => ({ runId }),
  },
  {
    operation: plans.remindOrgans,
    weight: 1,
    input: ({ ground }, random, id) => ({
      cycleId: ground.cycleId,
      organIds: [random.pick(ground.clerks).organId],
      text: id,
    }),
    learn: (_, { reminded }) => ({ reminded }),
  },
]

/** What asks the organs for their opinion. */
export const serviceMoves: readonly Move[] = [
  {
    operation: consultation.openConsultation,
    weight: 1,
    input: ({ ground }, random, id) => ({
      title: `征求意见 ${id}`,
      text: '第一条 为规范服务，制定本规范。',
      organIds: [random.pick(ground.clerks).organId],
      opinionsUntil: localDateOf(new Date(Date.now() + 45 * 86_400_000)),
      namesShown: true,
    }),
    learn: (_, { consultation: opened }) => ({ consultationId: opened.id }),
  },
]

/** Reads by which a client learns the versions that others have made. */
export const refreshes = {
  demand: plans.viewDemand,
  opinion: consultation.viewOpinion,
} as const
