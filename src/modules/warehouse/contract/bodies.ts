import { z } from 'zod'
import { pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Request } from '../model.ts'
import { Body, bodyKinds, bodyStates, BodyThing, ways } from '../model/body.ts'

const step = { bodyId: z.uuid(), version: z.number().int() }
const cardIds = z.array(z.uuid()).min(1, '请选择资产。').max(200, '一次最多选择200张卡片。')
const name = z.string().trim().min(1, '请填写名称。').max(80)
const document = z.string().trim().min(1, '请填写文号。').max(120)

export const BodyView = z.object({
  body: Body,
  /** Task that runs since it ended; for its lead organ and who reads the level. */
  clearanceId: z.uuid().nullable(),
  /** Loans of the warehouse for it; for its lead organ and who reads the level. */
  loans: z.array(Request),
  /** The own organ leads it. */
  leads: z.boolean(),
  may: z.object({ change: May, assign: May, takeOff: May, end: May }),
})

export const bodyOperations = {
  bodies: {
    method: 'GET',
    path: '/bodies',
    summary: '临时机构、大型会议活动列表',
    input: z.object({ kind: z.enum(bodyKinds).optional(), state: z.enum(bodyStates).optional(), ...pageInputById }),
    output: pageOf(Body),
  },
  viewBody: {
    method: 'GET',
    path: '/bodies/:bodyId',
    summary: '查看临时机构、大型会议活动',
    input: z.object({ bodyId: z.uuid() }),
    output: BodyView,
  },
  bodyThings: {
    method: 'GET',
    path: '/bodies/:bodyId/things',
    summary: '临时机构、大型会议活动使用的资产',
    input: z.object({ bodyId: z.uuid(), ...pageInputById }),
    output: pageOf(BodyThing),
  },
  registerBody: {
    method: 'POST',
    path: '/bodies',
    summary: '登记临时机构、大型会议活动',
    input: z.object({
      kind: z.enum(bodyKinds),
      name,
      /** Paper that set it up. */
      document,
      beginsOn: LocalDateSchema,
      endsOn: LocalDateSchema,
    }),
    output: BodyView,
  },
  changeBody: {
    method: 'PUT',
    path: '/bodies/:bodyId',
    summary: '修改临时机构、大型会议活动',
    input: z.object({ ...step, name, document, endsOn: LocalDateSchema }),
    output: BodyView,
  },
  assignThings: {
    method: 'POST',
    path: '/bodies/:bodyId/things',
    summary: '登记使用的资产',
    input: z.object({ bodyId: z.uuid(), cardIds, way: z.enum(ways) }),
    output: BodyView,
  },
  takeOffThings: {
    method: 'POST',
    path: '/bodies/:bodyId/things/removal',
    summary: '收回使用的资产',
    input: z.object({ bodyId: z.uuid(), cardIds, reason: z.string().trim().min(1, '请写明原因。').max(300) }),
    output: BodyView,
  },
  endBody: {
    method: 'POST',
    path: '/bodies/:bodyId/end',
    summary: '登记撤销、结束',
    input: z.object({ ...step, endedOn: LocalDateSchema, document: z.string().trim().max(120).default('') }),
    output: BodyView,
  },
} as const satisfies Record<string, OperationDeclaration>
