import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LawText } from '../model.ts'
import { characters } from '../testing/characters.ts'
import { inChinese, readNumeral } from './numerals.ts'
import { openErrors } from './oddities.ts'
import { parseLaw, textOfArticle, wholeText } from './parse-law.ts'
import { suggestedFacts } from './suggest.ts'

const regulation = readFileSync(new URL('../reference/regulation.txt', import.meta.url), 'utf8')

const said = (law: LawText) => law.oddities.map(({ severity, code, place, line }) => [severity, code, place, line])

describe('A15-1 the Regulation as the copy at hand has it', () => {
  const law = parseLaw(regulation)

  it('has 45 articles in seven chapters, and nothing of the copy is lost', () => {
    expect(law.articles.map(({ number }) => number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
    expect(law.divisions.map(({ label, title }) => `${label} ${title}`)).toEqual([
      '第一章 总则',
      '第二章 保障制度',
      '第三章 服务保障事项',
      '第四章 保障计划',
      '第五章 监督检查',
      '第六章 法律责任',
      '第七章 附则',
    ])
    expect(law.title.text).toBe('山西省机关运行保障条例')
    expect(characters(wholeText(law))).toBe(characters(regulation))
  })

  it('has its articles under the chapters that their numbers belong to', () => {
    const chapterOf = (number: number) => (law.articles[number - 1]?.division ?? -1) + 1
    expect([1, 8, 9, 16, 17, 30, 31, 36, 37, 41, 42, 43, 44, 45].map(chapterOf)).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7,
    ])
  })

  it('has paragraphs whole where a page break tore them', () => {
    const paragraphs = (number: number) => law.articles[number - 1]?.paragraphs.map(({ text }) => text) ?? []
    expect(paragraphs(3)).toEqual([
      '本条例所称机关运行保障，是指对机关运行所需经费、资产、服务、能源、资源等进行统筹、配置、管理、监督等后勤服务保障活动。',
    ])
    expect(paragraphs(12)).toHaveLength(4)
    expect(paragraphs(12)[1]).toContain('涉及资产处置的，应当经财政部门同意。')
    expect(paragraphs(34)).toEqual(['各级机关负责组织实施本机关运行保障年度计划，不得超出计划提供服务保障。'])
    expect(paragraphs(35)).toHaveLength(1)
    expect(paragraphs(31)).toHaveLength(3)
    expect(paragraphs(45)).toEqual(['本条例自2021年1月1日起施行。'])
  })

  it('has exactly these oddities, none of which keeps it out', () => {
    expect(said(law)).toEqual([
      ['notice', 'half-width', null, 13],
      ['notice', 'sentence-torn', '第三条', 28],
      ['notice', 'sentence-torn', '第十二条第二款', 60],
      ['notice', 'sentence-cut', '第十八条第一款', 82],
      ['notice', 'foreign-word', '第二十五条第二款', 104],
      ['notice', 'sentence-torn', '第三十四条', 146],
      ['notice', 'sentence-torn', '第四十二条', 172],
      ['notice', 'stray-paragraph', '第四十三条第二款', 176],
      ['notice', 'before-heading', '第四十五条', 178],
      ['notice', 'out-of-order', '第四十四条', 182],
      ['notice', 'sentence-cut', '第四十四条', 182],
    ])
    const of = (code: string) => law.oddities.filter((oddity) => oddity.code === code).map(({ message }) => message)
    expect(of('sentence-cut')).toEqual([
      '第十八条第一款的句子不完整：到“行集中统一管理和”为止，没有句末标点。',
      '第四十四条的句子不完整：到“密的机关运行保障”为止，没有句末标点。',
    ])
    expect(of('foreign-word')).toEqual(['第二十五条第二款的中文里夹有外文“and”：“并按照国家 and 省有关规定”。'])
    expect(of('out-of-order')).toEqual(['第四十四条排在第四十五条之后（第182行），已按编号归位。'])
    expect(of('stray-paragraph')[0]).toContain('可能是第四十四条的后半句')
    expect(openErrors(law.oddities, [])).toEqual([])
  })

  it('tells its own number, issuer and days', () => {
    expect(suggestedFacts(law)).toEqual({
      title: '山西省机关运行保障条例',
      kind: 'local-regulation',
      documentNumber: '山西省人民代表大会常务委员会公告第五十八号',
      issuer: '山西省人民代表大会常务委员会',
      issuedOn: '2020-09-30',
      validFrom: '2021-01-01',
    })
  })
})

