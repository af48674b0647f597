import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { countCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { duties } from './duties.ts'
import { maySeeCount } from './policy.ts'
import * as words from './words.ts'

const maySee = (actor: Actor, row: CaseRow) =>
  maySeeCount(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode })

export default defineModule({
  name: 'stocktaking',
  title: '盘点',
  needs: ['organs', 'people', 'assets', 'cases', 'record', 'duties'],
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      'item.name': 'internal',
      'place_words.words': 'internal',
      'item.user_name': 'personal',
      'item.custodian_name': 'personal',
      'difference.name': 'internal',
      // Names of custodians and users stand in them where they differ.
      'item.found': 'personal',
      'mark.found': 'personal',
      'difference.booked': 'personal',
      'difference.found': 'personal',
      'difference.card': 'personal',
      'difference.responsible': 'personal',
    },
  },
  cases: [{ kind: countCase, maySee }],
  duties,
  checks,
  words,
})
