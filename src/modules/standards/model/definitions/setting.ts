import { define } from '../definition.ts'

/** Setting standards itself (Art. 9): how often each is looked at again. */
export const settingDefinitions = define(
  'setting',
  'parameter',
  ['A9-2'],
  [['standards.review-months', '标准复核周期', 'term']],
)
