import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { startAnswering } from './actions/answering.ts'
import { lockConsultation, pastLastDay } from './store/consultation.ts'

export const jobs: JobHandlers = {
  'consultation.collected': { title: '征求意见截止', cron: '10 0 * * *', run: collectPast },
}

const batch = 50

/** The night after the last day: the term for answering the opinions begins. Repeatable: what has moved is not found again. */
export async function collectPast({ transact }: Pick<JobWork, 'transact'>): Promise<{ consultations: number }> {
  let consultations = 0
  for (;;) {
    const moved = await transact(async (act) => {
      const ids = await pastLastDay(act.tx, act.today, batch)
      for (const id of ids) {
        const row = await lockConsultation(act.tx, id, 'alone')
        if (row) await startAnswering(act, row)
      }
      return ids.length
    })
    consultations += moved
    if (moved < batch) return { consultations }
  }
}
