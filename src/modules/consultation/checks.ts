import type { VerifyCheck } from '#kernel/module.ts'
import { faultyConsultations } from './store/faults.ts'

/** What `yunbao verify` recomputes of consultations: closed only with every opinion answered (norm A9-1). */
export const checks: readonly VerifyCheck[] = [
  {
    name: 'consultation-replies',
    title: '征求意见的答复',
    check: async (tx) => {
      const { checked, faults } = await faultyConsultations(tx)
      return { checked, faults: faults.map(({ number, what }) => `征求意见 ${number} ${what}`) }
    },
  },
]
