import type { ActingOrgan } from '#kernel/pure/actor.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, Missing, permit } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { law } from '../law.ts'
import { can, listScope, maySeeStock } from '../policy.ts'
import { itemById, lockItems, type ItemFilter, type ItemRow } from '../store/stock.ts'

export function ownOrgan({ actor }: Pick<Act, 'actor'>): ActingOrgan {
  return officeOrgan(actor, '低值易耗品')
}

export const subjectOf = (organ: ActingOrgan) => ({ organId: organ.id, jurisdictionCode: organ.jurisdictionCode })

/** The item, unless the actor may not know of it. */
export async function seenItem({ tx, actor }: Act, id: string): Promise<ItemRow> {
  const item = found(await itemById(tx, id), '物品')
  if (!maySeeStock(actor, item)) throw new Missing('物品')
  return item
}

/** One's own item, locked. @throws Conflict when the version is another */
export async function keptItem(act: Act, id: string, version: number): Promise<ItemRow> {
  const [item] = await lockItems(act.tx, [id])
  if (!item || !maySeeStock(act.actor, item)) throw new Missing('物品')
  permit(can.keep(act.actor, item))
  if (item.version !== version) throw new Conflict('物品')
  return item
}

/** Whose stock: the level's for who reads it, one organ of it when asked, else the own organ's. */
export function filterOf(
  act: Pick<Act, 'actor'>,
  { text, low, organId }: { text?: string | undefined; low?: 'yes' | undefined; organId?: string | undefined },
): ItemFilter {
  ownOrgan(act)
  const scope = found(listScope(act.actor), '低值易耗品')
  if (organId !== undefined && scope.organId !== null && organId !== scope.organId)
    throw new BadInput([{ pointer: '/organId', message: '只能查看本机关的库存。' }])
  return {
    jurisdictionCode: scope.jurisdictionCode,
    organId: organId ?? scope.organId,
    text: text?.trim() === '' ? undefined : text?.trim(),
    low: low === 'yes',
  }
}

/** A44-1: the refusal repeats nothing of what it found. */
export const checkSecrecy = (...texts: readonly string[]): Verdict =>
  provided(secrecyMarkIn(texts.join('\n')) === null, {
    code: 'A44-1',
    message: '所填内容带有密级标志。本系统为非涉密系统，不得填写。',
    basis: law.secrecy,
    remedy: '请删除相关内容。',
  })

const wrongPlace = () => new BadInput([{ pointer: '/after', message: '翻页位置无法识别。请从第一页重新开始。' }])

/** Where a list by id goes on. @throws BadInput for what is no id */
export function idCursor(after: string | undefined): string | undefined {
  if (after !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after)) throw wrongPlace()
  return after
}

/** Where a ledger goes on. @throws BadInput for what is no number of a movement */
export function numberCursor(after: string | undefined): number | null {
  if (after === undefined) return null
  if (!/^\d{1,15}$/.test(after)) throw wrongPlace()
  return Number(after)
}
