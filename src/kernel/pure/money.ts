/** Money in words of documents and findings. Amounts are integer 分; the unit is not part of the text unless said. */

/** 分 as yuan with separators, without the unit: `1,234.50`. */
export function formatYuan(fen: number): string {
  return hundredths(fen)
}

/** 分 as 万元 with two decimals, half up, without the unit: `12.35`. */
export function formatWanYuan(fen: number): string {
  return hundredths(Math.sign(fen) * Math.round(Math.abs(fen) / 10_000))
}

function hundredths(units: number): string {
  const digits = String(Math.abs(units)).padStart(3, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

const numerals = '零壹贰叁肆伍陆柒捌玖'
const places = ['', '拾', '佰', '仟'] as const
const sections = ['', '万', '亿', '万'] as const

/**
 * 分 in capital numerals 大写金额, as documents of payment have it: `壹万贰仟元整`, `壹佰零伍元零叁分`.
 * @param fen 0 or more
 */
export function capitalAmount(fen: number): string {
  const yuan = Math.floor(fen / 100)
  const [jiao, cent] = [Math.floor(fen / 10) % 10, fen % 10]
  const whole = yuan === 0 ? '' : `${capitalInteger(yuan)}元`
  if (jiao === 0 && cent === 0) return whole === '' ? '零元整' : `${whole}整`
  const tenths = jiao === 0 ? (whole === '' ? '' : '零') : `${numerals[jiao]}角`
  return `${whole}${tenths}${cent === 0 ? '整' : `${numerals[cent]}分`}`
}

/** Four digits at a time; zeros between digits are said once, zeros at the end of a section not at all. */
function capitalInteger(number: number): string {
  const groups: number[] = []
  for (let rest = number; rest > 0; rest = Math.floor(rest / 10_000)) groups.unshift(rest % 10_000)
  let text = ''
  let zero = false
  groups.forEach((group, index) => {
    const digits = String(group).padStart(4, '0')
    for (const [position, digit] of [...digits].entries()) {
      if (digit === '0') zero = text !== ''
      else {
        text += `${zero ? '零' : ''}${numerals[Number(digit)]}${places[3 - position]}`
        zero = false
      }
    }
    const section = groups.length - 1 - index
    // The 万 above the 亿 needs the 亿 after it even where its own four digits are empty.
    if (group > 0 || (section === 2 && groups.length > 3)) text += sections[section]
  })
  return text
}

/** Units that columns and cells of money are in, with the digits a number in them stands before its 分. */
const moneyUnitDigits = { 元: 2, 百元: 4, 千元: 5, 万元: 6, 百万元: 8, 亿元: 10 } as const
export type MoneyUnit = keyof typeof moneyUnitDigits
const writtenUnits: Readonly<Record<string, MoneyUnit>> = { 块: '元', 圆: '元', 万: '万元', 亿: '亿元' }

/** The unit named in a title or a line over a table (`金额(万元)`, `单位:元/台`); null when there is none. */
export function moneyUnitIn(text: string): MoneyUnit | null {
  return (/(?:百万|[百千万亿])?元/.exec(text)?.[0] ?? null) as MoneyUnit | null
}

/**
 * Reads an amount as people write it (`1,234.5`, `¥1,234.50元`, `3万元`, full-width digits), digit by digit, so that
 * nothing is off by one. What could be two amounts (`1,20.00`, `约40`, `3-5万`) is a problem, in Chinese.
 * @param options.unit of a bare number; a unit that is written wins
 * @param options.signed also amounts below zero
 */
export function parseMoney(
  text: string,
  { unit = '元', signed = false }: { unit?: MoneyUnit; signed?: boolean } = {},
): { fen: number } | { problem: string } {
  const clean = text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]+/g, ' ')
    .trim()
  const problem = (why: string) => ({ problem: `${why}，现为“${text.trim()}”。` })
  if (clean === '') return { problem: '未填写金额。' }
  if (/约|左右|上下|以内|以上|不超过|[多余几]|\d ?[-~—至到] ?\d/.test(clean)) return problem('金额应为一个确定的数')
  const match = /^(?:人民币|RMB)? ?([-+]?) ?¥? ?([-+]?)([\d,]*)(?:\.(\d*))? ?(\p{Script=Han}*?)[整正]?$/u.exec(clean)
  const [, outer = '', inner = '', whole = '', decimals = '', written = ''] = match ?? []
  if (!match || (whole === '' && decimals === '') || (outer !== '' && inner !== '')) return problem('应为金额（数字）')
  if (whole.includes(',') && !/^\d{1,3}(,\d{3})+$/.test(whole)) return problem('逗号的位置不对，看不出是多少')
  const named = written === '' ? unit : (writtenUnits[written] ?? written)
  if (!(named in moneyUnitDigits)) return problem(`看不懂金额单位“${written}”，可用元、千元、万元、亿元`)
  const places = moneyUnitDigits[named as MoneyUnit]
  if (/[1-9]/.test(decimals.slice(places))) return problem('金额最多精确到分')
  const fen = Number(`${whole.replaceAll(',', '')}${decimals.slice(0, places).padEnd(places, '0')}`)
  if (fen > Number.MAX_SAFE_INTEGER) return problem('金额过大')
  if (`${outer}${inner}` !== '-' || fen === 0) return { fen }
  return signed ? { fen: -fen } : problem('金额不能为负')
}

/** What a quantity of at most two decimals costs at a price, 分; half a 分 is rounded up, as the database does. */
export function costOf(quantity: number, priceFen: number): number {
  return Math.round((Math.round(quantity * 100) * priceFen) / 100)
}
