import { z } from 'zod'
import { FileOutput, pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Handover, handoverStates } from '../model.ts'

const step = { handoverId: z.uuid(), version: z.number().int() }

export const HandoverView = z.object({
  handover: Handover,
  cards: z.array(
    z.object({
      cardId: z.uuid(),
      number: z.string(),
      name: z.string(),
      place: z.string(),
      costFen: z.number().int(),
      fromCustodianName: z.string(),
    }),
  ),
  may: z.object({ accept: May, decline: May, withdraw: May }),
})

export const handoverOperations = {
  handovers: {
    method: 'GET',
    path: '/handovers',
    summary: '资产交接列表',
    input: z.object({ state: z.enum(handoverStates).optional(), ...pageInput }),
    output: pageOf(Handover),
  },
  viewHandover: {
    method: 'GET',
    path: '/handovers/:handoverId',
    summary: '查看资产交接',
    input: z.object({ handoverId: z.uuid() }),
    output: HandoverView,
  },
  /** 资产交接单, to be signed on paper as well where that is asked for. */
  handoverSheet: {
    method: 'GET',
    kind: 'download',
    path: '/handovers/:handoverId/sheet',
    summary: '打印资产交接单',
    input: z.object({ handoverId: z.uuid() }),
    output: FileOutput,
  },
  /** Who can take things over: people of the organ. */
  receivers: {
    method: 'GET',
    path: '/handovers/receivers',
    summary: '可以接收资产的人员',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  },
  /** Things in the name of people who hold no role at the organ any more; they are to be handed over. */
  leavers: {
    method: 'GET',
    path: '/handovers/leavers',
    summary: '离岗人员名下的资产',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          custodianId: z.uuid(),
          custodianName: z.string(),
          cards: z.number().int(),
          costFen: z.number().int(),
        }),
      ),
    }),
  },
  offerHandover: {
    method: 'POST',
    path: '/handovers',
    summary: '发起资产交接',
    input: z.object({
      cardIds: z.array(z.uuid()).min(1, '请选择资产。').max(500, '一次最多交接500张卡片。'),
      toPersonId: z.uuid(),
      reason: z.string().trim().min(1, '请填写交接原因。').max(300),
    }),
    output: HandoverView,
  },
  acceptHandover: {
    method: 'POST',
    personal: true,
    path: '/handovers/:handoverId/acceptance',
    summary: '签收资产交接',
    input: z.object({ ...step, opinion: z.string().trim().max(300).optional() }),
    output: HandoverView,
  },
  declineHandover: {
    method: 'POST',
    personal: true,
    path: '/handovers/:handoverId/refusal',
    summary: '退回资产交接',
    input: z.object({ ...step, opinion: z.string().trim().min(1, '请写明退回的理由。').max(300) }),
    output: HandoverView,
  },
  withdrawHandover: {
    method: 'POST',
    path: '/handovers/:handoverId/withdrawal',
    summary: '撤回资产交接',
    input: z.object(step),
    output: HandoverView,
  },
} as const satisfies Record<string, OperationDeclaration>
