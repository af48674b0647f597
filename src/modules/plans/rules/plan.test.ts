import { describe, expect, test } from 'vitest'
import { needKinds } from '#modules/standards/model.ts'
import { planPartLabels } from '../model.ts'
import { maySubmitPlan } from './plan.ts'

const texts = {
  present: '现有设备82台。',
  needs: '更新设备5台。',
  equipping: '配给业务处室。',
  disposal: '旧设备报废。',
}

describe('what a plan contains', () => {
  test('A31-2 a plan with its four parts may be signed; each part left empty is named', () => {
    expect(maySubmitPlan({ lineCount: 1, texts })).toEqual({ ok: true })
    for (const [part, label] of Object.entries(planPartLabels)) {
      const verdict = maySubmitPlan({ lineCount: 1, texts: { ...texts, [part]: ' \n' } })
      expect(verdict.ok ? [] : verdict.refusals).toMatchObject([
        { code: 'part-missing', message: `计划缺少“${label}”部分的说明。`, basis: { norm: 'A31-2' } },
      ])
    }
  })
  test('A31-3 there are nine kinds of need, and a plan without any need is not signed', () => {
    expect(needKinds).toHaveLength(9)
    const verdict = maySubmitPlan({ lineCount: 0, texts })
    expect(verdict.ok ? [] : verdict.refusals).toMatchObject([{ code: 'empty-plan', basis: { norm: 'A31-3' } }])
  })
})
