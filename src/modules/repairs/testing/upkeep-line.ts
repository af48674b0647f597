import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { Tx } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { ledgerLine, openLines } from '#modules/ledger/offers.ts'
import { directory } from '#modules/people/offers.ts'

type InTx = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** A plan line of an organ for the upkeep of its things, with that much money, 分; its id. */
export async function openUpkeepLine(
  inTx: InTx,
  organ: ActingOrgan | null | undefined,
  { today, amountFen, economicCode = '30213' }: { today: string; amountFen: number; economicCode?: string },
): Promise<string> {
  if (!organ) throw new Error('nobody keeps')
  const id = newId()
  const line = {
    id,
    jurisdictionCode: organ.jurisdictionCode,
    year: Number(today.slice(0, 4)),
    number: `JH-${id.slice(-6)}`,
    planId: newId(),
    holderOrganId: organ.id,
    servedOrganId: organ.id,
    needKind: 'N01' as const,
    itemName: '办公设备维修费',
    economicCode,
    unit: '项',
    centralised: false,
    amountFen,
    quantity: 1,
  }
  await inTx((tx) => openLines(testAct({ tx, today, directory }), [line], today))
  return id
}

/** Balances of a plan line, 分. */
export const balanceOf = (inTx: InTx, lineId: string) =>
  inTx(async (tx) => {
    const line = await ledgerLine(tx, lineId)
    return { committed: line?.committedFen, executed: line?.executedFen }
  })
