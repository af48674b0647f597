import { formatWanYuan, formatYuan, parseMoney } from '#kernel/pure/money.ts'

/** Money on the screen. Amounts are integer 分 everywhere else; what documents and imports share is in kernel/pure/money.ts. */

const plain = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 4 })

/** 分 as yuan with separators, without the unit: `1,234.50`. */
export function yuanText(fen: number): string {
  return formatYuan(Math.round(fen))
}

/** 分 as 万元 with two decimals, without the unit: `12.35`. */
export function wanText(fen: number): string {
  return formatWanYuan(fen)
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
 * Reads yuan (`1,234.5`, `¥1,234.50元`, `1.2万`) as 分, also below zero. Separators may stand anywhere: whoever deletes a
 * digit of `1,234.00` has `1,24.00` until the field is left, and then sees how it was read.
 * @returns null when it is no amount, has more than two decimals of a yuan, or is beyond what a double holds exactly
 */
export function readYuan(text: string): number | null {
  const read = parseMoney(text.replace(/[,，\s]/g, ''), { signed: true })
  return 'fen' in read ? read.fen : null
}
