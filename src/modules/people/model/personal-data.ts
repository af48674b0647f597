import { z } from 'zod'
import {
  maskedIdentityNumber,
  maskedMobile,
  maskedOfficePhone,
  readIdentityNumber,
  readMobile,
  readOfficePhone,
} from '#kernel/pure/personal-numbers.ts'

/** Personal data kept sealed; what nobody needs is not asked for (个人信息保护法 Art. 6), so there is no bank account. */
export const personalFields = ['mobile', 'officePhone', 'identityNumber'] as const
export const PersonalField = z.enum(personalFields)
export type PersonalField = z.infer<typeof PersonalField>

type FieldForm = {
  title: string
  read: (text: string) => string | null
  masked: (value: string) => string
  wrong: string
}

export const personalFieldForms: Record<PersonalField, FieldForm> = {
  mobile: {
    title: '手机号码',
    read: readMobile,
    masked: maskedMobile,
    wrong: '手机号码应为11位数字，以1开头。请核对后重新填写。',
  },
  officePhone: {
    title: '办公电话',
    read: readOfficePhone,
    masked: maskedOfficePhone,
    wrong: '办公电话应为区号和7至8位号码，例如0351-4567890。请核对后重新填写。',
  },
  identityNumber: {
    title: '公民身份号码',
    read: readIdentityNumber,
    masked: maskedIdentityNumber,
    wrong: '公民身份号码应为18位，且校验码正确。请对照证件重新填写。',
  },
}

/** A value as it is typed, read into the one form it is kept in; empty text is none. */
export function personalValue(field: PersonalField) {
  const { read, wrong } = personalFieldForms[field]
  return z
    .string()
    .trim()
    .max(40, wrong)
    .transform((text, context) => {
      if (text === '') return null
      const value = read(text)
      if (value === null) context.addIssue({ code: 'custom', message: wrong })
      return value
    })
    .nullable()
}

/** Why somebody looks at another person's full number; kept in the record (个人信息保护法 Art. 6, 55). */
export const readingPurposes = {
  duty: '工作联系',
  emergency: '应急处置',
  safety: '出行、会议等服务保障',
} as const
export type ReadingPurpose = keyof typeof readingPurposes
export const ReadingPurpose = z.enum(Object.keys(readingPurposes) as [ReadingPurpose, ...ReadingPurpose[]])

/** What one may ask to have corrected; one's own telephone numbers one changes oneself. */
export const correctionFields = { name: '姓名', post: '职务', identityNumber: '公民身份号码' } as const
export type CorrectionField = keyof typeof correctionFields
export const CorrectionField = z.enum(Object.keys(correctionFields) as [CorrectionField, ...CorrectionField[]])

export const correctionStates = { asked: '待办理', done: '已更正', declined: '未予更正', withdrawn: '已撤回' } as const
export type CorrectionState = keyof typeof correctionStates
export const CorrectionState = z.enum(Object.keys(correctionStates) as [CorrectionState, ...CorrectionState[]])
