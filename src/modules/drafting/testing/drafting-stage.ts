import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { Contract } from '#kernel/pure/contract.ts'
import type { ModuleCase } from '#kernel/server/cases/case-row.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import consultationModule from '#modules/consultation/module.ts'
import { contract as consultation } from '#modules/consultation/contract.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { directory } from '#modules/people/offers.ts'
import type { Standard } from '#modules/standards/model.ts'
import type { StandardValue } from '#modules/standards/model/value.ts'
import standardsModule from '#modules/standards/module.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { contract } from '../contract.ts'
import type { DraftView } from '../contract/draft.ts'
import draftingModule from '../module.ts'
import type { ChangeContent, Matter, StandardChange } from '../model.ts'

export const today = '2026-11-23'
/** Ten working days later, and the day after. */
export const opinionsUntil = '2026-12-07'
export const afterOpinions = '2026-12-08'

let database: FreshDatabase
export const people: Record<string, Actor> = {}
const modules = [draftingModule, consultationModule]
const caseKinds = new Map<string, ModuleCase>(
  modules.flatMap(({ cases }) => (cases ?? []).map((declared) => [declared.kind.kind, declared])),
)

/** A database with standards, the demonstration's organs and some of their people; for `beforeAll`. */
export async function openDraftingStage(): Promise<void> {
  database = await seededDatabase(today, [organs, standardsModule])
  await inTx(async (tx) => {
    const hire = async (name: string, organKey: string, roles: readonly Role[]) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, roles, { name })
    }
    for (const [place, key] of [
      ['', 'taiyuan'],
      ['province ', 'province'],
      ['county ', 'qingxu'],
    ]) {
      await hire(`${place}reviewer`, `${key}-authority`, ['plan-reviewer'])
      await hire(`${place}colleague`, `${key}-authority`, ['plan-reviewer'])
      await hire(`${place}leader`, `${key}-authority`, ['authority-leader', 'organ-head'])
      await hire(`${place}finance`, `${key}-finance`, ['finance-reviewer'])
      await hire(`${place}finance head`, `${key}-finance`, ['organ-head'])
    }
    await hire('clerk', 'taiyuan-education', ['organ-clerk'])
    await hire('county clerk', 'qingxu-education', ['organ-clerk'])
    await hire('staff', 'taiyuan-education', ['staff'])
    await hire('auditor', 'taiyuan-audit', ['supervisor'])
    await hire('administrator', 'taiyuan-authority', ['system-administrator'])
  })
}
export const closeDraftingStage = () => database.drop()

export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

async function through<C extends Contract>(
  of: C,
  manifest: { actions: unknown },
  who: string,
  name: keyof C & string,
  input: unknown,
  day: string,
): Promise<unknown> {
  const operation = of[name]
  if (!operation) throw new Error(name)
  const parsed = operation.input.parse(input)
  const action = (manifest.actions as Record<string, (ctx: unknown) => Promise<unknown>>)[name]
  const actor = people[who] as Actor
  const answer = await transaction(
    database.db,
    (tx) =>
      (action as (ctx: unknown) => Promise<unknown>)(testCtx({ tx, today: day, actor, caseKinds, directory }, parsed)),
    { scope: scopeOf(actor) },
  )
  return operation.kind === 'download' ? answer : operation.output.parse(answer)
}

/** Through the contract, as a named person on a day, with no more in reach than that person's. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
  day = today,
): Promise<z.output<(typeof contract)[N]['output']>> {
  return (await through(contract, draftingModule, who, name, input, day)) as z.output<(typeof contract)[N]['output']>
}

export async function callConsultation<N extends keyof typeof consultation & string>(
  who: string,
  name: N,
  input: z.input<(typeof consultation)[N]['input']>,
  day = today,
): Promise<z.output<(typeof consultation)[N]['output']>> {
  return (await through(consultation, consultationModule, who, name, input, day)) as z.output<
    (typeof consultation)[N]['output']
  >
}

export const seen = ({ draft }: DraftView) => ({ draftId: draft.id, version: draft.version })

/** Rows in force in a jurisdiction on a day. */
export const tableOn = (jurisdictionCode: string, on: string, only: readonly string[] | null = null) =>
  inTx((tx) => standardTable(tx, jurisdictionCode, on, only))
export const rowOn = async (jurisdictionCode: string, on: string, code = 'item.desktop') =>
  (await tableOn(jurisdictionCode, on, [code])).rows[0]
export const capOn = async (jurisdictionCode: string, on: string, code = 'item.desktop') => {
  const value = (await rowOn(jurisdictionCode, on, code))?.value
  return value?.form === 'item' ? value.priceCapFen : null
}

/** A standard for a thing with another price cap. */
export function withCap(row: Standard | undefined, priceCapFen: number): StandardValue {
  if (row?.value.form !== 'item') throw new Error('not a thing')
  return { ...row.value, priceCapFen }
}