describe('a broken numbering', () => {
  const text = (...articles: string[]) => ['某某办法', ...articles].join('\n')
  const errors = (source: string) => openErrors(parseLaw(source).oddities, [])

  it('is refused with place and remedy: a number twice, with the likely one', () => {
    const [error, ...more] = errors(text('第一条　甲。', '第二条　乙。', '第二条　丙。', '第四条　丁。'))
    expect(error).toMatchObject({
      code: 'number-twice',
      line: 4,
      place: '第二条',
      confirmable: false,
      message: '第二条出现两次：第3行和第4行。按顺序应为第三条。',
    })
    expect(error?.remedy).toContain('改正其中一个编号')
    expect(more.map(({ code, id }) => [code, id])).toEqual([['number-missing', 'number-missing:3-3']])
  })

  it('is refused where numbers are missing, unless the clerk confirms that the text has none', () => {
    const law = parseLaw(text('第二条　甲。', '第三条　乙。', '第七条　丙。'))
    expect(openErrors(law.oddities, []).map(({ message }) => message)).toEqual([
      '缺第一条：正文从第二条开始（第2行）。',
      '缺第四条至第六条：第三条之后是第七条（第4行）。',
    ])
    expect(openErrors(law.oddities, ['number-missing:1-1', 'number-missing:4-6'])).toEqual([])
  })

  it('is refused where there is no article at all, and an empty article only with consent', () => {
    expect(errors('关于某事的说明\n没有条文。').map(({ code }) => code)).toEqual(['no-article'])
    expect(errors('').map(({ code }) => code)).toEqual(['no-article'])
    expect(errors(text('第一条　甲。', '第二条', '第三条　丙。')).map(({ id }) => id)).toEqual(['article-empty:2'])
  })

  it('is put right where articles are only swapped, and says so', () => {
    const law = parseLaw(text('第一条　甲。', '第三条　丙。', '第二条　乙。'))
    expect(law.articles.map((article) => [article.number, textOfArticle(article)])).toEqual([
      [1, '甲。'],
      [2, '乙。'],
      [3, '丙。'],
    ])
    expect(said(law)).toEqual([['notice', 'out-of-order', '第二条', 4]])
  })
})

