import type { z } from 'zod'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import assets from '#modules/assets/module.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import repairs from '../module.ts'
import { balanceOf as balance, openUpkeepLine } from './upkeep-line.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [assets, repairs],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    head: ['taiyuan-education', 'organ-head'],
    staff: ['taiyuan-education', 'staff'],
    other: ['taiyuan-police', 'asset-keeper'],
    reviewer: ['taiyuan-authority', 'asset-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
    county: ['qingxu-education', 'asset-keeper'],
  },
})
let serial = 0
/** Standards, the demonstration's organs and people; for `beforeAll`. */
export async function openRepairsStage(): Promise<void> {
  serial = 0
  await stage.open()
}
export const closeRepairsStage = stage.close

/** Through the contracts, as a named person, on a day. */
export const repair = stage.calling(contract, actions)
const register = stage.calling(assetContract, assetActions)

/** A copier of the education bureau. */
export async function copier(
  given: Partial<z.input<(typeof assetContract)['registerCard']['input']>> = {},
): Promise<string> {
  const { card } = await register('keeper', 'registerCard', {
    number: `FY-${++serial}`,
    classCode: 'A02020100',
    name: '复印机',
    model: '京瓷 TASKalfa 4012i',
    costFen: 498_000,
    acquiredOn: '2022-05-08',
    bookedOn: '2022-05-12',
    place: '主楼205',
    ...given,
  })
  return card.id
}

export const upkeepLine = (amountFen: number, economicCode?: string, on = today) =>
  openUpkeepLine(stage.inTx, stage.actors['keeper']?.organ, {
    today: on,
    amountFen,
    ...(economicCode === undefined ? {} : { economicCode }),
  })
export const balanceOf = (lineId: string) => balance(stage.inTx, lineId)
