import { projectDefault, term, type StandardSeed } from './seed.ts'

/** No law says how long opinions may be given: the project chose. */
export const consultationParameters: readonly StandardSeed[] = [
  projectDefault('consultation.opinion-workdays', term(10, 'workday')),
]
