import { z } from 'zod'
import {
  pageInputByNumber,
  pageInputById,
  pageOf,
  type OperationDeclaration,
  queryYear,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { NeedKind } from '#modules/standards/model.ts'
import { Cycle, CycleCalendar, demandStates } from '../model.ts'

const MoneyByKind = z.object({
  needKind: NeedKind,
  lines: z.number().int(),
  askedFen: z.number(),
  approvedFen: z.number(),
  cutFen: z.number(),
  executedFen: z.number(),
})

/** Standing of one organ in a cycle: the authority's follow-up list. */
export const OrganStanding = z.object({
  organId: z.uuid(),
  organName: z.string(),
  demandId: z.uuid().nullable(),
  state: z.enum(demandStates).nullable(),
  late: z.boolean(),
  submittedOn: LocalDateSchema.nullable(),
  lineCount: z.number().int(),
  /** Lines whose review is decided. */
  decidedCount: z.number().int(),
  findingCount: z.number().int(),
  askedFen: z.number(),
  approvedFen: z.number().nullable(),
})

export const cycleOperations = {
  cycles: {
    method: 'GET',
    path: '/cycles',
    summary: '年度保障计划周期列表',
    input: z.object({ year: queryYear.optional(), ...pageInputByNumber }),
    output: pageOf(Cycle),
  },
  openCycle: {
    method: 'POST',
    path: '/cycles',
    summary: '开启年度保障计划周期',
    input: z.object({
      year: z.number().int().min(2021, '条例自2021年起施行。').max(2100),
      calendar: CycleCalendar,
      standardsOn: LocalDateSchema,
    }),
    output: Cycle,
  },
  changeCycleCalendar: {
    method: 'PUT',
    path: '/cycles/:cycleId/calendar',
    summary: '调整周期日程',
    input: z.object({
      cycleId: z.uuid(),
      calendar: CycleCalendar,
      reason: z.string().trim().min(1, '请写明调整原因。').max(500),
    }),
    output: Cycle,
  },
  /** The cycle dashboard: who has submitted, what is late, money asked / approved / cut by kind. */
  viewCycle: {
    method: 'GET',
    path: '/cycles/:cycleId',
    summary: '查看周期总览',
    input: z.object({ cycleId: z.uuid() }),
    output: z.object({
      cycle: Cycle,
      counts: z.object({
        organs: z.number(),
        draft: z.number(),
        submitted: z.number(),
        returned: z.number(),
        reviewed: z.number(),
        late: z.number(),
        overdue: z.number(),
      }),
      money: z.array(MoneyByKind),
      adjustments: z.object({ open: z.number(), overdue: z.number(), filed: z.number() }),
      reports: z.object({ due: z.number(), sent: z.number(), overdue: z.number() }),
      may: z.object({ changeCalendar: May, proposeAll: May, draftPlan: May, remind: May }),
    }),
  },
  standings: {
    method: 'GET',
    path: '/cycles/:cycleId/organs',
    summary: '各机关办理进度',
    input: z.object({
      cycleId: z.uuid(),
      state: z.enum([...demandStates, 'late', 'missing']).optional(),
      text: z.string().max(50).optional(),
      ...pageInputById,
    }),
    output: pageOf(OrganStanding),
  },
  remindOrgans: {
    method: 'POST',
    path: '/cycles/:cycleId/reminders',
    summary: '催报',
    input: z.object({
      cycleId: z.uuid(),
      organIds: z.array(z.uuid()).min(1).max(500),
      text: z.string().trim().max(200).optional(),
    }),
    output: z.object({ reminded: z.number().int() }),
  },
  /** What the signed-in clerk, reviewer, leader or finance officer has to do in this year's cycles: the module's part of the home page. */
  homeSummary: {
    method: 'GET',
    path: '/home',
    summary: '本人计划事项概览',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          title: z.string(),
          detail: z.string(),
          link: z.string(),
          urgency: z.enum(['overdue', 'due', 'new', 'info']),
          dueOn: LocalDateSchema.nullable(),
        }),
      ),
      figures: z.array(z.object({ label: z.string(), value: z.string(), link: z.string() })),
    }),
  },
} satisfies Record<string, OperationDeclaration>
