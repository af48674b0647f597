import type { StandardDefinition } from '../definition.ts'

/** Terms of asking the organs served (Art. 9, 38). */
export const consultationDefinitions: readonly StandardDefinition[] = [
  {
    code: 'consultation.opinion-workdays',
    title: '征求意见最短期限',
    kind: 'parameter',
    field: 'services',
    form: 'term',
    dimensions: [],
    norms: ['A9-1'],
    growsWithRank: false,
  },
]
