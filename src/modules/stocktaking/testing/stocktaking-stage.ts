import type { z } from 'zod'
import { newId } from '#kernel/server/identifier.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import stocktaking from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [stocktaking],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    clerk: ['taiyuan-education', 'organ-clerk'],
    staff: ['taiyuan-education', 'staff'],
    driver: ['taiyuan-education', 'driver'],
    head: ['taiyuan-education', 'organ-head'],
    other: ['taiyuan-police', 'asset-keeper'],
    reviewer: ['taiyuan-authority', 'asset-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
  },
})
export const { actors, theDatabase, inActOf, inTx, close: closeStocktakingStage } = stage

/** A database with standards, the demonstration's organs and people; for `beforeAll`. */
export async function openStocktakingStage(filesDirectory: string): Promise<void> {
  serial = 0
  await stage.open(filesDirectory)
}

/** Through the contracts, as a named person, on a day. */
export const call = stage.calling(contract, actions)
export const callAssets = stage.calling(assetContract, assetActions)

let serial = 0
/** Desktops of the education bureau, registered by its keeper. @returns ids in order */
export async function registerDesktops(
  many: number,
  given: Record<string, unknown> = {},
  on = today,
  who = 'keeper',
): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < many; at++) {
    const { card } = await callAssets(
      who,
      'registerCard',
      {
        number: `JY-${String(++serial).padStart(4, '0')}`,
        classCode: 'A02010105',
        name: '台式计算机',
        costFen: 499_800,
        acquiredOn: '2024-03-08',
        bookedOn: '2024-03-12',
        place: '主楼301',
        custodianName: '王丽娟',
        ...given,
      } as never,
      on,
    )
    ids.push(card.id)
  }
  return ids
}

/** Opens a count of the education bureau with its keeper and staff on the team. */
export const openCount = (given: Record<string, unknown> = {}, on = today) =>
  call(
    'keeper',
    'openCount',
    {
      title: '年度资产盘点',
      baseOn: on,
      scope: {},
      team: ['keeper', 'staff'].map((name) => actors[name]?.personId as string),
      ...given,
    } as never,
    on,
  )

type GivenMark = z.input<(typeof contract)['recordMarks']['input']>['marks'][number]

/** A mark as a phone makes it. */
export const mark = (
  cardId: string | undefined,
  result: GivenMark['result'],
  given: Partial<GivenMark> = {},
): GivenMark => ({
  id: newId(),
  ...(cardId === undefined ? {} : { cardId }),
  result,
  countedAt: '2026-11-23T01:00:00.000Z',
  ...given,
})

export const send = (who: string, countId: string, marks: GivenMark[]) =>
  call(who, 'recordMarks', { countId, marks }).then(({ answers }) => answers)
