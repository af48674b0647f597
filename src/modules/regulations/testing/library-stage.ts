import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Level } from '#kernel/pure/actor.ts'
import type { ParsedInputOf } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import { loadReference } from '../seed.ts'

export const today = '2026-11-23'
const organ = (level: Level, jurisdictionCode: string, authority = true) => ({
  id: newId(),
  name: '机关事务管理局',
  jurisdictionCode,
  jurisdictionName: '',
  level,
  parts: authority ? ['authority' as const] : [],
})
export const provincial = testActor(organ('province', '140000'), ['plan-reviewer'], { name: '省计划科' })
export const city = testActor(organ('city', '140100'), ['plan-reviewer'], { name: '市计划科' })
export const colleague = testActor(city.organ as never, ['supervision-reviewer'], { name: '市监督科' })
export const county = testActor(organ('county', '140121'), ['authority-leader'], { name: '县局长' })
export const otherCity = testActor(organ('city', '140200'), ['plan-reviewer'])
export const clerk = testActor(organ('city', '140100', false), ['organ-clerk'])

export let database: FreshDatabase
let folder: string
/** A database with the library as every installation has it; for `beforeAll`. */
export async function openLibraryStage(): Promise<void> {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'yunbao-law-'))
  await transaction(database.db, async (tx) => {
    await organs.reference?.(testAct({ tx, today }), () => {})
    await loadReference(testAct({ tx, today }))
    await loadReference(testAct({ tx, today })) // loading twice makes one
  })
}
export async function closeLibraryStage(): Promise<void> {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
}

export type Actions = typeof actions
/** One act in its own transaction, its input checked by the contract and its answer too, as the server does. */
export async function act<N extends keyof Actions>(actor: Actor, name: N, input: Record<string, unknown>) {
  const parsed = contract[name].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const answer = await transaction(database.db, (tx) => actions[name](testCtx({ tx, actor, today }, parsed) as never), {
    scope: scopeOf(actor),
  })
  return contract[name].output.parse(answer) as never as Awaited<ReturnType<Actions[N]>>
}

/** Sends a text to be read, as the HTTP layer hands it over. */
export async function upload(actor: Actor, fileName: string, bytes: Buffer | string) {
  const path = join(folder, newId())
  const content = Buffer.from(bytes as Buffer)
  await writeFile(path, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return act(actor, 'readText', {
    file: { path, fileName, sizeBytes: content.length, mediaType: 'text/plain', sha256 },
  })
}

export const facts = {
  kind: 'normative-document',
  fields: ['vehicles'],
  issuer: '太原市机关事务管理局',
  issuedOn: '2025-01-10',
  validFrom: '2025-02-01',
}
export const lawOf = (title: string, ...articles: string[]) =>
  [title, ...articles.map((text, index) => `第${'一二三四五六七八九'[index]}条　${text}`)].join('\n')

/** Uploads and confirms at once. */
export async function take(actor: Actor, title: string, articles: string[], more: Record<string, unknown> = {}) {
  const source = lawOf(title, ...articles)
  const { id } = await upload(actor, `${title}.txt`, source)
  return act(actor, 'confirmImport', { importId: id, source, title, ...facts, ...more })
}
