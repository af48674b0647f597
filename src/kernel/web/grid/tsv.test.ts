import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTsv, writeTsv } from './tsv.ts'

it.each([
  [
    'a block of Excel',
    '台式计算机\t45\r\n会议桌\t2\r\n',
    [
      ['台式计算机', '45'],
      ['会议桌', '2'],
    ],
  ],
  ['a cell of several lines', '"第一行\n第二行"\t3\n', [['第一行\n第二行', '3']]],
  ['doubled quotes', '"说 ""甲"" 类\n乙"\n', [['说 "甲" 类\n乙']]],
  ['an inch mark, which is no quote', '27" 显示器\t1\n', [['27" 显示器', '1']]],
  ['a leading quote that is never closed', '"半句\t1', [['"半句', '1']]],
  ['empty cells and rows', '\t\n\na\n', [['', ''], [''], ['a']]],
  ['one cell without a line break', '40', [['40']]],
  ['nothing', '', []],
])('reads %s', (_, text, block) => expect(readTsv(text)).toEqual(block))

it('whatever is written is read back the same', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('"', '\n', '\t', '\r\n', 'a"b', '"a"', '第一行\n第二行', ''))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (block) => {
      expect(readTsv(writeTsv(block))).toEqual(block)
    }),
  )
})
