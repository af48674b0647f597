import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { matchedLineKind } from './rules/decision.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'matching',
  title: '调剂',
  needs: ['organs', 'standards', 'plans', 'assets', 'warehouse'],
  contract,
  actions,
  data: { otherwise: 'internal', columns: { 'allotment.source': 'internal' } },
  words,
  decisions: [matchedLineKind],
  jobs,
})
