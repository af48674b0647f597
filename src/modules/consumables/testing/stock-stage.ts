import { officeStage } from '#modules/people/testing/office-stage.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import consumables from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  running: [consumables],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    staff: ['taiyuan-education', 'staff'],
    driver: ['taiyuan-education', 'driver'],
    head: ['taiyuan-education', 'organ-head'],
    other: ['taiyuan-police', 'asset-keeper'],
    reviewer: ['taiyuan-authority', 'asset-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
  },
})
export const { actors, inActOf, inTx, factsOf, noticesTo, open: openStockStage, close: closeStockStage } = stage

/** Through the contract, as a named person. */
export const call = stage.calling(contract, actions)
