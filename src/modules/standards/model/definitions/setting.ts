import { definitionsOf } from '../definition.ts'

/** Setting standards itself (Art. 9): how often each is looked at again. */
export const settingDefinitions = definitionsOf(
  'setting',
  ['A9-2'],
  [{ code: 'standards.review-months', title: '标准复核周期', kind: 'parameter', form: 'term' }],
)
