import { define } from '../definition.ts'

/** Terms of asking the organs served (Art. 9, 38). */
export const consultationDefinitions = define(
  'services',
  'parameter',
  ['A9-1'],
  [
    ['consultation.opinion-workdays', '征求意见最短期限', 'term'],
    ['consultation.survey-months', '满意度调查间隔', 'term', { norms: ['A5-1', 'A38-1'] }],
  ],
)
