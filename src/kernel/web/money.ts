/** Money on the screen. Amounts are integer 分 everywhere else; text is made and read only here. */

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const plain = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 4 })

/** 分 as yuan with separators, without the unit: `1,234.50`. */
export function yuanText(fen: number): string {
  return yuan.format(fen / 100)
}

/** 分 as 万元 with two decimals, without the unit: `12.35`. */
export function wanText(fen: number): string {
  return yuan.format(fen / 1_000_000)
}

/** A quantity with separators and as many decimals as it has: `12,000`, `36.5`. */
export function quantityText(quantity: number): string {
  return plain.format(quantity)
}

/**
 * Reads a number as people type or paste it: separators, full-width digits, surrounding blanks.
 * @returns null when it is no number
 */
export function readNumber(text: string): number | null {
  const clean = text.normalize('NFKC').replace(/[,\s]/g, '')
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(clean) ? Number(clean) : null
}

/**
 * Reads yuan (`1,234.5`, `¥1,234.50元`, `1.2万`) as 分, digit by digit so that no amount is off by one.
 * @returns null when it is no amount, has more than two decimals of a yuan, or is beyond what a double holds exactly
 */
export function readYuan(text: string): number | null {
  const clean = text.normalize('NFKC').replace(/[,\s¥¥]/g, '')
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(万)?元?$/.exec(clean)
  if (match === null || (match[2] === '' && (match[3] ?? '') === '')) return null
  const places = match[4] === '万' ? 6 : 2
  const decimals = match[3] ?? ''
  if (decimals.slice(places).replace(/0/g, '') !== '') return null
  const fen = Number(`${match[2]}${decimals.slice(0, places).padEnd(places, '0')}`)
  if (fen > Number.MAX_SAFE_INTEGER) return null
  return match[1] === '-' ? -fen : fen
}
