import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import { readsOfOrgan } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { disposalCase, receiptCase } from './cases.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { applicationKind } from './rules/application.ts'
import * as words from './words.ts'

const maySee = (actor: Actor, { applicantOrganId, jurisdictionCode }: CaseRow) =>
  readsOfOrgan(actor, { organId: applicantOrganId, jurisdictionCode })

export default defineModule({
  name: 'disposal',
  title: '资产处置',
  needs: ['organs', 'assets', 'standards', 'cases', 'record', 'decisions', 'duties'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      'application.applied_by': 'personal',
      'application.received_by_name': 'personal',
      'consent_list.consented_by': 'personal',
      'item.class_name': 'internal',
      'item.name': 'internal',
    },
  },
  cases: [
    { kind: disposalCase, maySee },
    { kind: receiptCase, maySee },
  ],
  decisions: [applicationKind],
  jobs,
})
