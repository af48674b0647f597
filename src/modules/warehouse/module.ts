import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { allotmentCase, clearanceCases, intakeCase, levelReceiptCase, levelRequestCase, loanCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { reportTies } from '#modules/organs/offers.ts'
import { maySeeMatter } from './policy.ts'
import { tiesOf } from './store/ties.ts'
import * as words from './words.ts'

const maySee = (actor: Actor, row: CaseRow) =>
  maySeeMatter(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode })

// ORG-R06: an organ is not closed while it still holds things (Art. 23, G5).
reportTies('warehouse', tiesOf)

export default defineModule({
  name: 'warehouse',
  title: '公物仓',
  needs: ['organs', 'people', 'standards', 'cases', 'record', 'assets', 'duties'],
  contract,
  actions,
  words,
  data: {
    otherwise: 'internal',
    columns: {
      'body.name': 'internal',
      'body_thing.name': 'internal',
      'clearance_thing.name': 'internal',
      'hold.organ_name': 'internal',
      'intake.body_name': 'internal',
      'intake.handed_by_name': 'personal',
      'intake.receiver_name': 'personal',
      'item.appraised_by_name': 'personal',
      'item.name': 'internal',
      'item.out_organ_name': 'internal',
      'item.photo_name': 'internal',
      'item.repair_approved_by_name': 'personal',
      'level_request.asked_by_name': 'personal',
      'level_request.receiver_name': 'internal',
      'level_request_item.name': 'internal',
      'level_request_item.store_name': 'internal',
      'request.signed_by_name': 'personal',
      'store.address': 'internal',
      'store.name': 'internal',
    },
  },
  cases: [
    { kind: intakeCase, maySee },
    { kind: loanCase, maySee },
    { kind: allotmentCase, maySee },
    { kind: levelRequestCase, maySee },
    { kind: levelReceiptCase, maySee },
    ...[...new Set(Object.values(clearanceCases))].map((kind) => ({ kind, maySee })),
  ],
  jobs,
  checks,
})
