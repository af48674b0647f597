import type { z } from 'zod'
import { quantityText, yuanText } from '../money.ts'

type Issue = z.core.$ZodIssue

/**
 * What is wrong with a field and how to mend it, in the form's own words: `请填写调整事由。`
 * A sentence written into the schema is said as it stands; the schema library's own messages, whatever their language, are not.
 * @param label the field's label as the form shows it
 * @param value what was typed
 */
export function issueMessage(issue: Issue, label: string, value: unknown): string {
  if (issue.message.endsWith('。')) return issue.message
  if (value === undefined || value === null || value === '')
    return issue.code === 'invalid_value' ? `请选择${label}。` : `请填写${label}。`
  const typed = `现为“${String(value)}”`
  switch (issue.code) {
    case 'invalid_type':
      return expectsNumber(issue.expected)
        ? `${label}应为数字，${typed}。请改为数字后再提交。`
        : `${label}填写有误，${typed}。`
    case 'too_small':
      return tooSmall(issue, label, value)
    case 'too_big':
      return tooBig(issue, label, value)
    case 'invalid_value':
      return `${label}请从所列选项中选择。`
    case 'invalid_format':
      return issue.format === 'date' ? `${label}应为日期，例如 2026-03-12。` : `${label}的格式不正确，${typed}。`
    case 'not_multiple_of':
      return `${label}应为 ${String(issue.divisor)} 的整数倍，${typed}。`
    default:
      return `${label}填写有误，${typed}。请改正后再提交。`
  }
}

function expectsNumber(expected: string): boolean {
  return expected === 'number' || expected === 'int' || expected === 'bigint'
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>, label: string, value: unknown): string {
  const least = Number(issue.minimum)
  if (issue.origin === 'string') return `${label}至少 ${least} 个字，现有 ${String(value).length} 个字。`
  if (issue.origin === 'array') return least === 1 ? `请至少填写一项${label}。` : `${label}至少 ${least} 项。`
  const bound = boundText(issue.path, least)
  return issue.inclusive === false ? `${label}应大于 ${bound}。` : `${label}不能小于 ${bound}。`
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>, label: string, value: unknown): string {
  const most = Number(issue.maximum)
  if (issue.origin === 'string')
    return `${label}不超过 ${most} 个字，现有 ${String(value).length} 个字。请删减后再提交。`
  if (issue.origin === 'array') return `${label}最多 ${most} 项。`
  const bound = boundText(issue.path, most)
  return issue.inclusive === false ? `${label}应小于 ${bound}。` : `${label}不能大于 ${bound}。`
}

/** Fields named `...Fen` hold 分 and are typed in yuan. */
function boundText(path: readonly PropertyKey[], bound: number): string {
  return String(path.at(-1)).endsWith('Fen') ? `${yuanText(bound)} 元` : quantityText(bound)
}
