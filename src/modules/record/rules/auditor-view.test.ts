import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesForAuditor, groundsOf, hiddenText, isWholeToAuditor, maskedForAuditor } from './auditor-view.ts'

describe('ROLE-R03 the audit administrator sees how far a matter is, not what is in it', () => {
  test('of business facts the course only', () => {
    expect(
      changesForAuditor(
        'plans.demand-submitted',
        { state: 'draft', askedFen: 100 },
        { state: 'submitted', askedFen: 200, contact: '王某 13800000000' },
      ),
    ).toEqual([
      { field: 'state', before: 'draft', after: 'submitted', hidden: false },
      { field: 'askedFen', before: hiddenText, after: hiddenText, hidden: true },
      { field: 'contact', before: null, after: hiddenText, hidden: true },
    ])
  })
  test('of facts of accounts and organs all but personal data', () => {
    expect(changesForAuditor('people.role-granted', null, { role: 'organ-clerk', phone: '1' })).toEqual([
      { field: 'role', before: null, after: 'organ-clerk', hidden: false },
      { field: 'phone', before: null, after: hiddenText, hidden: true },
    ])
    expect(maskedForAuditor('organs.organ-changed', { name: '某局', head: { mobile: '1', name: '甲' } })).toEqual({
      name: '某局',
      head: { mobile: hiddenText, name: '甲' },
    })
    const issued = { name: '财务核算系统', scopes: ['plans:read'] }
    expect(maskedForAuditor('machines.token-issued', issued)).toEqual(issued)
  })
  test('no value of a business fact passes but in the fields named, however the fact is made', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (fields) => {
        const marked = Object.fromEntries(Object.entries(fields).map(([key]) => [`x${key}`, 'MARK']))
        for (const shown of [
          changesForAuditor('ledger.executed', marked, {}),
          maskedForAuditor('ledger.executed', marked),
          maskedForAuditor('ledger.executed', [marked]),
        ])
          expect(JSON.stringify(shown)).not.toContain('"MARK"')
      }),
    ))
})

test('a proof discloses a part only if all of it is shown', () => {
  expect(isWholeToAuditor('people.role-granted', { role: 'staff' })).toBe(true)
  expect(isWholeToAuditor('people.role-granted', { role: 'staff', deep: [{ phone: '1' }] })).toBe(false)
  expect(isWholeToAuditor('plans.plan-saved', { state: 'draft' })).toBe(true)
  expect(isWholeToAuditor('plans.plan-saved', { state: 'draft', totalFen: 1 })).toBe(false)
  expect(isWholeToAuditor('plans.plan-saved', null)).toBe(true)
})

test('grounds are rule and citation, without figures, each once', () => {
  const finding = { rule: 'PLAN-R02', basis: { norm: 'A31-1', citation: '第三十一条' }, facts: { '金额(分)': 1 } }
  const refusal = { code: 'role', message: '只有经办人可以填报。', basis: null }
  expect(groundsOf('plans.lines-decided', { findings: [finding, finding, refusal] })).toEqual([
    { code: 'PLAN-R02', said: null, citation: '第三十一条' },
    { code: 'role', said: null, citation: null },
  ])
  expect(groundsOf('kernel.denied', [refusal])).toEqual([
    { code: 'role', said: '只有经办人可以填报。', citation: null },
  ])
  for (const nothing of [null, 'x', 3]) expect(groundsOf('kernel.denied', nothing)).toEqual([])
})
