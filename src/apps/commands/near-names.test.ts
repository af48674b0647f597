import { expect, test } from 'vitest'
import { nearNames } from './near-names.ts'

const names = ['太原市教育局', '太原市公安局', '太原市审计局', '太原市人民政府', '清徐县教育局']

test('a part of a name finds it, one wrong character finds the one meant, and not all that end alike', () => {
  expect(nearNames('教育', names)).toEqual(['太原市教育局', '清徐县教育局'])
  expect(nearNames('太原市教育厅', names)).toEqual(['太原市教育局'])
})

test('what is like nothing finds nothing', () => {
  expect(nearNames('XYZ', names)).toEqual([])
  expect(nearNames('', names)).toEqual([])
})
