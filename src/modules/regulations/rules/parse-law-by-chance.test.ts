import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { characters } from '../testing/characters.ts'
import { inChinese } from './numerals.ts'
import { openErrors } from './oddities.ts'
import { parseLaw, wholeText } from './parse-law.ts'

const words =
  '机关 事务 管理 部门 应当 依据 标准 审核 申请 资产 用房 车辆 节约 能源 经费 预算 公开 监督 计划 执行 统一 配置 维修 服务'.split(
    ' ',
  )
const clause = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }).map((list) => list.join(''))
const sentence = fc.array(clause, { minLength: 1, maxLength: 4 }).map((clauses) => `${clauses.join('，')}。`)
const item = clause.map((text) => `${text}；`)
const paragraph = fc.record({
  text: sentence,
  items: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, fc.array(item, { minLength: 2, maxLength: 12 })),
})
const article = fc.array(paragraph, { minLength: 1, maxLength: 3 })
const chapter = fc.record({ title: clause, articles: fc.array(article, { minLength: 1, maxLength: 5 }) })
const lawTree = fc.record({ chapters: fc.array(chapter, { minLength: 1, maxLength: 4 }), headed: fc.boolean() })

const style = fc.record({
  number: fc.constantFrom<(n: number) => string>(inChinese, String, (n) =>
    String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  ),
  head: fc.constantFrom<(label: string) => string>(
    (label) => `${label}　`,
    (label) => `${label}  `,
    (label) => `**${label}** `,
    (label) => `${[...label].join(' ')} `,
  ),
  halfWidth: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n', '\n\n'),
  /** Where lines break, as a number of characters; and how: a new line, a blank line, a page number. */
  breaks: fc.array(
    fc.record({
      after: fc.integer({ min: 3, max: 60 }),
      how: fc.constantFrom('\n', '\r\n', '\n\n', '\n— 7 —\n', '\f'),
    }),
    { maxLength: 40 },
  ),
})

/** Breaks a paragraph at the places of the style, never where a sentence or clause of a list has just ended: that is a new paragraph. */
function broken(text: string, breaks: { after: number; how: string }[]): string {
  let out = ''
  let rest = text
  while (breaks.length > 0) {
    const { after, how } = breaks.shift() as { after: number; how: string }
    if (after >= rest.length) break
    out += rest.slice(0, after)
    rest = rest.slice(after)
    out += /[。；：]$/u.test(out) || how === '' ? '' : how === '\f' ? '\f\n' : how
  }
  return out + rest
}

function written(
  {
    chapters,
    headed,
  }: { chapters: { title: string; articles: { text: string; items: string[] }[][] }[]; headed: boolean },
  style: {
    number: (n: number) => string
    head: (label: string) => string
    halfWidth: boolean
    newline: string
    breaks: { after: number; how: string }[]
  },
): string {
  const breaks = style.breaks.map((one) => ({ ...one }))
  const lines = ['某某省随机试验条例']
  let number = 0
  for (const [index, { title, articles }] of chapters.entries()) {
    if (headed) lines.push(`${style.head(`第${style.number(index + 1)}章`)}${title}`)
    for (const paragraphs of articles) {
      number++
      for (const [place, { text, items }] of paragraphs.entries()) {
        const body = items.length > 0 ? `${text.slice(0, -1)}：` : text
        lines.push(`${place === 0 ? style.head(`第${style.number(number)}条`) : ''}${broken(body, breaks)}`)
        for (const [at, one] of items.entries()) lines.push(`（${inChinese(at + 1)}）${broken(one, breaks)}`)
      }
    }
  }
  const source = lines.join(style.newline)
  return style.halfWidth
    ? source
        .replaceAll('，', ',')
        .replaceAll('；', ';')
        .replaceAll('：', ':')
        .replaceAll('（', '(')
        .replaceAll('）', ')')
    : source
}

describe('laws made by chance', () => {
  it('are read back as the same tree, however they are written and broken into lines', () => {
    fc.assert(
      fc.property(lawTree, style, (tree, manner) => {
        const law = parseLaw(written(tree, manner))
        const articles = tree.chapters.flatMap(({ articles: own }) => own)
        expect(law.articles.map(({ number }) => number)).toEqual(articles.map((_, index) => index + 1))
        expect(
          law.articles.map(({ paragraphs }) =>
            paragraphs.map(({ text, items }) => ({ text, items: items.map((one) => one.text) })),
          ),
        ).toEqual(
          articles.map((own) =>
            own.map(({ text, items }) => ({ text: items.length > 0 ? `${text.slice(0, -1)}：` : text, items })),
          ),
        )
        expect(law.divisions.map(({ title }) => title)).toEqual(
          tree.headed ? tree.chapters.map(({ title }) => title) : [],
        )
        expect(openErrors(law.oddities, [])).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('lose no character, whatever lines come in whatever order', () => {
    const line = fc.oneof(
      sentence,
      clause,
      fc.integer({ min: 0, max: 120 }).map((n) => `第${inChinese(n)}条　${n % 3 === 0 ? '' : '应当办理。'}`),
      fc.integer({ min: 1, max: 12 }).map((n) => `# 第${n}章 标题`),
      fc.integer({ min: 1, max: 12 }).map((n) => `（${inChinese(n)}）其中之一；`),
      fc.integer({ min: 1, max: 99 }).map((n) => `${n}.细目`),
      fc.constantFrom(
        '— 3 —',
        '第 3 页 共 9 页',
        '12',
        '13',
        '目录',
        '附件：',
        '附表1',
        '',
        '　　缩进。',
        '**第三条** 粗体',
        '一、编号',
        'a b,c (d)',
        '①圈码',
        '“引号，',
        '\u200B零宽',
        '第三条之二 补充。',
        '第条',
        '（）',
        '…',
      ),
      fc.string({
        unit: fc.constantFrom('第', '条', '章', '（', '）', '一', '3', '、', '.', ' ', '　', '，', '。', 'x', '。”'),
      }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const source = lines.join('\n')
        expect(characters(wholeText(parseLaw(source)))).toBe(characters(source))
      }),
      { numRuns: 500 },
    )
  })
})
