import { expect, it } from 'vitest'
import { moreAsideOf } from './more-aside.ts'

it.each([
  ['all is seen', { scrollLeft: 0, clientWidth: 1000, scrollWidth: 1000 }, { left: false, right: false }],
  [
    'a part of a pixel is nothing',
    { scrollLeft: 0, clientWidth: 1000, scrollWidth: 1001 },
    { left: false, right: false },
  ],
  ['at the beginning', { scrollLeft: 0, clientWidth: 1000, scrollWidth: 1300 }, { left: false, right: true }],
  ['in the middle', { scrollLeft: 100, clientWidth: 1000, scrollWidth: 1300 }, { left: true, right: true }],
  ['at the end', { scrollLeft: 300, clientWidth: 1000, scrollWidth: 1300 }, { left: true, right: false }],
])('columns beside what a table shows: %s', (_, box, more) => {
  expect(moreAsideOf(box)).toEqual(more)
})
