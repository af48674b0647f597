import { defineModule } from '#kernel/module.ts'
import { ensureCalendarNotices } from '#kernel/server/cases/clock.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { duties } from './duties.ts'
import { jobs } from './jobs.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'calendar',
  title: '工作日历',
  needs: ['organs', 'duties'],
  words,
  contract,
  actions,
  duties,
  jobs,
  reference: async ({ tx }, log) => {
    const added = await ensureCalendarNotices(tx)
    if (added > 0) log(`放假安排通知 ${added} 份`)
  },
})
