import { addDays } from '#kernel/pure/local-date.ts'
import { actions } from '#modules/repairs/actions.ts'
import { contract } from '#modules/repairs/contract.ts'
import { as } from './cast.ts'
import { ago, type Cast, type Things } from './old-things.ts'

const repairs = { contract, actions }

type Repair = { request: { id: string; version: number }; lines: { id: string; remainingFen: number }[] }

/** One repaired, one under repair, one that the head has to approve, one not worth it, one just reported. */
export async function someRepairs(cast: Cast, given: Things): Promise<number> {
  const { stage, keeper } = cast
  const things = given.get('repair') ?? []
  const faults: readonly [fault: string, offerFen: number | null, replacementFen: number][] = [
    ['触控失灵，红外边框损坏', 260_000, 1_650_000],
    ['内置主机无法启动', 380_000, 1_650_000],
    ['屏幕碎裂，背光不亮', 1_120_000, 1_650_000],
    ['主板烧毁，整机断电', 640_000, 1_650_000],
    ['声音时断时续', null, 1_650_000],
  ]
  let made = 0
  for (const [at, [fault, offerFen, replacementFen]] of faults.entries()) {
    const cardId = things[at]
    if (cardId === undefined) continue
    const day = ago(cast, 12 - at * 2)
    const asked = (await as(repairs, 'requestRepair', stage, { actor: keeper, at: day }, { cardId, fault })) as Repair
    made++
    const line = asked.lines.find(({ remainingFen }) => remainingFen >= (offerFen ?? 0))
    if (offerFen === null || line === undefined) continue
    const on = addDays(day, 1)
    const quoted = (await as(
      repairs,
      'quoteRepair',
      stage,
      { actor: keeper, at: on },
      {
        requestId: asked.request.id,
        version: asked.request.version,
        repairer: '太原市迎泽区晋通办公设备维修部',
        offerFen,
        replacementFen,
        ledgerLineId: line.id,
      },
    )) as Repair
    if (at !== 0) continue
    const finished = (await as(
      repairs,
      'finishRepair',
      stage,
      { actor: keeper, at: addDays(day, 4) },
      {
        requestId: quoted.request.id,
        version: quoted.request.version,
        repaired: true,
        finishedOn: addDays(day, 4),
        actualFen: offerFen,
        voucherNumber: `记${addDays(day, 4).slice(5, 7)}-48`,
      },
    )) as Repair
    await as(
      repairs,
      'payRepair',
      stage,
      { actor: keeper, at: addDays(day, 6) },
      {
        requestId: finished.request.id,
        version: finished.request.version,
        invoiceNumber: '26142000000048120337',
        paidOn: addDays(day, 6),
      },
    )
  }
  return made
}