describe('headings and lists', () => {
  it('are read in Chinese and Arabic numbers, bold or plain, in either width', () => {
    const law = parseLaw(
      [
        '测试规定',
        '# 第１章　总　则',
        '第1条 甲。',
        '**第 二 条** 乙(丙)。',
        '第二章',
        '分  则',
        '第一节 其一',
        '第３条　丁:',
        '(一)戊;',
        '（二）己：',
        '1.庚；',
        '2．辛。',
        '第三条之一　壬。',
      ].join('\n'),
    )
    expect(law.divisions.map(({ kind, label, title }) => [kind, label, title])).toEqual([
      ['chapter', '第1章', '总则'],
      ['chapter', '第二章', '分则'],
      ['section', '第一节', '其一'],
    ])
    expect(law.articles.map(({ key, division }) => [key, division])).toEqual([
      ['1', 0],
      ['2', 0],
      ['3', 2],
      ['3-1', 2],
    ])
    expect(textOfArticle(law.articles[1] as never)).toBe('乙（丙）。')
    expect(law.articles[2]?.paragraphs).toMatchObject([
      {
        text: '丁：',
        items: [
          { mark: '（一）', text: '戊；', subItems: [] },
          {
            mark: '（二）',
            text: '己：',
            subItems: [
              { mark: '1.', text: '庚；' },
              { mark: '2.', text: '辛。' },
            ],
          },
        ],
      },
    ])
    expect(law.oddities.filter(({ code }) => code !== 'half-width')).toEqual([])
  })

  it('are not seen in references at the beginning of a line', () => {
    const law = parseLaw(
      [
        '某办法',
        '第一条　违反本办法',
        '第三条规定的，以及',
        '第二章的要求，责令改正。',
        '第二条　按照',
        '（一）项办理。',
        '第三条　丙。',
      ].join('\n'),
    )
    expect(law.articles.map(textOfArticle)).toEqual([
      '违反本办法第三条规定的，以及第二章的要求，责令改正。',
      '按照\n（一）项办理。',
      '丙。',
    ])
    expect(law.divisions).toEqual([])
  })

  it('are told of when chapters and items do not run on', () => {
    const law = parseLaw(
      [
        '某办法',
        '第一章　甲',
        '第一条　乙：',
        '（一）丙；',
        '（三）丁。',
        '第三章　戊',
        '第二条　己。',
        '第四章　庚',
      ].join('\n'),
    )
    expect(law.oddities.map(({ code }) => code)).toEqual(['item-number', 'heading-number', 'heading-empty'])
  })

  it('leave page numbers, repeated heads, contents and attachments beside the articles', () => {
    const law = parseLaw(
      [
        '某某市会议管理办法',
        '目　录',
        '第一章　总则',
        '第二章　附则',
        '第一章　总则',
        '第一条　会议应当',
        '— 1 —',
        '某某市会议管理办法',
        '从简。',
        '第二章　附则',
        '第二条　自印发之日起施行。',
        '附件：1.申请表',
        '表格内容',
      ].join('\n'),
    )
    expect(law.articles.map(textOfArticle)).toEqual(['会议应当从简。', '自印发之日起施行。'])
    expect(law.leftOut.map(({ text }) => text)).toEqual(['—1—', '某某市会议管理办法'])
    expect(law.contents.map(({ text }) => text)).toEqual(['第一章总则', '第二章附则'])
    expect(law.tail.map(({ text }) => text)).toEqual(['附件：1.申请表', '表格内容'])
    expect(law.oddities.map(({ code }) => code)).toEqual(['page-number', 'repeated-head', 'sentence-torn'])
  })

  it('of a notice are its numbered parts', () => {
    const law = parseLaw(
      [
        '关于进一步厉行节约的通知',
        '各单位：',
        '一、总体要求',
        '厉行节约，反对浪费。',
        '二、主要任务',
        '（一）精简会议。',
        '（二）节约用能。',
      ].join('\n'),
    )
    expect(law.articles.map(({ label, paragraphs }) => [label, paragraphs.length])).toEqual([
      ['一、', 2],
      ['二、', 1],
    ])
    expect(law.oddities).toEqual([])
  })
})

describe('texts of other habits', () => {
  it('that begin paragraphs with two spaces go on where a line does not', () => {
    const law = parseLaw(
      [
        '某某办法',
        '　　第一条　为了节约。并且',
        '规范管理。这里',
        '接着写完。',
        '　　第二款另起。',
        '　　第二条　照此办理。',
      ].join('\n'),
    )
    expect(law.articles.map(textOfArticle)).toEqual([
      '为了节约。并且规范管理。这里接着写完。\n第二款另起。',
      '照此办理。',
    ])
  })

  it('that write no space after the number are read as well', () => {
    const law = parseLaw(
      ['某某办法', '第一条为了规范管理，制定本办法。', '第二条各单位照此办理。', '第三条规定的事项另行通知。'].join(
        '\n',
      ),
    )
    expect(law.articles.map(({ key }) => key)).toEqual(['1', '2'])
  })

  it('of any make are read in a moment, and what is no law of any size is refused', () => {
    const startedAt = performance.now()
    for (const [line, times] of [
      ['第1章 甲\n', 60_000],
      ['第一条　甲。\n', 50_000],
      ['（', 400_000],
      ['（\n', 200_000],
      ['机关，\n', 100_000],
      ['第一条　甲和\n\n', 40_000],
      ['。”', 200_000],
      ['法（', 200_000],
      ['1.\n', 130_000],
      ['and 和', 80_000],
      [', ', 200_000],
    ] as const)
      parseLaw(`某某办法\n第一条　甲：\n${line.repeat(times / 4)}`)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(openErrors(parseLaw('第一条　甲。\n'.repeat(4000)).oddities, []).map(({ code }) => code)).toEqual([
      'too-much',
    ])
  }, 30_000)
})

it('numbers are read and written alike', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), (n) => void expect(readNumeral(inChinese(n))).toBe(n)))
  expect(['三十五', '一百零二', '一百一十', '十', '二〇', '３５', '廿', '百百', ''].map(readNumeral)).toEqual([
    35,
    102,
    110,
    10,
    20,
    35,
    null,
    null,
    null,
  ])
})
