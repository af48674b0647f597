import { describe, expect, it } from 'vitest'
import { ownLevelSpent, settlementText } from './answering.ts'

describe('A23-2 another level is asked for what the own level leaves open', () => {
  const left = { name: '台式计算机', number: 'ZC-1', quantity: 1, costFen: 5_000 }
  const asked = { priceFen: 480_000, ofLevels: 2 }
  it.each([
    ['nothing is left', [], asked, true],
    ['one is left that would do', [left], asked, false],
    ['it costs as much as a new one', [{ ...left, costFen: 480_000 }], asked, true],
    ['it is a lot of more pieces than are to be asked for', [{ ...left, quantity: 3 }], asked, true],
    ['nobody is asked', [left], { ...asked, ofLevels: 0 }, true],
  ])('%s', (_, things, of, ok) => {
    const verdict = ownLevelSpent(things, of)
    expect(verdict.ok).toBe(ok)
    if (!verdict.ok) expect(verdict.refusals[0]).toMatchObject({ code: 'own-level-first' })
  })

  it('PLAN-R06 the decision says what is asked of whom', () => {
    const given = [
      { source: 'warehouse' as const, own: false, organName: '太原市机关事务管理局', pieces: 3 },
      { source: 'level' as const, own: false, organName: '山西省公物仓', pieces: 2 },
    ]
    expect(settlementText(given, { unit: '台', needed: 6 }, '')).toBe(
      '调剂解决5台（公物仓3台、商请山西省公物仓2台），其余1台购置。',
    )
  })
})
