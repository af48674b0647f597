import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import assets from '#modules/assets/module.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import { actions as repairActions } from '#modules/repairs/actions.ts'
import { contract as repairContract } from '#modules/repairs/contract.ts'
import repairs from '#modules/repairs/module.ts'
import { openUpkeepLine } from '#modules/repairs/testing/upkeep-line.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import disposal from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [assets, repairs, disposal],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    head: ['taiyuan-education', 'organ-head'],
    staff: ['taiyuan-education', 'staff'],
    other: ['taiyuan-police', 'asset-keeper'],
    reviewer: ['taiyuan-authority', 'asset-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
    county: ['qingxu-education', 'asset-keeper'],
    countyReviewer: ['qingxu-authority', 'asset-reviewer'],
  },
})
export const { actors, inActOf, factsOf } = stage
let filesDirectory: string

/** A database with standards, the demonstration's organs and people; for `beforeAll`. */
export async function openDisposalStage(): Promise<void> {
  serial = 0
  documents = 0
  filesDirectory = await mkdtemp(join(tmpdir(), 'yunbao-disposal-'))
  await stage.open(filesDirectory)
}
export async function closeDisposalStage(): Promise<void> {
  await stage.close()
  await rm(filesDirectory, { recursive: true, force: true })
}

/** Through the contracts, as a named person, on a day. */
export const call = stage.calling(contract, actions)
export const repair = stage.calling(repairContract, repairActions)
export const register = stage.calling(assetContract, assetActions)

/** A plan line of the education bureau that its repairs are paid from. */
export const upkeepLine = (amountFen: number) =>
  openUpkeepLine(stage.inTx, actors['keeper']?.organ, { today, amountFen })

let serial = 0
/** A copier of the education bureau, old unless told otherwise. */
export async function copier(
  given: Partial<z.input<(typeof assetContract)['registerCard']['input']>> = {},
  who = 'keeper',
): Promise<string> {
  const { card } = await register(who, 'registerCard', {
    number: `FY-${++serial}`,
    classCode: 'A02020100',
    name: '复印机',
    model: '京瓷 TASKalfa 4012i',
    costFen: 498_000,
    acquiredOn: '2018-05-08',
    bookedOn: '2018-05-12',
    place: '主楼205',
    ...given,
  })
  return card.id
}

export const paper = (kind: string, number = '太教党组纪要〔2026〕11号') => ({
  kind: kind as 'decision',
  number,
  issuer: '太原市教育局',
  issuedOn: '2026-09-02',
})

type Draft = z.input<(typeof contract)['draftApplication']['input']>
/** A draft of the keeper for these cards: scrapped, with the paper a plain scrapping needs. */
export const draft = (cardIds: readonly string[], given: Partial<Draft> = {}, who = 'keeper', on = today) =>
  call(
    who,
    'draftApplication',
    {
      form: 'D5',
      reason: '已超过使用年限，无法修复',
      items: cardIds.map((cardId) => ({ cardId, condition: 'broken' as const })),
      papers: [paper('decision')],
      ...given,
    },
    on,
  )

type View = z.output<(typeof contract)['viewApplication']['output']>
export const stepOf = ({ application }: View) => ({ applicationId: application.id, version: application.version })

/** Drafted, submitted and reviewed. */
export async function reviewed(cardIds: readonly string[], given: Partial<Draft> = {}, on = today): Promise<View> {
  const submitted = await call('keeper', 'submitApplication', stepOf(await draft(cardIds, given, 'keeper', on)), on)
  return call('reviewer', 'reviewApplication', { ...stepOf(submitted), decision: 'agree' }, on)
}

let documents = 0
/** … and consented to by finance, by list where it is small. */
export async function approved(cardIds: readonly string[], given: Partial<Draft> = {}, on = today): Promise<View> {
  const view = await reviewed(cardIds, given, on)
  const paperOfFinance = { document: `并财资〔2026〕${++documents}号`, consentedOn: on }
  if (view.application.tier === 'T1') {
    await call('finance', 'consentByList', { applications: [stepOf(view)], ...paperOfFinance }, on)
    return call('keeper', 'viewApplication', { applicationId: view.application.id }, on)
  }
  return call('finance', 'consentApplication', { ...stepOf(view), agreed: true, ...paperOfFinance }, on)
}

export const cardOf = async (cardId: string, who = 'keeper') => register(who, 'viewCard', { cardId })
/** What the people of an organ were told of a page. */
export const toldOf = (who: string, link: string) =>
  inActOf(null, async ({ tx }) =>
    (
      await sql<{ text: string }>`select text from kernel.notification
        where organ_id = ${actors[who]?.organ?.id ?? null} and link = ${link} order by id`.execute(tx)
    ).rows.map(({ text }) => text),
  )
