import type { Finding } from '#kernel/pure/verdict.ts'
import type { Rank } from '#modules/organs/model.ts'
import { checkMaterial, checkPrinters, type Printers, type Unit } from './equipment.ts'
import { judged } from './finding.ts'
import { figureFor, rowFor, type StandardTable } from './in-force.ts'
import { furnitureColumn } from './ranks.ts'

/** Printers by item: they share one limit, and no item of them is judged alone. */
const printerOf: Readonly<Record<string, keyof Printers>> = {
  'item.printer-a4-mono': 'a4Mono',
  'item.printer-a4-colour': 'a4Colour',
  'item.printer-a3-mono': 'a3Mono',
  'item.printer-a3-colour': 'a3Colour',
}
export const printerCodes: readonly string[] = Object.keys(printerOf)
export const isPrinter = (code: string): boolean => code in printerOf

/**
 * EQ-01, EQ-06, EQ-07: the printers a unit would have, together; A3 and colour are judged where they are asked for.
 * @param asked items asked for @param after how many of an item the unit would have
 * @param consent number of the consent of the head of asset management to colour printers; blank for none
 */
export function checkPrinterMix(
  table: StandardTable,
  unit: Unit,
  asked: readonly string[],
  after: (code: string) => number,
  consent: string,
): Finding[] {
  const kinds = new Set(asked.map((code) => printerOf[code]))
  if (!asked.some(isPrinter)) return []
  const printers: Printers = {
    a4Mono: after('item.printer-a4-mono'),
    a4Colour: after('item.printer-a4-colour'),
    a3Mono: after('item.printer-a3-mono'),
    a3Colour: after('item.printer-a3-colour'),
  }
  const concerns: Readonly<Record<string, boolean>> = {
    'EQ-01': true,
    'EQ-06': kinds.has('a4Colour') || kinds.has('a3Colour'),
    'EQ-07': kinds.has('a3Mono') || kinds.has('a3Colour'),
  }
  return checkPrinters(table, unit, printers, consent).filter(({ rule }) => concerns[rule])
}

/** Furniture at the price of 厅局级, which has rows of its own. */
export const isBureauFurniture = (code: string): boolean => code.endsWith('-bureau')

/** How many of a unit's people furniture of 厅局级 is for, those of higher rank not among them. */
export function bureauStaff(
  table: StandardTable,
  headcount: readonly Readonly<{ rank: Rank; inPost: number }>[],
): number {
  return headcount.reduce((sum, { rank, inPost }) => sum + (furnitureColumn(table, rank) === 'bureau' ? inPost : 0), 0)
}

/** Pieces each person of 厅局级 has; rooms are furnished with the rest. */
const perPerson: Readonly<Record<string, number>> = { 'item.bookcase-bureau': 2 }

/** EQ-10: no more furniture of 厅局级 than there are people of that rank; the others have the other row. */
export function checkBureauFurniture(
  table: StandardTable,
  code: string,
  people: number,
  { inUse, wanted }: Readonly<{ inUse: number; wanted: number }>,
): Finding[] {
  if (!isBureauFurniture(code)) return []
  const row = figureFor(table, code, 'item')
  const plain = rowFor(table, code.replace(/-bureau$/, ''))
  const pieces = perPerson[code] ?? 1
  const most = people * pieces
  return [
    judged({
      rule: 'EQ-10',
      norm: 'A22-1',
      rows: [row],
      ok: inUse + wanted <= most,
      field: 'quantity',
      said: `${row.title}限厅局级人员使用：在编在岗${people}人，最多${most}${row.value.unit}，已有${inUse}${row.value.unit}，申请${wanted}${row.value.unit}。`,
      remedy: `其他人员请改选“${plain?.title ?? '处级及以下'}”。`,
      facts: { 厅局级人数: people, 已有: inUse, 申请: wanted },
      steps: [{ label: '数量上限', expression: `${people}人 × ${pieces}`, result: String(most) }],
    }),
  ]
}

/** A colour or a pattern is no wood. */
const preciousWoods = /(红木|紫檀|檀香木|黄花梨|花梨木|酸枝|鸡翅木|金丝楠|楠木|乌木|铁力木|名贵木)(?!色|纹|漆|贴)/u
const luxuries = /豪华|奢华|顶配|奢侈/u
/** 仿红木、不得使用名贵木材: said to be none. */
const denied = /(仿|非|不|禁|勿|无)[\p{Script=Han}、，]{0,8}$/u

/** EQ-11: what a description says things are made of; null where it names neither precious wood nor luxury. */
export function checkDescription(table: StandardTable, text: string): Finding | null {
  const [preciousWood, luxury] = [says(text, preciousWoods), says(text, luxuries)]
  return preciousWood || luxury ? checkMaterial(table, { preciousWood, luxury }) : null
}

function says(text: string, words: RegExp): boolean {
  const found = words.exec(text)
  return found !== null && !denied.test(text.slice(0, found.index).slice(-10))
}
