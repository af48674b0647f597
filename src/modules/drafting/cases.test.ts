import { describe, expect, it } from 'vitest'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { draftCase, expenditureReviewCase } from './cases.ts'
import { draftStates, expenditureReviewStates } from './model.ts'

describe('the machine of a draft (A6-2, A9-1, A9-2)', () => {
  it('admits these transitions in each state and no other', () => {
    const admitted = Object.fromEntries(draftStates.map((state) => [state, transitionsFrom(draftCase, state)]))
    expect(admitted).toEqual({
      drafting: ['consult', 'submit', 'withdraw'],
      consulting: ['submit', 'withdraw'],
      approving: ['recall', 'return', 'approve', 'refuse'],
      returned: ['consult', 'submit', 'withdraw'],
      approved: [],
      refused: [],
      withdrawn: [],
    })
  })
  it('leads where it says', () => {
    const leads = Object.fromEntries(Object.entries(draftCase.transitions).map(([name, { to }]) => [name, to]))
    expect(leads).toEqual({
      consult: 'consulting',
      submit: 'approving',
      recall: 'returned',
      return: 'returned',
      approve: 'approved',
      refuse: 'refused',
      withdraw: 'withdrawn',
    })
  })
  it('ROLE-R02 nothing that decides may be done by who sent it; what takes away asks for words', () => {
    for (const name of ['approve', 'return', 'refuse'] as const)
      expect([name, draftCase.transitions[name].notBySubmitter]).toEqual([name, true])
    for (const name of ['return', 'refuse', 'withdraw'] as const)
      expect([name, draftCase.transitions[name].opinion]).toEqual([name, 'required'])
  })
  it('has the states of the table in the database, and is sound', () => {
    expect(Object.keys(draftCase.states).toSorted()).toEqual([...draftStates].toSorted())
    expect(caseKindFaults(draftCase)).toEqual([])
  })
})

describe('the machine of finance’s review (A9-3)', () => {
  it('is open until it is kept or revised, with a term', () => {
    const admitted = Object.fromEntries(
      expenditureReviewStates.map((state) => [state, transitionsFrom(expenditureReviewCase, state)]),
    )
    expect(admitted).toEqual({ open: ['keep', 'revise'], kept: [], revised: [] })
    expect(expenditureReviewCase.states.open.clock).toMatchObject({
      norm: 'A9-3',
      duration: { unit: 'workdays', count: 20 },
    })
    expect(caseKindFaults(expenditureReviewCase)).toEqual([])
  })
})
