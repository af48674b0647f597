import { z } from 'zod'
import { pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Intake, intakeStates, Item, triggers } from '../model.ts'

const step = { intakeId: z.uuid(), version: z.number().int() }
const opinion = z.string().trim().max(300)
const grounds = (what: string) => opinion.min(1, what)
const begun = {
  cardIds: z.array(z.uuid()).min(1, '请选择资产。').max(200, '一次最多申请200张卡片。'),
  trigger: z.enum(triggers),
  /** The day of the event the term counts from: found idle, body dissolved, meeting ended. */
  triggeredOn: LocalDateSchema,
  bodyName: z.string().trim().max(80).default(''),
  reason: z.string().trim().min(1, '请填写入仓原因。').max(300),
}

export const IntakeView = z.object({
  intake: Intake,
  items: z.array(Item.extend({ cardId: z.uuid() })),
  findings: z.array(Finding),
  may: z.object({
    handIn: May,
    object: May,
    approve: May,
    sendBack: May,
    resubmit: May,
    refuse: May,
    withdraw: May,
    receive: May,
  }),
})

export const intakeOperations = {
  intakes: {
    method: 'GET',
    path: '/intakes',
    summary: '入仓申请列表',
    input: z.object({ state: z.enum(intakeStates).optional(), trigger: z.enum(triggers).optional(), ...pageInputById }),
    output: pageOf(Intake),
  },
  viewIntake: {
    method: 'GET',
    path: '/intakes/:intakeId',
    summary: '查看入仓申请',
    input: z.object({ intakeId: z.uuid() }),
    output: IntakeView,
  },
  applyIntake: {
    method: 'POST',
    path: '/intakes',
    summary: '申请入仓',
    input: z.object({
      ...begun,
      /** GWC-R05: said by who hands in. */
      declaredFree: z.literal(true, '请确认清单中没有涉密存储介质、武器、管制药品和危险物品。'),
    }),
    output: IntakeView,
  },
  callIntake: {
    method: 'POST',
    path: '/intakes/calls',
    summary: '通知机关移交入仓',
    input: z.object(begun),
    output: IntakeView,
  },
  handIn: {
    method: 'POST',
    path: '/intakes/:intakeId/hand-in',
    summary: '移交入仓资产',
    input: z.object({
      ...step,
      declaredFree: z.literal(true, '请确认清单中没有涉密存储介质、武器、管制药品和危险物品。'),
    }),
    output: IntakeView,
  },
  objectIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/objection',
    summary: '说明不移交的理由',
    input: z.object({ ...step, opinion: grounds('请说明理由。') }),
    output: IntakeView,
  },
  approveIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/approval',
    summary: '同意入仓',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: IntakeView,
  },
  sendBackIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/return',
    summary: '退回补正入仓申请',
    input: z.object({ ...step, opinion: grounds('请写明需要补正的内容。') }),
    output: IntakeView,
  },
  resubmitIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/submission',
    summary: '重新提交入仓申请',
    input: z.object({ ...step, reason: begun.reason }),
    output: IntakeView,
  },
  refuseIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/refusal',
    summary: '不予入仓',
    input: z.object({ ...step, opinion: grounds('请写明不予入仓的理由。') }),
    output: IntakeView,
  },
  withdrawIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/withdrawal',
    summary: '撤回入仓申请',
    input: z.object(step),
    output: IntakeView,
  },
  receiveIntake: {
    method: 'POST',
    path: '/intakes/:intakeId/receipt',
    summary: '验收入仓',
    input: z.object({
      ...step,
      handedByName: z.string().trim().min(1, '请填写移交人。').max(40),
      receiverName: z.string().trim().min(1, '请填写接收人。').max(40),
    }),
    output: IntakeView,
  },
} as const satisfies Record<string, OperationDeclaration>
