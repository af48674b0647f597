import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { Contract, Operation } from '#kernel/pure/contract.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import assets from '#modules/assets/module.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import { actions as repairActions } from '#modules/repairs/actions.ts'
import { contract as repairContract } from '#modules/repairs/contract.ts'
import repairs from '#modules/repairs/module.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import disposal from '../module.ts'

export const today = '2026-11-23'
let database: FreshDatabase
let files: FileStore
let filesDirectory: string
export const actors: Record<string, Actor> = {}

/** A database with standards, the demonstration's organs and people, and some of them as actors; for `beforeAll`. */
export async function openDisposalStage(): Promise<void> {
  database = await freshDatabase()
  serial = 0 // files that share a process each begin anew
  documents = 0
  filesDirectory = await mkdtemp(join(tmpdir(), 'yunbao-disposal-'))
  files = await openFileStore(filesDirectory)
  await transaction(database.db, async (tx) => {
    for (const { reference, seed } of [organs, people, standards]) {
      await reference?.(testAct({ tx, today, directory }), () => {})
      await seed?.(testAct({ tx, today, directory }), () => {})
    }
    const hire = async (name: string, organKey: string, roles: readonly Role[], at = 0) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      const person = (await peopleWithRoles(tx, { organId: organ.id, roles }, today))[at]
      actors[name] = testActor(organ, roles, person ? { id: person.id, name: person.name } : { name })
    }
    await hire('keeper', 'taiyuan-education', ['asset-keeper'])
    await hire('head', 'taiyuan-education', ['organ-head'])
    await hire('staff', 'taiyuan-education', ['staff'])
    await hire('other', 'taiyuan-police', ['asset-keeper'])
    await hire('reviewer', 'taiyuan-authority', ['asset-reviewer'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('province', 'province-authority', ['asset-reviewer'])
    await hire('county', 'qingxu-education', ['asset-keeper'])
    await hire('countyReviewer', 'qingxu-authority', ['asset-reviewer'])
  })
}
export async function closeDisposalStage(): Promise<void> {
  await database.drop()
  await rm(filesDirectory, { recursive: true, force: true })
}

const caseKinds = new Map(
  [assets, repairs, disposal].flatMap((module) => (module.cases ?? []).map((one) => [one.kind.kind, one] as const)),
)

/** Work as somebody behind row-level security, as a request of theirs would run; null for the system. */
export const inActOf = <T>(who: string | null, work: (act: ReturnType<typeof testAct>) => Promise<T>, on = today) => {
  const actor = who === null ? undefined : (actors[who] as Actor)
  return transaction(
    database.db,
    (tx) => work(testAct({ tx, today: on, directory, caseKinds, files, ...(actor ? { actor } : {}) })),
    actor ? { scope: scopeOf(actor) } : {},
  )
}

const calling =
  <C extends Contract>(of: C, acts: { readonly [K in keyof C]: unknown }) =>
  async <N extends keyof C & string>(
    who: string,
    name: N,
    input: z.input<C[N]['input']>,
    on = today,
  ): Promise<z.output<C[N]['output']>> => {
    const operation = of[name] as Operation
    const parsed = operation.input.parse(input) as Record<string, unknown>
    const action = acts[name] as AnyAction
    return inActOf(
      who,
      (act) => perform(act, { operation, action, ifMatch: null, session: noSession }, parsed),
      on,
    ) as Promise<z.output<C[N]['output']>>
  }

/** Through the contracts, as a named person, on a day. */
export const call = calling(contract, actions)
export const repair = calling(repairContract, repairActions)
export const register = calling(assetContract, assetActions)

/** Codes of the refusals an act meets; anything else it throws goes on. */
export async function refusalsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

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
/** What the audit record says happened to a subject. */
export const factsOf = (id: string) =>
  inActOf(null, async ({ tx }) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )
/** What the people of an organ were told of a page. */
export const toldOf = (who: string, link: string) =>
  inActOf(null, async ({ tx }) =>
    (
      await sql<{ text: string }>`select text from kernel.notification
        where organ_id = ${actors[who]?.organ?.id ?? null} and link = ${link} order by id`.execute(tx)
    ).rows.map(({ text }) => text),
  )
