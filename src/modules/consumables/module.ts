import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { issueCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { maySeeStock } from './policy.ts'
import * as words from './words.ts'

/** An issue is seen by the organ, by who reads the level, and by the person it is for. */
const maySee = (actor: Actor, row: CaseRow) =>
  maySeeStock(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode }) ||
  (row.assignedPersonId !== null && row.assignedPersonId === actor.personId)

export default defineModule({
  name: 'consumables',
  title: '低值易耗品',
  needs: ['organs', 'people', 'cases', 'record'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      'issue.to_name': 'personal',
      'issue.offered_by_name': 'personal',
      'item.name': 'internal',
      'movement.person_name': 'personal',
      // Tells who took what.
      'movement.reason': 'personal',
    },
  },
  cases: [{ kind: issueCase, maySee }],
  checks,
})
