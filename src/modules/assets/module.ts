import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { handoverCase, loanCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { duties } from './duties.ts'
import { jobs } from './jobs.ts'
import { maySeeCards } from './policy.ts'
import * as words from './words.ts'

/** A hand-over or a loan is seen by the organ, by who reads the level, and by the person it was offered to. */
const maySee = (actor: Actor, row: CaseRow) =>
  maySeeCards(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode }) ||
  (row.assignedPersonId !== null && row.assignedPersonId === actor.personId)

export default defineModule({
  name: 'assets',
  title: '资产',
  needs: ['organs', 'people', 'standards', 'cases', 'record', 'duties'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      'card.acquired_by': 'internal',
      'card.name': 'internal',
      'card.custodian_name': 'personal',
      'card.user_name': 'personal',
      // Names of custodians and users stand in it, to be found by.
      'card_text.words': 'personal',
      'custom_field.name': 'internal',
      'custom_field.set_by_name': 'personal',
      'depreciation_month.closed_by': 'personal',
      'handover.from_name': 'personal',
      'handover.to_name': 'personal',
      'handover_card.from_custodian_name': 'personal',
      'handover_card.name': 'internal',
      'holding.custodian_name': 'personal',
      'import.created_by': 'personal',
      'import_problem.column_name': 'internal',
      'loan.borrower_name': 'personal',
      'loan.borrower_organ_name': 'internal',
      'loan.closed_by_name': 'personal',
      'loan.offered_by_name': 'personal',
      'loan_card.name': 'internal',
      'loan_card.user_before': 'personal',
      'regrouped_card.name': 'internal',
      'regrouping.recorded_by': 'personal',
      'saved_filter.name': 'internal',
      'scan_receipt_card.custodian_name': 'personal',
      'scan_receipt_card.name': 'internal',
      'transfer.accepted_by_name': 'personal',
      'transfer.name': 'internal',
      'transfer.recorded_by': 'personal',
    },
  },
  cases: [
    { kind: handoverCase, maySee },
    { kind: loanCase, maySee },
  ],
  duties,
  jobs,
  checks,
})
