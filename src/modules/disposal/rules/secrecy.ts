import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'

/** Nothing secret enters the system (A44-1); the refusal names the field and repeats nothing of the text. */
export function checkSecrecy(fields: Readonly<Record<string, string | undefined>>): Verdict {
  const marked = Object.keys(fields).filter((label) => secrecyMarkIn(fields[label] ?? '') !== null)
  return provided(marked.length === 0, {
    code: 'A44-1',
    message: `${marked.join('、')}带有密级标志。本系统为非涉密系统，不得填写涉密内容。`,
    basis: law.secrecy,
    remedy: '请删除相关内容，涉密资产通过保密渠道处置。',
  })
}