export const head = {
  documentTitle: '机关办公设备配置标准',
  reason: '按照市场价格变化调整',
  inForceOn: '2027-01-01',
  retroactiveGround: '',
}

/** A draft with one row revised (or set beside the province's), complete but for the consultation. */
export async function drafted(
  who: string,
  given: { code?: string; priceCapFen: number; inForceOn?: string; documentTitle?: string },
  day = today,
): Promise<DraftView> {
  const place = (people[who] as Actor).organ?.jurisdictionCode as string
  const row = await rowOn(place, day, given.code)
  const made = await call(
    who,
    'makeDraft',
    { matter: 'standard', documentTitle: head.documentTitle, reason: head.reason, standardIds: row ? [row.id] : [] },
    day,
  )
  const [change] = made.changes
  if (change?.subject !== 'standard') throw new Error('no change')
  const changed = await call(
    who,
    'saveChange',
    {
      ...seen(made),
      changeId: change.id,
      content: {
        ...(contentOf(change) as StandardChange),
        value: withCap(row, given.priceCapFen),
        reason: '市场价格下降',
      },
    },
    day,
  )
  return call(
    who,
    'saveDraft',
    {
      ...seen(changed),
      ...head,
      ...(given.documentTitle ? { documentTitle: given.documentTitle } : {}),
      inForceOn: given.inForceOn ?? head.inForceOn,
    },
    day,
  )
}

/** What a change proposes, without what the view adds. */
export function contentOf(change: DraftView['changes'][number]): ChangeContent {
  const { id: _, lineNo: __, before: ___, above: ____, enactedId: _____, ...content } = change
  return content
}

/** Opinions asked for and, with nobody having any, closed the day after the last. */
export async function consulted(who: string, view: DraftView): Promise<DraftView> {
  const asked = await call(who, 'consultOnDraft', { ...seen(view), opinionsUntil })
  const { items } = await callConsultation(who, 'consultations', {}, afterOpinions)
  const consultationId = items.find(({ title }) => title === asked.draft.documentTitle)?.id as string
  const { consultation: standing } = await callConsultation(who, 'viewConsultation', { consultationId }, afterOpinions)
  await callConsultation(
    who,
    'closeConsultation',
    { consultationId, version: standing.version, conclusion: '各机关无意见。' },
    afterOpinions,
  )
  return call(who, 'viewDraft', { draftId: asked.draft.id }, afterOpinions)
}

/** From a complete draft to the leader's desk. */
export async function submitted(who: string, view: DraftView): Promise<DraftView> {
  return call(who, 'submitDraft', seen(await consulted(who, view)), afterOpinions)
}

export async function enacted(
  place: '' | 'province ' | 'county ',
  given: Parameters<typeof drafted>[1],
): Promise<DraftView> {
  const sent = await submitted(`${place}reviewer`, await drafted(`${place}reviewer`, given))
  return call(`${place}leader`, 'approveDraft', seen(sent), afterOpinions)
}

/** A draft of other matter with the given rows, not consulted on. */
export async function draftedWith(
  who: string,
  matter: Matter,
  contents: readonly ChangeContent[],
  day = today,
): Promise<DraftView> {
  let view = await call(who, 'makeDraft', { matter, documentTitle: `${matter}文件`, reason: head.reason }, day)
  for (const content of contents) view = await call(who, 'addChange', { ...seen(view), content }, day)
  return call(who, 'saveDraft', { ...seen(view), ...head, documentTitle: `${matter}文件` }, day)
}

export const spending = (changes: Partial<StandardChange> = {}): StandardChange => ({
  subject: 'standard',
  act: 'add',
  replacesId: null,
  code: 'spending.desktop-upkeep',
  title: '台式计算机运行维护开支标准',
  kind: 'spending-standard',
  level: null,
  rank: null,
  value: { form: 'amount', amountFen: 30_000, per: '台·年', bound: 'at-most' },
  until: null,
  citation: '',
  note: '',
  restsOn: ['item.desktop'],
  localDecision: false,
  reason: '按配置数量和维护价格测算',
  ...changes,
})

/** Codes of the refusals an act meets; Missing is `missing`; anything else it throws goes on. */
export const refusalsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Missing) return ['missing']
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

/** What the audit record says happened to a subject. */
export const factsOf = (id: string) =>
  inTx(async (tx) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )

export const runJob = (
  day: string,
  work: (transact: <T>(act: (act: Act) => Promise<T>) => Promise<T>) => Promise<unknown>,
) => work((act) => inTx((tx) => act(testAct({ tx, today: day, caseKinds, directory }))))

export const notificationsOf = (organKey: string) =>
  inTx(
    async (tx) =>
      (
        await sql<{ text: string; link: string }>`select text, link from kernel.notification
        where organ_id = ${demonstrationOrganId(organKey)} order by id`.execute(tx)
      ).rows,
  )
