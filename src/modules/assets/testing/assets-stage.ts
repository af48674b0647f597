import type { z } from 'zod'
import type { JobWork } from '#kernel/server/jobs.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import assets from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [assets],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    staff: ['taiyuan-education', 'staff'],
    head: ['taiyuan-education', 'organ-head'],
    collector: ['taiyuan-court', 'asset-keeper'],
    other: ['taiyuan-police', 'asset-keeper'],
    reviewer: ['taiyuan-authority', 'asset-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
    county: ['qingxu-authority', 'asset-reviewer'],
    driver: ['taiyuan-education', 'driver'],
    administrator: ['taiyuan-authority', 'system-administrator'],
  },
})
export const { actors, theDatabase, inActOf, inTx, factsOf, noticesTo, close: closeAssetsStage } = stage

/** A database with standards, the demonstration's organs and people; for `beforeAll`. */
export async function openAssetsStage(filesDirectory: string): Promise<void> {
  serial = 0
  await stage.open(filesDirectory)
}

/** Through the contract, as a named person, on a day. */
export const call = stage.calling(contract, actions)

/** What a job is given when it runs for somebody. */
export const jobWork = (who: string, data: unknown, on = today): JobWork => ({
  runId: 'run',
  data,
  transact: (work) => inActOf(who, work, on),
  progress: async () => {},
})

let serial = 0
/** A desktop of the education bureau, registered by its keeper. */
export const registerDesktop = (
  given: Partial<z.input<(typeof contract)['registerCard']['input']>> = {},
  on = today,
  who = 'keeper',
) =>
  call(
    who,
    'registerCard',
    {
      number: `JY-${++serial}`,
      classCode: 'A02010105',
      name: '台式计算机',
      costFen: 499_800,
      acquiredOn: '2024-03-08',
      bookedOn: '2024-03-12',
      place: '主楼301',
      custodianName: '王丽娟',
      ...given,
    },
    on,
  )
