import { z } from 'zod'
import type { OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { CustomField, CustomFieldTerms, customFieldKinds } from '../model/custom-field.ts'

const reason = z.string().trim().min(1, '请填写原因。').max(500)
const fieldId = z.uuid()

export const customFieldOperations = {
  /** Fields of one's own level, the latest version of each, with the versions before it. */
  customFields: {
    method: 'GET',
    path: '/custom-fields',
    summary: '本级的自定义字段',
    input: z.object({}),
    output: z.object({
      items: z.array(CustomField.extend({ earlier: z.array(CustomField), may: z.object({ revise: May }) })),
      may: z.object({ define: May }),
    }),
  },
  defineField: {
    method: 'POST',
    path: '/custom-fields',
    summary: '新建自定义字段',
    input: CustomFieldTerms.extend({
      classPrefix: z.string().regex(/^A\d{0,14}$/, '分类代码应以A开头，后接数字。'),
      kind: z.enum(customFieldKinds),
      reason,
    }),
    output: CustomField,
  },
  /** A further version from a day on; class and kind stay what they are. */
  reviseField: {
    method: 'POST',
    path: '/custom-fields/:fieldId/versions',
    summary: '修改自定义字段',
    input: CustomFieldTerms.extend({ fieldId, version: z.number().int(), reason }),
    output: CustomField,
  },
  /** No more values from a day on; those there are stay on their cards. */
  retireField: {
    method: 'POST',
    path: '/custom-fields/:fieldId/retirement',
    summary: '停用自定义字段',
    input: z.object({ fieldId, version: z.number().int(), from: LocalDateSchema, reason }),
    output: CustomField,
  },
} as const satisfies Record<string, OperationDeclaration>
