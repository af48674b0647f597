import { z } from 'zod'
import { StatutoryPart } from '#kernel/pure/actor.ts'
import { defineContract, pageInputById, pageOf, queryBoolean } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Jurisdiction, JurisdictionCode, Organ, OrganId, OrganKind, RankHeadcount } from './model.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

/** The basis document of an act 依据文件: 文号 and title, as cited to people. */
const document = z.string().trim().max(200).nullable().default(null)

/** What people say of an organ. `kind` is free text here: the rule ORG-R01 refuses others and cites the Regulation. */
const organFields = {
  name: text(100),
  shortName: text(40),
  kind: z.string().trim().max(10).describe('机关类别代码 K01–K13'),
  parts: z.array(StatutoryPart).max(7),
  creditCode: z.string().trim().toUpperCase().max(30).nullable(),
  budgetCode: z.string().trim().max(30).nullable(),
  inCompound: z.boolean(),
  secretUnit: z.boolean(),
  tradeUnion: z.boolean(),
}

const OrganRow = Organ.omit({ headcount: true }).extend({
  /** Null where the reader may not see them. */
  approvedPosts: z.number().int().nullable(),
  staffInPost: z.number().int().nullable(),
})

const OrganView = Organ.extend({
  /** True when posts and people are kept from the reader; `headcount` is then empty. */
  headcountHidden: z.boolean(),
  successorName: z.string().nullable(),
  names: z.array(
    z.object({
      name: z.string(),
      shortName: z.string(),
      validFrom: LocalDateSchema,
      validUntil: LocalDateSchema.nullable(),
      document: z.string().nullable(),
    }),
  ),
  /** What each act would be refused for; null where it is allowed. */
  may: z.object({ change: May, setHeadcount: May, close: May }),
})

/** The organ after an act, with warnings the act was carried out under. */
const OrganChanged = z.object({ organ: OrganView, findings: z.array(Finding) })

export const contract = defineContract('organs', {
  jurisdictions: {
    method: 'GET',
    path: '/jurisdictions',
    summary: '行政区划（省、市、县及功能区），上级在前',
    input: z.object({}),
    output: z.object({ items: z.array(Jurisdiction), citation: z.string() }),
  },
  organs: {
    method: 'GET',
    path: '/organs',
    summary: '机关名录（本人可见范围）',
    input: z.object({
      jurisdictionCode: JurisdictionCode.optional(),
      kind: OrganKind.optional(),
      part: StatutoryPart.optional(),
      text: z.string().trim().max(60).optional().describe('名称、简称或预算编码的任意片段'),
      includeClosed: queryBoolean.default(false),
      ...pageInputById,
    }),
    output: pageOf(OrganRow).extend({ may: z.object({ register: May }) }),
  },
  viewOrgan: {
    method: 'GET',
    path: '/organs/:organId',
    summary: '机关登记信息',
    input: z.object({ organId: OrganId }),
    output: OrganView,
  },
  headcountHistory: {
    method: 'GET',
    path: '/organs/:organId/headcount',
    summary: '编制沿革',
    input: z.object({ organId: OrganId }),
    output: z.object({
      items: z.array(
        z.object({
          validFrom: LocalDateSchema,
          validUntil: LocalDateSchema.nullable(),
          document: z.string().nullable(),
          headcount: z.array(RankHeadcount),
        }),
      ),
    }),
  },
  registerOrgan: {
    method: 'POST',
    path: '/organs',
    summary: '登记机关',
    input: z.object({
      jurisdictionCode: JurisdictionCode,
      ...organFields,
      parts: organFields.parts.default([]),
      creditCode: organFields.creditCode.default(null),
      budgetCode: organFields.budgetCode.default(null),
      inCompound: organFields.inCompound.default(false),
      secretUnit: organFields.secretUnit.default(false),
      tradeUnion: organFields.tradeUnion.default(false),
      validFrom: LocalDateSchema,
      document,
    }),
    output: OrganChanged,
  },
  changeOrgan: {
    method: 'PATCH',
    path: '/organs/:organId',
    summary: '修改机关登记（须带 If-Match 版本）',
    input: z.object({
      organId: OrganId,
      ...z.object(organFields).partial().shape,
      /** From which day a new name counts; today unless said otherwise. */
      nameFrom: LocalDateSchema.optional(),
      document,
    }),
    output: OrganChanged,
  },
  setHeadcount: {
    method: 'PUT',
    path: '/organs/:organId/headcount',
    summary: '登记编制和实有人数（自某日起，须带 If-Match 版本）',
    input: z.object({
      organId: OrganId,
      from: LocalDateSchema,
      headcount: z.array(RankHeadcount).min(1).max(20),
      document,
    }),
    output: OrganChanged,
  },
  closeOrgan: {
    method: 'POST',
    path: '/organs/:organId/closing',
    summary: '停用机关，可指定承接机关（须带 If-Match 版本）',
    input: z.object({
      organId: OrganId,
      lastDay: LocalDateSchema,
      successorId: OrganId.nullable().default(null),
      document: text(200),
    }),
    output: OrganChanged,
  },
})
