import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { dayKinds } from '#kernel/pure/calendar.ts'
import { DurationUnit, Party } from '#kernel/pure/case-kind.ts'
import { defineContract, FileOutput, Instant, pageInput, pageOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Basis, May, Step } from '#kernel/pure/verdict.ts'
import { DutyKey, DutyReach, DutyState } from './model.ts'

export const DutyView = z.object({
  key: z.string(),
  /** Id of the statutory term, with its title. */
  term: z.string(),
  termTitle: z.string(),
  title: z.string(),
  norm: z.string().nullable(),
  citation: z.string(),
  /** Whom it concerns. */
  organId: z.string(),
  organName: z.string(),
  party: Party,
  /** Who has to do it: the organ, or the authority or finance department of its level. */
  bearerName: z.string(),
  year: z.number().int().nullable(),
  countedFrom: LocalDateSchema.nullable(),
  dueOn: LocalDateSchema,
  /** 暂定: the last day may still move. */
  provisional: z.boolean(),
  fulfilledOn: LocalDateSchema.nullable(),
  state: DutyState,
  unit: DurationUnit,
  /** Days to the last day by `unit`: negative when past it; of what is done, on the day it was done. */
  left: z.number().int(),
  /** Page of the record. */
  link: z.string(),
})
export type DutyView = z.infer<typeof DutyView>

const LateDuty = DutyView.extend({
  remindersSent: z.number().int(),
  lastRemindedOn: LocalDateSchema.nullable(),
  may: z.object({ remind: May }),
})
export type LateDuty = z.infer<typeof LateDuty>

const ReminderView = z.object({
  kind: z.enum(['clock', 'passed', 'supervision']),
  text: z.string(),
  sentBy: z.string(),
  at: Instant,
})

const FeedView = z.object({
  id: z.uuid(),
  organName: z.string(),
  role: Role,
  createdAt: Instant,
  lastFetchedAt: Instant.nullable(),
})
export type FeedView = z.infer<typeof FeedView>

const termId = z
  .string()
  .regex(/^[a-z][a-z-]{2,60}$/, '时限编号由小写字母和连字符组成。')
  .optional()

const LateTotal = z.object({
  term: z.string(),
  termTitle: z.string(),
  norm: z.string().nullable(),
  overdue: z.number().int(),
  doneLate: z.number().int(),
  organs: z.number().int(),
})

const overdueFilter = {
  term: termId,
  state: z.enum(['overdue', 'done-late']).optional().describe('逾期未办，或者逾期后已补办；默认两者'),
  organId: z.uuid().optional(),
}

export const contract = defineContract('duties', {
  list: {
    method: 'GET',
    path: '/items',
    summary: '法定时限事项，按最后一日排列',
    input: z.object({
      reach: DutyReach.default('mine'),
      term: termId,
      state: DutyState.optional().describe('默认列未办结的'),
      from: LocalDateSchema.optional(),
      until: LocalDateSchema.optional(),
      ...pageInput,
    }),
    output: pageOf(DutyView),
  },
  view: {
    method: 'GET',
    path: '/items/:key',
    summary: '一项法定时限：期限如何计算、提醒过几次',
    input: z.object({ key: DutyKey }),
    output: z.object({
      duty: DutyView,
      basis: Basis,
      whenPassed: z.string(),
      projectDefault: z.boolean(),
      explanation: z.string(),
      steps: z.array(Step),
      /** Days of the count, or up to the last day, that are not as the weekday says: holidays and make-up days. */
      reminderDays: z.array(LocalDateSchema),
      reminders: z.array(ReminderView),
      may: z.object({ remind: May }),
    }),
  },
  month: {
    method: 'GET',
    path: '/months/:month',
    summary: '一个月的工作日安排和每天到期的事项数',
    input: z.object({
      month: z.string().regex(/^(20\d\d)-(0[1-9]|1[0-2])$/, '月份应为2026-03这样的形式。'),
      reach: DutyReach.default('mine'),
      term: termId,
    }),
    output: z.object({
      month: z.string(),
      workdays: z.number().int(),
      days: z.array(
        z.object({
          date: LocalDateSchema,
          kind: z.enum(dayKinds),
          name: z.string().nullable(),
          source: z.string().nullable(),
          provisional: z.boolean(),
        }),
      ),
      due: z.array(
        z.object({
          dueOn: LocalDateSchema,
          term: z.string(),
          termTitle: z.string(),
          state: DutyState,
          count: z.number().int(),
          provisional: z.boolean(),
        }),
      ),
    }),
  },
  reaches: {
    method: 'GET',
    path: '/reaches',
    summary: '可以查看哪些范围的法定时限',
    input: z.object({}),
    output: z.object({ reaches: z.array(DutyReach), may: z.object({ supervise: May, seeBelow: May }) }),
  },
  overdue: {
    method: 'GET',
    path: '/overdue',
    summary: '逾期清单：逾期未办和逾期后补办的',
    input: z.object({ ...overdueFilter, ...pageInput }),
    output: pageOf(LateDuty),
  },
  overdueTotals: {
    method: 'GET',
    path: '/overdue/totals',
    summary: '逾期清单按时限汇总',
    input: z.object({ organId: overdueFilter.organId }),
    output: z.object({ items: z.array(LateTotal), may: z.object({ issueList: May }) }),
  },
  overdueExport: {
    method: 'GET',
    path: '/overdue/export',
    summary: '导出逾期清单（XLSX）',
    kind: 'download',
    input: z.object(overdueFilter),
    output: FileOutput,
  },
  belowTotals: {
    method: 'GET',
    path: '/below',
    summary: '下级各地逾期汇总（只有数字）',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          jurisdictionCode: z.string(),
          jurisdictionName: z.string(),
          overdue: z.number().int(),
          doneLate: z.number().int(),
        }),
      ),
    }),
  },
  remind: {
    method: 'POST',
    path: '/reminders',
    summary: '发送督办提醒（同一事项每天至多一次）',
    input: z.object({
      key: DutyKey,
      text: z.string().trim().min(4, '请写明督办要求，至少4个字。').max(300, '督办要求最多300字。'),
    }),
    output: z.object({ reminder: ReminderView, remindedOrganName: z.string() }),
  },
  issueSupervisionList: {
    method: 'POST',
    path: '/supervision-lists',
    summary: '印发督办清单',
    input: z.object({ term: termId }),
    output: z.object({ documentId: z.uuid(), number: z.string(), items: z.number().int() }),
  },
  feeds: {
    method: 'GET',
    path: '/feeds',
    summary: '本人订阅的日历',
    personal: true,
    input: z.object({}),
    output: z.object({
      items: z.array(FeedView),
      /** Roles held here for which there is no calendar yet. */
      roles: z.array(Role),
    }),
  },
  createFeed: {
    method: 'POST',
    path: '/feeds',
    summary: '生成日历订阅地址（只显示一次）',
    secret: true,
    input: z.object({ role: Role }),
    output: z.object({
      feed: FeedView,
      /** Path on this server; whoever has it can read the calendar. */
      path: z.string(),
    }),
  },
  revokeFeed: {
    method: 'POST',
    path: '/feeds/:feedId/revocation',
    summary: '停用日历订阅地址',
    personal: true,
    input: z.object({ feedId: z.uuid() }),
    output: FeedView,
  },
  feed: {
    method: 'GET',
    path: '/feed/:token.ics',
    summary: '日历（iCalendar），凭订阅地址读取',
    access: 'public',
    kind: 'download',
    input: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, '订阅地址不完整。请重新复制。') }),
    output: FileOutput,
  },
})
