import { expect, it } from 'vitest'
import { checkTexts, executionRateBp, maySendConsolidated, reportDueOn } from './report.ts'

const whole = { problems: '', savings: '会议优先使用机关会议室。', proposals: '建议重新测算定额。' }

it('A36-1 tells whoever signs a report what is not filled in', () => {
  expect(checkTexts(whole)).toEqual([])
  expect(checkTexts({ ...whole, problems: '“公务接待”执行率为60.00%，低于总体水平，原因是：' })).toMatchObject([
    { outcome: 'warn', message: '“存在的问题”没有写明原因。' },
  ])
  expect(checkTexts({ problems: '', savings: ' ', proposals: '' })).toMatchObject([
    { outcome: 'warn', message: '“节约措施和成效”没有填写，“下一年度建议”没有填写。' },
  ])
})

it('PLAN-R17 PLAN-R18 reports are due on the last of March and of June of the year after', () => {
  expect(reportDueOn('organ', 2026)).toBe('2027-03-31')
  expect(reportDueOn('consolidated', 2026)).toBe('2027-06-30')
})

it('PLAN-R18 A36-2 the consolidated report goes with a copy to finance, or not at all', () => {
  expect(maySendConsolidated(true, true)).toEqual({ ok: true })
  expect(maySendConsolidated(false, true)).toMatchObject({ ok: false })
  expect(maySendConsolidated(true, false)).toMatchObject({ ok: false })
})

it('an execution rate is rounded to a hundredth of a percent, and there is none without a plan', () => {
  expect(executionRateBp(300_000, 100_000)).toBe(3333)
  expect(executionRateBp(0, 0)).toBeNull()
})
