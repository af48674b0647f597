import { projectDefault, term, type StandardSeed } from './seed.ts'

/** No law says how long opinions may be given, or how often “regularly” (Art. 38) is: the project chose. */
export const consultationParameters: readonly StandardSeed[] = [
  projectDefault('consultation.opinion-workdays', term(10, 'workday')),
  projectDefault('consultation.survey-months', term(12, 'month')),
]
