import type { RequestedItem } from '../model.ts'

/** Names of the central purchasing catalogue (财库〔2019〕69号) for the items that standards of equipment fix. */
const catalogueNames: Readonly<Record<string, string>> = {
  'item.desktop': '台式计算机',
  'item.laptop': '便携式计算机',
  'item.printer-a4-mono': '激光打印机',
  'item.printer-a4-colour': '激光打印机',
  'item.printer-a3-mono': '激光打印机',
  'item.printer-a3-colour': '激光打印机',
  'item.receipt-printer': '针式打印机',
  'item.copier': '复印机',
  'item.multifunction': '多功能一体机',
  'item.scanner': '扫描仪',
  'item.shredder': '碎纸机',
  'item.projector': '投影仪',
  'item.air-conditioner': '空调机',
}
const furniture =
  /^item\.(desk|chair|visitor-chair|meeting-chair|meeting-table|sofa-three|sofa-one|tea-table-large|tea-table-small|bookcase|filing-cabinet|wardrobe|safe-cabinet|tea-cabinet)(-bureau)?$/

/** What the catalogue calls an item of the standards; null where the catalogue has no word for it. */
export function catalogueNameOf(standardCode: string | null): string | null {
  if (standardCode === null) return null
  return catalogueNames[standardCode] ?? (furniture.test(standardCode) ? '家具用具' : null)
}

/** What counts as the same thing within a year: 同一品目或者类别 (条例第二十八条). */
export function sameAs(item: Pick<RequestedItem, 'standardCode' | 'name'>, catalogueItem: string | null): string {
  return catalogueNameOf(item.standardCode) ?? catalogueItem ?? item.standardCode ?? item.name.trim()
}
