import { z } from 'zod'
import { DurationUnit } from '#kernel/pure/case-kind.ts'
import { defineContract, Instant, queryInteger, UploadedFile } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Day, Holiday, Notice, NoticeDraft, Override, OverrideDraft } from './model.ts'

const jurisdictionCode = OverrideDraft.shape.jurisdictionCode.optional().describe('行政区划代码，默认为当前机关所在地')

const NoticeView = Notice.omit({ proposedBy: true }).extend({
  proposedAt: Instant,
  confirmedAt: Instant.nullable(),
  workdays: z.number().int(),
  findings: z.array(Finding),
  may: z.object({ confirm: May, withdraw: May }),
})

const OverrideView = Override.omit({ proposedBy: true }).extend({
  proposedAt: Instant,
  confirmedAt: Instant.nullable(),
  may: z.object({ confirm: May, withdraw: May }),
})

const { holidays: _, ...noticeHead } = NoticeDraft.shape
const noticeId = z.uuid()
const overrideId = z.uuid()
/** How many open cases got another last day, or a certain one. */
const dueDatesChanged = z.number().int()

export const contract = defineContract('calendar', {
  viewYear: {
    method: 'GET',
    path: '/years/:year',
    summary: '年度工作日历',
    input: z.object({ year: queryInteger.min(2000).max(2200), jurisdictionCode }),
    output: z.object({
      year: z.number().int(),
      jurisdictionCode: z.string(),
      /** True 暂定: no notice yet. */
      provisional: z.boolean(),
      workdays: z.number().int(),
      /** January first. */
      workdaysByMonth: z.array(z.number().int()),
      days: z.array(Day),
      notice: NoticeView.nullable(),
      waiting: NoticeView.nullable(),
      overrides: z.array(OverrideView),
      may: z.object({ loadNotice: May, addOverride: May }),
    }),
  },
  notices: {
    method: 'GET',
    path: '/notices',
    summary: '放假安排通知（含历次版本）',
    input: z.object({}),
    output: z.object({ items: z.array(NoticeView) }),
  },
  deadline: {
    method: 'GET',
    path: '/deadline',
    summary: '从某日起第N个工作日（或第N天）是哪一天',
    input: z.object({
      from: LocalDateSchema,
      count: queryInteger.min(0).max(1000),
      unit: DurationUnit.default('workdays'),
      jurisdictionCode,
    }),
    output: z.object({
      dueOn: LocalDateSchema,
      provisional: z.boolean(),
      explanation: z.string(),
      exceptions: z.array(Day),
      daysLeft: z.number().int(),
    }),
  },
  workdaysBetween: {
    method: 'GET',
    path: '/workdays',
    summary: '两个日期之间的工作日数（首日不计）',
    input: z.object({ from: LocalDateSchema, to: LocalDateSchema, jurisdictionCode }),
    output: z.object({ workdays: z.number().int(), provisional: z.boolean(), exceptions: z.array(Day) }),
  },
  loadNotice: {
    method: 'POST',
    path: '/notices',
    summary: '录入放假安排通知（待另一人复核）',
    input: z.object({
      ...noticeHead,
      holidays: z.array(Holiday).max(20).optional(),
      text: z.string().max(20_000).optional().describe('通知正文，或“日期，类型，名称”表格'),
    }),
    output: NoticeView,
  },
  loadNoticeFile: {
    method: 'POST',
    path: '/notices/file',
    summary: '上传放假安排表（CSV：日期，类型，名称）',
    kind: 'upload',
    maxBytes: 256 * 1024,
    input: z.object({ ...noticeHead, year: queryInteger.min(2000).max(2200), file: UploadedFile }),
    output: NoticeView,
  },
  confirmNotice: {
    method: 'POST',
    path: '/notices/:noticeId/confirmation',
    summary: '复核放假安排通知，生效并重算办理期限',
    input: z.object({ noticeId }),
    output: z.object({ notice: NoticeView, dueDatesChanged }),
  },
  withdrawNotice: {
    method: 'POST',
    path: '/notices/:noticeId/withdrawal',
    summary: '撤回待复核的放假安排通知',
    input: z.object({ noticeId }),
    output: NoticeView,
  },
  addOverride: {
    method: 'POST',
    path: '/overrides',
    summary: '登记本地临时放假或上班（待另一人复核）',
    input: OverrideDraft,
    output: OverrideView,
  },
  confirmOverride: {
    method: 'POST',
    path: '/overrides/:overrideId/confirmation',
    summary: '复核本地安排，生效并重算办理期限',
    input: z.object({ overrideId }),
    output: z.object({ override: OverrideView, dueDatesChanged }),
  },
  withdrawOverride: {
    method: 'POST',
    path: '/overrides/:overrideId/withdrawal',
    summary: '撤回待复核的本地安排',
    input: z.object({ overrideId }),
    output: OverrideView,
  },
})
