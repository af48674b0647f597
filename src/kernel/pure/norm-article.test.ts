import { describe, expect, test } from 'vitest'
import { articleOfNorm, inChinese, placeCited, placeInRegulation } from './norm-article.ts'

describe('the article of a norm', () => {
  test.each([
    ['A35-2', 35],
    ['A8-1', 8],
    ['A45', 45],
    ['PLAN-R02', null],
    ['', null],
    [null, null],
  ])('%s stands in article %s', (norm, article) => expect(articleOfNorm(norm)).toBe(article))
  test('no article lies before the first or after the forty-fifth', () => {
    for (const article of [0, 46, 450]) expect(articleOfNorm(`A${article}-1`)).toBeNull()
  })
  test.each([
    [8, null, '第八条'],
    [10, null, '第十条'],
    [33, 1, '第三十三条第一款'],
    [45, null, '第四十五条'],
  ])('%s, paragraph %s is %s', (article, paragraph, place) => {
    expect(placeInRegulation(article, paragraph)).toBe(place)
    expect(placeCited(`《山西省机关运行保障条例》${place}；《预算法》第七十二条`)).toBe(place)
  })
  test('a citation of another law names no place in the Regulation', () => {
    expect(placeCited('《中华人民共和国预算法》第七十二条')).toBeNull()
  })
  test('numerals from 1 to 99 are all different', () => {
    expect(new Set(Array.from({ length: 99 }, (_, index) => inChinese(index + 1))).size).toBe(99)
  })
})
