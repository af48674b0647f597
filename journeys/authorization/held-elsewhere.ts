/** Survivors that another part of the code holds, so that no cell can show them; each with what does. */
export const heldElsewhere: Readonly<Record<string, string>> = {
  'duties.can.seeDuty always true':
    'the register of duties is asked by a key of a case, which its own reading withholds',
  'duties.reachesOf sees all of the level':
    'tells the screen which views to offer; the lists ask can.seeLevel themselves',
  'duties.reachesOf sees nothing': 'as above',
  'plans.can.receiveAdjustment allows everything': 'the case engine asks party and role of the step again',
  'drafting.mayConcludeReview allows everything': 'the case engine asks party and role of the step again',
  'warehouse.can.decide allows everything': 'the case engine asks party and role of the step again',
  'repairs.can.approve allows everything': 'the case engine asks party and role of the step again',
  'matching.maySee always true':
    'cycles are looked at by plans, proposals withheld by the second wall before it is asked; matching/policy.test.ts',
  'actor.actsOnlyFor always false': 'asked of a role held by delegation; kernel/pure/case-moves.test.ts',
  'people.can.endDelegation allows everything':
    'asked of a delegation, and no object here is one; people/policy-settings/policy-settings.db.test.ts',
  'people.can.endDelegation allows nothing': 'as above',
  'people.can.endDelegation inverted': 'as above',
  'calendar.waits allows everything': 'a state, not a right; calendar/policy.test.ts',
  'record.whileOpen allows everything': 'a state, not a right; record/policy.test.ts',
  'record.can.attach allows everything': 'whoever sees the case holds an office role: reading it is asked first',
  'regulations.can.readWork always true': 'tables of the library are read within the level; the second wall',
  'regulations.can.seeUses always true': 'adds a count to an answer; regulations/actions.db.test.ts',
  'regulations.can.seeUses always false': 'as above',
  'regulations.can.seeUses inverted': 'as above',
}
