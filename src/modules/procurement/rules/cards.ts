import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { ProcurementForm } from '#modules/assets/model.ts'
import { law } from '../law.ts'
import type { classLabels } from '../model.ts'

/** What the cards of a purchase say of how it was organised (facts 2.4 采购组织形式); works are tendered by another law. */
export const procurementFormOf: Readonly<Record<keyof typeof classLabels, ProcurementForm | null>> = {
  centralised: '政府集中采购',
  dispersed: '分散采购',
  internal: '非政府采购',
  tendering: null,
}

type Wanted = Readonly<{ serialNumbers: readonly string[]; pieces?: number | undefined; together: boolean }>

/** How many things cards are to be made of now. */
function piecesOf(left: number, { serialNumbers, pieces, together }: Wanted): number {
  return serialNumbers.length > 0 && !together ? serialNumbers.length : (pieces ?? Math.floor(left))
}

/** Whether cards may be made of what was accepted of an item (PRO-R16): never more than that, each serial number once. */
export function mayMakeCards(item: { name: string; classCode: string | null; left: number }, wanted: Wanted): Verdict {
  const { serialNumbers, together } = wanted
  const pieces = piecesOf(item.left, wanted)
  return allOf(
    provided(item.classCode !== null, {
      code: 'no-class',
      message: `“${item.name}”没有对应的资产分类，不在这里建卡。`,
      basis: law.wholeLife,
      remedy: '低值易耗品和服务不建卡；确属固定资产的，在资产卡片中登记。',
    }),
    provided(pieces > 0 && pieces <= item.left, {
      code: 'PRO-R16',
      message: `“${item.name}”已验收未建卡${item.left}，本次${pieces}。`,
      basis: law.wholeLife,
      remedy: item.left > 0 ? `请填写不超过${item.left}件。` : '请先验收。',
    }),
    provided(new Set(serialNumbers).size === serialNumbers.length, {
      code: 'serial-twice',
      message: `序列号有重复：${[...new Set(serialNumbers.filter((serial, at) => serialNumbers.indexOf(serial) !== at))].join('、')}。`,
      remedy: '请核对序列号，每件一个。',
    }),
    provided(!together || serialNumbers.length <= 1, {
      code: 'together-with-serials',
      message: '合为一张卡片时，最多填写一个序列号。',
      remedy: '请分别建卡，或者去掉序列号。',
    }),
    provided(pieces <= 500, { code: 'too-many', message: '一次最多建立500张卡片。', remedy: '请分批建卡。' }),
  )
}

/** The cards to make: one for each piece, or one for all. */
export function cardsFor(left: number, wanted: Wanted): { serialNumber: string; quantity: number }[] {
  const pieces = piecesOf(left, wanted)
  if (wanted.together) return [{ serialNumber: wanted.serialNumbers[0] ?? '', quantity: pieces }]
  return Array.from({ length: pieces }, (_, at) => ({ serialNumber: wanted.serialNumbers[at] ?? '', quantity: 1 }))
}
