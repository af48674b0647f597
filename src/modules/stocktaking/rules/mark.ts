import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { Found, Item, Result, SurplusThing } from '../model.ts'

export type Said = Readonly<{ result: Result; found: Found; thing: SurplusThing | null; remark: string }>

/**
 * The moment of a mark, within the count: a phone whose clock runs ahead must not outweigh what is counted later, nor one
 * that is years behind be lost.
 */
export function countedWithin(said: Date, openedOn: string, now: Date): Date {
  const earliest = new Date(`${openedOn}T00:00:00+08:00`)
  return said > now ? now : said < earliest ? earliest : said
}

/** Only what differs from the book is a difference; a field that says the same is left out. */
export function differingFound(found: Found, item: Pick<Item, 'number'> & Partial<Record<keyof Found, string>>): Found {
  return Object.fromEntries(
    Object.entries(found).filter(([key, value]) =>
      key === 'keptNumber' ? value !== '' : value !== undefined && value !== (item[key as keyof Found] ?? ''),
    ),
  )
}

/** Whether what was said can be taken: complete, about the right kind of thing, and without marks of secrecy (A44-1). */
export function mayMark({ result, found, thing, remark }: Said, item: Pick<Item, 'number'> | null): Verdict {
  const words = [remark, ...Object.values(found), ...Object.values(thing ?? {}).map(String)]
  return allOf(
    provided((result === 'surplus') === (item === null) && (result === 'surplus') === (thing !== null), {
      code: 'mark-kind',
      message: '盘盈登记的是账外实物；账面上的资产请选择其他盘点结果。',
    }),
    provided(result !== 'mismatch' || Object.keys(found).length > 0, {
      code: 'nothing-differs',
      message: '信息不符的，应写明哪一项与账面不同。',
      remedy: '请填写实际情况；与账面相同的，请选择“一致”。',
    }),
    provided(result !== 'duplicate' || (found.keptNumber ?? '') !== '', {
      code: 'kept-card',
      message: '重复卡应写明保留的卡片编号。',
      remedy: '请填写同一实物另一张卡片的编号。',
    }),
    provided(result !== 'duplicate' || found.keptNumber !== item?.number, {
      code: 'kept-itself',
      message: '保留的卡片不能是这张卡片自己。',
    }),
    provided(
      words.every((word) => secrecyMarkIn(word ?? '') === null),
      {
        code: 'A44-1',
        message: '填写的内容带有密级标志。本系统为非涉密系统，涉密资产通过保密渠道盘点。',
        basis: law.secrecy,
        remedy: '请删除相关内容。',
      },
    ),
  )
}
