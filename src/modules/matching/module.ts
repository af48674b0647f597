import { defineModule } from '#kernel/module.ts'
import { readsOfOrgan, type Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { onAllotmentEnded } from '#modules/warehouse/offers.ts'
import { actions } from './actions.ts'
import { allotmentEnded } from './actions/lapsing.ts'
import { lapseCase } from './cases.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { matchedLineKind } from './rules/decision.ts'
import * as words from './words.ts'

// What finance declines is not to stand as decided with nothing behind it.
onAllotmentEnded('matching.line', allotmentEnded)

const maySee = (actor: Actor, row: CaseRow) =>
  readsOfOrgan(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode })

export default defineModule({
  name: 'matching',
  title: '调剂',
  needs: ['organs', 'standards', 'cases', 'plans', 'assets', 'warehouse'],
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: { 'allotment.source': 'internal', 'lapse.source': 'internal', 'lapse.settled_by_name': 'personal' },
  },
  words,
  decisions: [matchedLineKind],
  cases: [{ kind: lapseCase, maySee }],
  jobs,
})
