import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Role } from './actor.ts'
import { defineCaseKind } from './case-kind.ts'
import { mayMove, mayTake, type CaseStanding } from './case-moves.ts'

const reviewers = ['plan-reviewer', 'authority-leader'] as const
const kind = defineCaseKind({
  kind: 'test.filing',
  title: '备案',
  page: '/test/:subjectId',
  initial: 'filed',
  states: {
    filed: { label: '待审核', waitsFor: { party: 'authority', roles: reviewers } },
    done: { label: '办结', final: 'done' },
  },
  transitions: {
    approve: {
      label: '同意',
      from: ['filed'],
      to: 'done',
      by: { party: 'authority', roles: reviewers },
      notBySubmitter: true,
    },
  },
})
const standing: CaseStanding = {
  state: 'filed',
  applicantOrganId: 'authority',
  jurisdictionCode: '140100',
  assignedPersonId: null,
  assignedPersonName: null,
  submittedBy: 'wang',
  submittedFor: null,
}
const reviewer = (personId: string, held: readonly Role[], onBehalf: Actor['onBehalf'] = []): Actor => ({
  kind: 'person',
  personId,
  name: personId,
  organ: {
    id: 'authority',
    name: '市机关事务管理局',
    jurisdictionCode: '140100',
    jurisdictionName: '太原市',
    level: 'city',
    parts: ['authority'],
  },
  roles: held,
  onBehalf,
})
const codes = (actor: Actor, given: Partial<CaseStanding> = {}) => {
  const verdict = mayTake(kind, 'approve', actor, { ...standing, ...given })
  return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
}

describe('ROLE-R02 nobody decides their own case', () => {
  it.each([
    ['another reviewer decides', reviewer('li', ['plan-reviewer']), {}, []],
    ['not who submitted it', reviewer('wang', ['plan-reviewer']), {}, ['ROLE-R02']],
    [
      'not the delegate of who submitted it',
      reviewer('li', ['plan-reviewer'], [{ role: 'plan-reviewer', personId: 'wang' }]),
      {},
      ['ROLE-R02'],
    ],
    [
      'a delegate of somebody else does',
      reviewer('li', ['plan-reviewer'], [{ role: 'plan-reviewer', personId: 'zhao' }]),
      {},
      [],
    ],
    [
      'a delegate who has another of the roles in their own right does',
      reviewer('li', ['plan-reviewer', 'authority-leader'], [{ role: 'plan-reviewer', personId: 'wang' }]),
      {},
      [],
    ],
    [
      'not on whose behalf a delegate submitted it',
      reviewer('wang', ['plan-reviewer']),
      { submittedBy: 'li', submittedFor: 'wang' },
      ['ROLE-R02'],
    ],
    [
      'nor a second delegate of theirs',
      reviewer('zhao', ['plan-reviewer'], [{ role: 'plan-reviewer', personId: 'wang' }]),
      { submittedBy: 'li', submittedFor: 'wang' },
      ['ROLE-R02'],
    ],
  ] as const)('%s', (_, actor, given, expected) => expect(codes(actor, given)).toEqual(expected))

  it('whatever the delegations, whoever a case belongs to never decides it', () => {
    const person = fc.constantFrom('wang', 'li', 'zhao')
    fc.assert(
      fc.property(
        person,
        fc.option(person),
        fc.subarray([...reviewers], { minLength: 1 }),
        fc.array(fc.record({ role: fc.constantFrom(...reviewers), personId: person }), { maxLength: 3 }),
        (submittedBy, submittedFor, held, onBehalf) => {
          for (const owner of [submittedBy, submittedFor])
            if (owner !== null) {
              const verdict = mayMove(
                kind,
                'approve',
                reviewer(owner, held, onBehalf),
                { ...standing, submittedBy, submittedFor },
                { opinion: null, openSignatures: 0 },
              )
              expect(verdict.ok).toBe(false)
            }
        },
      ),
    )
  })
})
