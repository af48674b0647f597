import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { draftStates, matters, partOfMatter, type Matter } from './model.ts'
import { can, draftsOpenToServed, maySeeDraft, maySeeExpenditureReview } from './policy.ts'

const place = '140100'
const actor = (held: readonly Role[], parts: StatutoryPart[] = [], jurisdictionCode = place, id = 'p'): Actor => ({
  kind: 'person',
  personId: id,
  name: '张三',
  roles: held,
  organ: { id: 'o', name: 'o', jurisdictionCode, jurisdictionName: '', level: 'city', parts },
})
const verbs = Object.keys(can) as (keyof typeof can)[]
const drafting: (keyof typeof can)[] = ['make', 'edit', 'consult', 'submit', 'recall', 'withdraw']
const deciding: (keyof typeof can)[] = ['approve', 'returnForCorrection', 'refuse']
const allows = (who: Actor, matter: Matter, authors: string[] = ['author']) =>
  verbs.filter((verb) => can[verb](who, { matter, jurisdictionCode: place, authors, submittedBy: 'author' }).ok)

describe('who drafts and who approves (A6-1, A9-1, A9-3)', () => {
  it('every role at the authority, for every matter', () => {
    for (const matter of matters)
      for (const role of roles) {
        const expected =
          matter === 'expenditure'
            ? []
            : role === 'plan-reviewer'
              ? drafting
              : role === 'authority-leader'
                ? deciding
                : []
        expect([matter, role, allows(actor([role], ['authority']), matter)]).toEqual([matter, role, expected])
      }
  })
  it('every role at finance, for every matter: another person approves', () => {
    for (const matter of matters)
      for (const role of roles) {
        const expected =
          matter !== 'expenditure'
            ? []
            : role === 'finance-reviewer'
              ? [...drafting, ...deciding]
              : role === 'organ-head'
                ? deciding
                : []
        expect([matter, role, allows(actor([role], ['finance']), matter)]).toEqual([matter, role, expected])
      }
  })
  it('ROLE-R02 nobody approves what they wrote or sent, whatever their roles', () => {
    for (const matter of matters) {
      const who = actor(roles, [partOfMatter(matter)])
      expect(allows(who, matter)).toEqual(verbs)
      expect(allows(who, matter, ['p'])).toEqual(drafting)
      const sent = { matter, jurisdictionCode: place, authors: [], submittedBy: 'p' }
      expect(can.approve(who, sent).ok).toBe(false)
    }
  })
  it('A6-1 nobody of another level or another organ', () => {
    for (const matter of matters) {
      expect(allows(actor(roles, ['authority', 'finance'], '140000'), matter)).toEqual([])
      expect(allows(actor(roles, ['authority', 'finance'], '140121'), matter)).toEqual([])
      expect(allows(actor(roles, ['audit']), matter)).toEqual([])
    }
  })
})

describe('who sees a draft', () => {
  it('authority, finance and audit of the level see every state; the organs it binds once it concerns them', () => {
    for (const state of draftStates) {
      const draft = { jurisdictionCode: place, state }
      for (const part of ['authority', 'finance', 'audit'] as const)
        expect(maySeeDraft(actor(['supervisor'], [part]), draft)).toBe(true)
      const open = draftsOpenToServed.includes(state)
      expect([state, maySeeDraft(actor(['organ-clerk']), draft)]).toEqual([state, open])
      // A county under the city is bound by it too.
      expect([state, maySeeDraft(actor(['organ-clerk'], [], '140121'), draft)]).toEqual([state, open])
      expect([state, maySeeDraft(actor(['organ-clerk'], [], '140200'), draft)]).toEqual([state, false])
    }
  })
  it('ROLE-R03 no business for staff, drivers, providers and the three administrators', () => {
    const none: Role[] = [
      'staff',
      'driver',
      'provider',
      'system-administrator',
      'security-administrator',
      'audit-administrator',
    ]
    for (const role of none)
      for (const state of draftStates)
        expect([role, maySeeDraft(actor([role], ['authority']), { jurisdictionCode: place, state })]).toEqual([
          role,
          false,
        ])
  })
  it('finance’s reviews are read by the level alone', () => {
    expect(maySeeExpenditureReview(actor(['finance-reviewer'], ['finance']), { jurisdictionCode: place })).toBe(true)
    expect(maySeeExpenditureReview(actor(['organ-clerk']), { jurisdictionCode: place })).toBe(false)
    expect(
      maySeeExpenditureReview(actor(['finance-reviewer'], ['finance'], '140000'), { jurisdictionCode: place }),
    ).toBe(false)
  })
})
