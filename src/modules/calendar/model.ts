import { z } from 'zod'
import { dayKinds } from '#kernel/pure/calendar.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

export const noticeStates = ['proposed', 'confirmed', 'superseded', 'withdrawn'] as const

/** One holiday as the notice arranges it; days off with both ends included, and the weekend days worked for it 补班. */
export const Holiday = z.object({
  name: z.string().trim().min(1).max(30),
  from: LocalDateSchema,
  to: LocalDateSchema,
  makeUp: z.array(LocalDateSchema).max(10).default([]),
})
export type Holiday = z.infer<typeof Holiday>

/** What is entered of a notice. */
export const NoticeDraft = z.object({
  year: z.number().int().min(2000).max(2200),
  /** 文号. */
  document: z.string().trim().min(1).max(60),
  issuedOn: LocalDateSchema,
  holidays: z.array(Holiday).min(1).max(20),
})
export type NoticeDraft = z.infer<typeof NoticeDraft>

export const Notice = NoticeDraft.extend({
  id: z.uuid(),
  note: z.string().nullable(),
  state: z.enum(noticeStates),
  proposedBy: z.uuid().nullable(),
  proposedByName: z.string(),
  proposedAt: z.date(),
  confirmedByName: z.string().nullable(),
  confirmedAt: z.date().nullable(),
})
export type Notice = z.infer<typeof Notice>

export const overrideStates = ['proposed', 'confirmed', 'withdrawn'] as const
export const overrideStateLabels: Record<(typeof overrideStates)[number], string> = {
  proposed: '待复核',
  confirmed: '有效',
  withdrawn: '已撤回',
}

/** What is entered of a local exception 本地临时安排. */
export const OverrideDraft = z.object({
  jurisdictionCode: z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字。'),
  daysOff: z.array(LocalDateSchema).max(60).default([]),
  workdays: z.array(LocalDateSchema).max(60).default([]),
  reason: z.string().trim().min(1).max(200),
  /** Document it rests on: 清政办发〔2026〕9号. */
  citation: z.string().trim().min(1).max(200),
})
export type OverrideDraft = z.infer<typeof OverrideDraft>

export const Override = OverrideDraft.extend({
  id: z.uuid(),
  state: z.enum(overrideStates),
  proposedBy: z.uuid(),
  proposedByName: z.string(),
  proposedAt: z.date(),
  confirmedByName: z.string().nullable(),
  confirmedAt: z.date().nullable(),
})
export type Override = z.infer<typeof Override>

export const Day = z.object({
  date: LocalDateSchema,
  kind: z.enum(dayKinds),
  name: z.string().nullable(),
  source: z.string().nullable(),
  provisional: z.boolean(),
})
