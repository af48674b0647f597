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
