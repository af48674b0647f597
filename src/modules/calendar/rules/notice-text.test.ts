import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { datesFrom } from '#kernel/pure/local-date.ts'
import { readNotice } from './notice-text.ts'

const text2026 = `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`

describe('the wording of a notice', () => {
  it('of 2026 gives the notice as it is built in', () =>
    expect(readNotice(text2026, 2026)).toEqual({
      problems: [],
      holidays: (builtInNotices.at(-1)?.holidays ?? []).map(({ makeUp = [], ...rest }) => ({ ...rest, makeUp })),
    }))

  it.each([
    [
      'from the year before',
      '一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。',
      2023,
      { name: '元旦', from: '2022-12-31', to: '2023-01-02', makeUp: [] },
    ],
    [
      'with the second year left out',
      '一、元旦：2022年12月31日至1月2日放假调休，共3天。',
      2023,
      { name: '元旦', from: '2022-12-31', to: '2023-01-02', makeUp: [] },
    ],
    [
      'of one day, with advice beside it',
      '二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位安排职工在除夕（2月9日）休息。',
      2024,
      { name: '春节', from: '2024-02-10', to: '2024-02-17', makeUp: ['2024-02-04', '2024-02-18'] },
    ],
    [
      'of a single day',
      '一、元旦：1月1日放假，与周末连休。',
      2024,
      { name: '元旦', from: '2024-01-01', to: '2024-01-01', makeUp: [] },
    ],
    [
      'typed with half-width punctuation',
      '一、元旦:1月1日(周五)至3日(周日)放假,共3天。',
      2027,
      { name: '元旦', from: '2027-01-01', to: '2027-01-03', makeUp: [] },
    ],
    [
      'of two holidays',
      '六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。',
      2023,
      { name: '中秋节、国庆节', from: '2023-09-29', to: '2023-10-06', makeUp: ['2023-10-07', '2023-10-08'] },
    ],
  ])('%s', (_, text, year, holiday) => expect(readNotice(text, year)).toEqual({ holidays: [holiday], problems: [] }))

  it('a number of days that does not fit the dates is told', () =>
    expect(readNotice('一、元旦:1月1日至3日放假,共4天。', 2027).problems).toEqual([
      '“元旦”写明共4天，而1月1日至1月3日为3天，请核对。',
    ]))

  it('what cannot be read is told, never skipped', () => {
    expect(readNotice('一、元旦:放假三天。', 2027).problems[0]).toContain('“元旦”的放假日期没有读出来')
    expect(readNotice('关于做好值班工作的通知', 2027).problems[0]).toContain('没有读到放假安排')
  })
})

describe('a table', () => {
  it.each(builtInNotices)('gives back the notice of $year', ({ year, holidays }) => {
    const rows = holidays.flatMap(({ name, from, to, makeUp = [] }) => [
      ...datesFrom(from, to).map((date) => `${date},放假,${name}`),
      ...makeUp.map((date) => `${date},上班,${name}`),
    ])
    expect(readNotice(`\uFEFF日期,类型,名称\r\n${rows.join('\r\n')}\r\n`, year)).toEqual({
      problems: [],
      holidays: holidays.map(({ makeUp = [], ...rest }) => ({ ...rest, makeUp })),
    })
  })

  it('takes dates as spreadsheets write them', () =>
    expect(readNotice('日期\t类型\t名称\n2027/1/1\t放假\t元旦', 2027).holidays).toEqual([
      { name: '元旦', from: '2027-01-01', to: '2027-01-01', makeUp: [] },
    ]))

  it('names the line and what is wrong', () =>
    expect(
      readNotice(
        '日期，类型，名称\n2027-02-30,放假，春节\n2027-01-01,休，元旦\n2027-01-03,上班，元旦\n2027-01-04,放假,',
        2027,
      ).problems,
    ).toEqual([
      '第 2 行“日期”应为 2027-01-01 这样的有效日期，现为“2027-02-30”。',
      '第 3 行“类型”应为“放假”或“上班”，现为“休”。',
      '第 5 行“名称”没有填写，应为节日名称，如“春节”。',
      '第 4 行上班日的“名称”为“元旦”，而表中没有这个节日的放假日期。',
    ]))
})

it('no text makes the reader fail', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'一、元旦：:1月2日至31放假，,共天。（）()上班\n日期类型名称20-/') }),
      (text) => {
        const { holidays, problems } = readNotice(text, 2027)
        expect(holidays.length + problems.length).toBeGreaterThan(text.trim().startsWith('日期') ? -1 : 0)
      },
    ),
  ))
