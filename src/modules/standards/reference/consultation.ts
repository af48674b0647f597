import type { StandardSeed } from './seed.ts'

/** No law says how long opinions may be given: the project chose (项目默认值). */
export const consultationParameters: readonly StandardSeed[] = [
  {
    code: 'consultation.opinion-workdays',
    value: { form: 'term', amount: 10, unit: 'workday' },
    citation: '项目默认值',
    from: '2021-01-01',
    confidence: 'D',
  },
]
