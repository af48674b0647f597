import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'

/** Nothing secret enters the system (A44-1); the refusal names the field and repeats nothing of the text. */
export function checkSecrecy(fields: readonly (readonly [label: string, text: string])[]): Verdict {
  const marked = fields.filter(([, text]) => secrecyMarkIn(text) !== null).map(([label]) => label)
  return provided(marked.length === 0, {
    code: 'A44-1',
    message: `${[...new Set(marked)].join('、')}带有密级标志。本系统为非涉密系统，不得填写涉密内容。`,
    basis: law.secrecy,
    remedy: '请删除相关内容，涉密事项通过保密渠道办理。',
  })
}
