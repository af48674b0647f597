import { z } from 'zod'
import { pageInputById, pageOf, queryYear, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Count, CountScope, countStates, Rates, Tally } from '../model.ts'

const step = { countId: z.uuid(), version: z.number().int() }
const Reason = z.string().trim().min(1, '请写明理由。').max(300)
const Person = z.object({ id: z.uuid(), name: z.string() })

export const CountView = z.object({
  count: Count,
  tally: Tally,
  rates: Rates,
  team: z.array(Person),
  /** Differences still to be worked. */
  openDifferences: z.number().int(),
  /** Cards that go the way of losses, by link to disposal; at most a batch. */
  pursued: z.array(z.uuid()),
  may: z.object({
    count: May,
    changeTeam: May,
    end: May,
    resume: May,
    work: May,
    submit: May,
    approve: May,
    accept: May,
    consent: May,
    return: May,
    withdraw: May,
  }),
})

export const countOperations = {
  counts: {
    method: 'GET',
    path: '/counts',
    summary: '资产盘点列表',
    input: z.object({ state: z.enum(countStates).optional(), year: queryYear.optional(), ...pageInputById }),
    output: pageOf(Count),
  },
  /** Counts one is on the team of and that are under way; for the phone. */
  myCounts: {
    method: 'GET',
    personal: true,
    path: '/counts/mine',
    summary: '本人参加的盘点',
    input: z.object({}),
    output: z.object({ items: z.array(Count) }),
  },
  /** What a scope can be chosen from, and who can count. */
  scopeChoices: {
    method: 'GET',
    path: '/scope-choices',
    summary: '盘点范围和人员的可选项',
    input: z.object({}),
    output: z.object({
      places: z.array(z.string()),
      departments: z.array(z.string()),
      custodians: z.array(z.string()),
      people: z.array(Person),
    }),
  },
  openCount: {
    method: 'POST',
    path: '/counts',
    summary: '开启资产盘点',
    input: z.object({
      title: z.string().trim().min(1, '请填写盘点名称。').max(100),
      /** 基准日: the book is frozen as it was on that day. */
      baseOn: LocalDateSchema,
      scope: CountScope,
      team: z.array(z.uuid()).min(1, '请选择盘点小组成员。').max(200, '盘点小组最多200人。'),
      note: z.string().trim().max(500).default(''),
    }),
    output: CountView,
  },
  viewCount: {
    method: 'GET',
    path: '/counts/:countId',
    summary: '查看资产盘点',
    input: z.object({ countId: z.uuid() }),
    output: CountView,
  },
  changeTeam: {
    method: 'PUT',
    path: '/counts/:countId/team',
    summary: '调整盘点小组',
    input: z.object({
      ...step,
      team: z.array(z.uuid()).min(1, '请选择盘点小组成员。').max(200, '盘点小组最多200人。'),
    }),
    output: CountView,
  },
  endCounting: {
    method: 'POST',
    path: '/counts/:countId/end',
    summary: '结束清点',
    input: z.object({ ...step, uncountedAreMissing: z.boolean().default(false) }),
    output: CountView,
  },
  resumeCounting: {
    method: 'POST',
    path: '/counts/:countId/resumption',
    summary: '继续清点',
    input: z.object({ ...step, opinion: Reason }),
    output: CountView,
  },
  submitCount: {
    method: 'POST',
    path: '/counts/:countId/submission',
    summary: '提交盘点结果审定',
    input: z.object({ ...step, conclusion: z.string().trim().min(1, '请填写盘点结论。').max(2000) }),
    output: CountView,
  },
  approveCount: {
    method: 'POST',
    path: '/counts/:countId/approval',
    summary: '机关审定盘点结果',
    input: z.object({ ...step, opinion: z.string().trim().max(300).optional() }),
    output: CountView,
  },
  acceptCount: {
    method: 'POST',
    path: '/counts/:countId/acceptance',
    summary: '主管部门审核盘点结果',
    input: z.object({ ...step, opinion: z.string().trim().max(300).optional() }),
    output: CountView,
  },
  consentCount: {
    method: 'POST',
    path: '/counts/:countId/consent',
    summary: '财政部门同意盘点结果',
    input: z.object({ ...step, opinion: z.string().trim().max(300).optional() }),
    output: CountView,
  },
  returnCount: {
    method: 'POST',
    path: '/counts/:countId/return',
    summary: '退回盘点结果',
    input: z.object({ ...step, opinion: Reason }),
    output: CountView,
  },
  withdrawCount: {
    method: 'POST',
    path: '/counts/:countId/withdrawal',
    summary: '撤销资产盘点',
    input: z.object({ ...step, opinion: Reason }),
    output: CountView,
  },
} as const satisfies Record<string, OperationDeclaration>
