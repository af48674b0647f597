import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { FileOutput, Instant, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Holding, Person, PersonId } from '../model.ts'
import {
  CorrectionField,
  CorrectionState,
  PersonalField,
  personalValue,
  ReadingPurpose,
} from '../model/personal-data.ts'

/** A field as the asker sees it: `value` is whole or masked, null where nothing is shown or there is none. */
export const PersonalFieldView = z.object({
  field: PersonalField,
  value: z.string().nullable(),
  sight: z.enum(['whole', 'on-purpose', 'masked', 'none']),
  /** Why it is shown so. */
  reason: z.string(),
})
export const PersonalView = z.object({
  fields: z.array(PersonalFieldView),
  version: z.number().int(),
  may: z.object({ change: May }),
})

export const CorrectionHead = z.object({
  id: z.uuid(),
  personId: PersonId,
  personName: z.string(),
  organName: z.string(),
  field: CorrectionField,
  state: CorrectionState,
  askedAt: Instant,
  decidedAt: Instant.nullable(),
  decidedByName: z.string().nullable(),
  /** What the administrator says to it. */
  answer: z.string().nullable(),
})

const Wanted = z.object({ wanted: z.string(), reason: z.string() })
const MyData = z.object({
  person: Person,
  username: z.string(),
  personal: PersonalView,
  holdings: z.array(Holding),
  corrections: z.array(CorrectionHead),
  /** Who looked at a full number of mine, newest first. */
  readings: z.array(
    z.object({
      at: Instant,
      field: PersonalField,
      byName: z.string(),
      organName: z.string().nullable(),
      purpose: z.string(),
    }),
  ),
})

export const personalDataOperations = {
  myData: { method: 'GET', path: '/my-data', summary: '我的个人信息', input: z.object({}), output: MyData },
  changeMyData: {
    method: 'PUT',
    secret: true,
    path: '/my-data',
    summary: '更新本人联系方式',
    input: z.object({ mobile: personalValue('mobile'), officePhone: personalValue('officePhone') }),
    output: MyData,
  },
  myDataFile: {
    method: 'GET',
    path: '/my-data/file',
    stepUp: true,
    summary: '导出本人的个人信息',
    kind: 'download',
    input: z.object({ format: z.enum(['json', 'xlsx']) }),
    output: FileOutput,
  },
  askCorrection: {
    method: 'POST',
    secret: true,
    path: '/my-data/corrections',
    summary: '申请更正个人信息',
    input: z.object({
      field: CorrectionField,
      wanted: z.string().trim().min(1, '请填写应为什么。').max(100),
      reason: z.string().trim().min(1, '请写明理由，例如证件或文件名称。').max(300),
    }),
    output: CorrectionHead,
  },
  withdrawCorrection: {
    method: 'DELETE',
    path: '/my-data/corrections/:correctionId',
    summary: '撤回更正申请',
    input: z.object({ correctionId: z.uuid() }),
    output: z.object({}),
  },
  corrections: {
    method: 'GET',
    path: '/corrections',
    summary: '更正申请',
    input: z.object({ state: CorrectionState.optional(), ...pageInputById }),
    output: pageOf(CorrectionHead),
  },
  /** What is asked for is opened one by one, and each opening is recorded. */
  openCorrection: {
    method: 'POST',
    readOnly: true,
    secret: true,
    path: '/corrections/:correctionId/opening',
    summary: '查看更正申请的内容',
    input: z.object({ correctionId: z.uuid() }),
    output: CorrectionHead.extend({
      present: z.string().nullable(),
      content: Wanted.nullable(),
      may: z.object({ decide: May }),
    }),
  },
  decideCorrection: {
    method: 'POST',
    path: '/corrections/:correctionId/decision',
    summary: '办理更正申请',
    input: z.object({
      correctionId: z.uuid(),
      decision: z.enum(['done', 'declined']),
      answer: z.string().trim().max(200).optional(),
    }),
    output: CorrectionHead,
  },
  personalData: {
    method: 'GET',
    path: '/people/:personId/personal-data',
    summary: '人员的联系方式和身份号码',
    input: z.object({ personId: z.uuid() }),
    output: PersonalView,
  },
  setPersonalData: {
    method: 'PUT',
    secret: true,
    path: '/people/:personId/personal-data',
    summary: '登记人员的联系方式和身份号码',
    input: z.object({
      personId: z.uuid(),
      mobile: personalValue('mobile').optional(),
      officePhone: personalValue('officePhone').optional(),
      identityNumber: personalValue('identityNumber').optional(),
    }),
    output: PersonalView,
  },
  readPersonalData: {
    method: 'POST',
    readOnly: true,
    secret: true,
    stepUp: true,
    path: '/people/:personId/personal-data/:field/reading',
    summary: '查看完整号码（记录目的）',
    input: z.object({ personId: z.uuid(), field: PersonalField, purpose: ReadingPurpose }),
    output: z.object({ value: z.string().nullable() }),
  },
  /** By the whole number, in the body: a number in an address would stand in logs. */
  findPerson: {
    method: 'POST',
    readOnly: true,
    secret: true,
    path: '/people/search',
    summary: '按完整号码查找人员',
    input: z.object({ number: z.string().trim().min(1, '请填写完整的号码。').max(40) }),
    output: z.object({ items: z.array(Person.extend({ roles: z.array(Role) })) }),
  },
} as const satisfies Record<string, OperationDeclaration>
