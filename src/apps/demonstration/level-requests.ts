import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/warehouse/actions.ts'
import { contract } from '#modules/warehouse/contract.ts'
import { as, needed, somebody, stageOf } from './cast.ts'

const warehouse = { contract, actions }

/**
 * A county that has no warehouse of its own asks the city's: one request waits for the city's answer, one was agreed to and
 * consented to and waits for the county's organ to sign.
 */
export async function askedOfCity(act: Act, county: string, city: string): Promise<string> {
  const [asking, giving] = [await stageOf(act, county), await stageOf(act, city)]
  const ago = (days: number) => addDays(act.today, -days)
  const reviewer = await needed(asking, asking.authority, 'asset-reviewer', 'plan-reviewer')
  const { items } = await as(
    warehouse,
    'levelStock',
    asking,
    { actor: reviewer, at: ago(9) },
    { jurisdictionCode: city, limit: 100 },
  )
  // What no standard limits by headcount: the county's organs are not all over it.
  const wanted = (items as { itemId: string; itemCode: string | null }[]).filter(({ itemCode }) => itemCode === null)
  const receivers = []
  for (const organ of asking.organs)
    if (organ.parts.length === 0 && (await somebody(asking, organ, 'asset-keeper', 'organ-clerk', 'organ-head')))
      receivers.push(organ)
  const [first, second] = wanted
  const [receiver = asking.authority, other = receiver] = receivers
  const ask = (item: { itemId: string }, organ: { id: string }, at: string, reason: string) =>
    as(
      warehouse,
      'askLevel',
      asking,
      { actor: reviewer, at },
      {
        giverJurisdictionCode: city,
        receiverOrganId: organ.id,
        itemIds: [item.itemId],
        purpose: 'shortage',
        reason,
        document: `清机管函〔${at.slice(0, 4)}〕${Number(at.slice(5, 7))}号`,
      },
    )
  if (second !== undefined) {
    const { levelRequest } = await ask(second, other, ago(8), '政务服务大厅叫号显示')
    const levelRequestId: string = levelRequest.id
    const [agreeing, consenting] = [
      await needed(giving, giving.authority, 'asset-reviewer'),
      await needed(giving, giving.finance, 'finance-reviewer'),
    ]
    await as(warehouse, 'agreeLevel', giving, { actor: agreeing, at: ago(6) }, { levelRequestId, version: 1 })
    await as(
      warehouse,
      'consentLevel',
      giving,
      { actor: consenting, at: ago(3) },
      { levelRequestId, version: 2, document: `并财资〔${ago(3).slice(0, 4)}〕126号` },
    )
  }
  if (first !== undefined) await ask(first, receiver, ago(2), '乡镇干部培训，本县无同类设备')
  return `${Math.min(wanted.length, 2)}件跨级调剂商请`
}
