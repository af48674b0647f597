import { expect, it } from 'vitest'
import { z } from 'zod'
import { issueMessage } from './issue-message.ts'

const schema = z.object({
  reason: z.string().min(1).max(5),
  amountFen: z.number().int().min(100).max(1_000_000),
  count: z.number().positive(),
  neededOn: z.iso.date(),
  kind: z.enum(['a', 'b']),
  lines: z.array(z.string()).min(1),
  note: z.string().min(1, '请写明需要补正的内容。'),
})
const right = { reason: '更新', amountFen: 500, count: 1, neededOn: '2026-03-12', kind: 'a', lines: ['x'], note: '好' }

it.each([
  ['reason', undefined, '请填写事项。'],
  ['reason', '', '请填写事项。'],
  ['reason', '一二三四五六', '事项不超过 5 个字，现有 6 个字。请删减后再提交。'],
  ['amountFen', '约40', '事项应为数字，现为“约40”。请改为数字后再提交。'],
  ['amountFen', 10, '事项不能小于 1.00 元。'],
  ['amountFen', 2_000_000, '事项不能大于 10,000.00 元。'],
  ['count', 0, '事项应大于 0。'],
  ['neededOn', '3月12日', '事项应为日期，例如 2026-03-12。'],
  ['kind', undefined, '请选择事项。'],
  ['kind', 'c', '事项请从所列选项中选择。'],
  ['lines', [], '请至少填写一项事项。'],
  ['note', '', '请写明需要补正的内容。'],
])('words what is wrong with %s = %j', (field, value, words) => {
  const { error } = schema.safeParse({ ...right, [field]: value })
  const issue = error?.issues[0]
  if (issue === undefined) throw new Error('the value is not wrong')
  expect(issueMessage(issue, '事项', value)).toBe(words)
})
