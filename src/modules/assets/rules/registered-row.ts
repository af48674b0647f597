import { plainText, readDate, readInteger, readMoney, shownCell, type RawCell } from '#kernel/pure/cell-reading.ts'
import { moneyUnitIn } from '#kernel/pure/money.ts'
import type { CardFacts, Detail } from '../model.ts'
import { classNameOf } from '../model/classes.ts'
import { cardField, cardFieldNames, longestOf, type CardFieldName } from '../model/fields.ts'
import { readNumber, readSaid, type CellsByKey, type ReadColumn } from './import.ts'

/** The card whose number a row of a workbook bears. */
export type RegisteredCard = CardFacts & Readonly<{ accumulatedFen: number }>

/**
 * Columns in which a row says something else than the card of its number does (D4: what was exported and comes back has
 * nothing to change). A cell that says what the card says is never judged anew: the rules of today are for what is new.
 * @param facts the row read as a card, with what follows where a cell is empty; null where something in it is wrong
 */
export function differingColumns(
  cells: CellsByKey,
  columns: readonly ReadColumn[],
  facts: CardFacts | null,
  card: RegisteredCard,
): ReadColumn[] {
  return columns.filter(({ key, unit }) => {
    const cell = cells[key] ?? { kind: 'empty' }
    return !saysTheSame(key, cell, unit, card) && !followsTheSame(key, facts, card)
  })
}

function followsTheSame(key: string, facts: CardFacts | null, card: RegisteredCard): boolean {
  // Left empty, it is what the register has charged.
  if (facts === null || key === 'accumulatedFen') return false
  const [said, is] = key.startsWith('detail.')
    ? [facts.detail[key.slice(7)], card.detail[key.slice(7)]]
    : [facts[key as keyof CardFacts], card[key as keyof CardFacts]]
  return (said ?? '') === (is ?? '')
}

function saysTheSame(key: string, cell: RawCell, unit: string | null, card: RegisteredCard): boolean {
  const shown = plainText(shownCell(cell))
  if (key.startsWith('detail.')) return detailSaysTheSame(cell, shown, card.detail[key.slice(7)])
  if (key === 'classCode') {
    const code = /^A\d+/i.exec(shown)?.[0]?.toUpperCase()
    return code === undefined ? shown === classNameOf(card.classEdition, card.classCode) : code === card.classCode
  }
  if (key === 'classEdition') return shown.includes(card.classEdition)
  if (key === 'accumulatedFen') return shown === '' || amountIn(cell, unit) === card.accumulatedFen
  if (!cardFieldNames.includes(key as CardFieldName)) return true
  const field = cardField(key as CardFieldName)
  const value = card[key as CardFieldName]
  switch (field.kind) {
    case 'money':
      return amountIn(cell, unit) === value
    case 'count':
    case 'months':
      return valueOf(readInteger(cell)) === value
    case 'date':
      return valueOf(readDate(cell)) === value
    case 'choice':
      return shown === (field.labels[String(value)] ?? String(value))
    default:
      return (valueOf(readSaid(cell, longestOf(key as CardFieldName), key === 'note')) ?? '') === value
  }
}

function detailSaysTheSame(cell: RawCell, shown: string, value: Detail[string] | undefined): boolean {
  if (value === undefined || value === null || value === '') return shown === ''
  if (typeof value === 'boolean') return shown === (value ? '是' : '否')
  if (typeof value === 'number') return valueOf(readNumber(cell)) === value
  return valueOf(readSaid(cell, 200, false)) === value || valueOf(readDate(cell)) === value
}

const amountIn = (cell: RawCell, unit: string | null) => valueOf(readMoney(cell, moneyUnitIn(unit ?? '') ?? '元'))
const valueOf = <T>(reading: { value: T | null } | { problem: string }): T | null | undefined =>
  'problem' in reading ? undefined : reading.value
