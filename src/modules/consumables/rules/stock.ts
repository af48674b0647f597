import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'

/** Pieces in stock and what they are worth together, in 分. */
export type Stock = Readonly<{ quantity: number; valueFen: number }>

/**
 * The part of a value that some of the pieces take: by average cost, to the nearest 分; the last pieces take all that is left,
 * so that what went out adds up to what came in.
 */
export function shareOf({ quantity, valueFen }: Stock, pieces: number): number {
  if (pieces >= quantity) return valueFen
  // Both stay below 2^53 only apart: pieces up to a million, values up to ten billion yuan.
  return Number((BigInt(valueFen) * BigInt(pieces) * 2n + BigInt(quantity)) / (BigInt(quantity) * 2n))
}

/** Stock after pieces came in (above 0) or went out (below 0) with their value. */
export function after(stock: Stock, moved: Stock): Stock {
  return { quantity: stock.quantity + moved.quantity, valueFen: stock.valueFen + moved.valueFen }
}

/** What goes out of the stock when pieces are issued. */
export function issued(stock: Stock, pieces: number): Stock {
  return { quantity: -pieces, valueFen: -shareOf(stock, pieces) }
}

/**
 * What a count makes of the stock: pieces that are not there go at average cost, pieces that are there too come in at it.
 * @param unitFen of a piece, where nothing is in stock to take an average from
 */
export function counted(stock: Stock, pieces: number, unitFen: number): Stock {
  const quantity = pieces - stock.quantity
  if (quantity <= 0) return issued(stock, -quantity)
  if (stock.quantity === 0) return { quantity, valueFen: quantity * unitFen }
  const valueFen = Number(
    (BigInt(stock.valueFen) * BigInt(quantity) * 2n + BigInt(stock.quantity)) / (BigInt(stock.quantity) * 2n),
  )
  return { quantity, valueFen }
}

/** What comes back of an issue: at what it went out for, the last pieces with the rest. */
export function takenBack(
  line: { quantity: number; amountFen: number; returned: number; returnedFen: number },
  pieces: number,
): Stock {
  const open = { quantity: line.quantity - line.returned, valueFen: line.amountFen - line.returnedFen }
  return { quantity: pieces, valueFen: shareOf(open, pieces) }
}

/** Whether so many pieces may go out: the item is in use and they are there (A12-4). */
export function mayIssue(
  item: { name: string; spec: string; unit: string; quantity: number; stopped: boolean },
  pieces: number,
): Verdict {
  const named = `${item.name}${item.spec ? `（${item.spec}）` : ''}`
  return allOf(
    provided(!item.stopped, {
      code: 'item-stopped',
      message: `“${named}”已停用，不能领用。`,
      remedy: '请选择其他物品，或先恢复使用。',
    }),
    provided(pieces <= item.quantity, {
      code: 'not-enough',
      message: `“${named}”库存${item.quantity}${item.unit}，不够领用${pieces}${item.unit}。`,
      basis: law.dailyCare,
      facts: { 库存: item.quantity, 领用: pieces },
      remedy: '请减少领用数量，或先办理入库。',
    }),
  )
}

/** Whether the keepers are to be told: the stock has just fallen below its minimum. */
export function fellBelow(minimum: number, before: number, now: number): boolean {
  return minimum > 0 && before >= minimum && now < minimum
}

/** Whether so many pieces of a line may come back: no more than are still out. */
export function mayTakeBack(
  line: { name: string; unit: string; quantity: number; returned: number },
  pieces: number,
): Verdict {
  const out = line.quantity - line.returned
  return provided(pieces <= out, {
    code: 'more-than-out',
    message: `“${line.name}”尚有${out}${line.unit}未退，不能退回${pieces}${line.unit}。`,
    facts: { 未退: out, 退回: pieces },
    remedy: '请核对退回数量。',
  })
}
