import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import type { AnswerOf, InputOf, ParsedInputOf, UploadedFile } from '#kernel/pure/contract.ts'
import type { CaseKinds } from '#kernel/server/cases/case-row.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { sealUntil, testSigner } from '#kernel/testing/audit.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import peopleModule from '#modules/people/module.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'

export const today = '2026-11-23'
export const kind = defineCaseKind({
  kind: 'test.matter',
  title: '测试事项',
  page: '/test/:subjectId',
  initial: 'open',
  states: {
    open: { label: '办理中', waitsFor: { party: 'applicant', roles: ['organ-clerk'] }, task: '办理' },
    done: { label: '办结', final: 'done' },
  },
  transitions: {
    close: { label: '办结', from: ['open'], to: 'done', by: { party: 'applicant', roles: ['organ-clerk'] } },
  },
})
const caseKinds: CaseKinds = new Map([[kind.kind, { kind }]])

export let fresh: FreshDatabase
let directory: string
let files: FileStore
export const people: Record<string, Actor> = {}
/** A database with organs of the demonstration and some of their people; for `beforeAll`. */
export async function openRecordStage(): Promise<void> {
  fresh = await seededDatabase(today, [organs])
  directory = await mkdtemp(join(tmpdir(), 'yunbao-record-'))
  files = await openFileStore(join(directory, 'files'))
  await transaction(fresh.db, async (tx) => {
    const hire = async (name: string, organKey: string, role: Role) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, [role], { name })
    }
    await hire('clerk', 'province-education', 'organ-clerk')
    await hire('colleague', 'province-education', 'organ-clerk')
    await hire('staff', 'province-education', 'staff')
    await hire('archives', 'province-archives', 'organ-clerk')
    await hire('bureau', 'province-authority', 'plan-reviewer')
    await hire('finance', 'province-finance', 'finance-reviewer')
    await hire('auditor', 'province-authority', 'audit-administrator')
    await hire('cityFinance', 'taiyuan-finance', 'finance-reviewer')
  })
}
export async function closeRecordStage(): Promise<void> {
  await fresh.drop()
  await rm(directory, { recursive: true })
}

export const signer = testSigner()
/** Seals everything there is. */
export async function sealAll(): Promise<void> {
  const { rows } = await fresh.db.pool.query(
    'select (select count(*) from kernel.audit_entry)::int - (select count(*) from kernel.audit_leaf)::int as open',
  )
  expect(await sealUntil(fresh.db, signer, rows[0].open)).toBe(rows[0].open)
}
/** Somebody who holds the role in the tables, so that notices find an address. */
export async function hireAuditor(): Promise<void> {
  await transaction(fresh.db, (tx) => peopleModule.seed?.(testAct({ tx, today }), () => {}) as Promise<void>)
  await fresh.db.pool.query(`delete from kernel.notification`)
}

const person = (name: string) => people[name] as Actor
export const organOf = (name: string) => person(name).organ as NonNullable<Actor['organ']>
export const as = <T>(name: string, work: (act: Act) => Promise<T>, now?: Date) =>
  transaction(fresh.db, (tx) =>
    work(testAct({ tx, actor: person(name), today, caseKinds, files, ...(now ? { now } : {}) })),
  )

/** Through the contract, as a named person. */
export function call<N extends keyof typeof contract>(
  name: string,
  operation: N,
  input: InputOf<(typeof contract)[N]>,
): Promise<AnswerOf<(typeof contract)[N]>> {
  const parsed = contract[operation].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  return transaction(fresh.db, async (tx) => {
    const action = actions[operation] as unknown as (ctx: object) => Promise<AnswerOf<(typeof contract)[N]>>
    return action(testCtx({ tx, actor: person(name), today, caseKinds, files }, parsed))
  })
}

/** A file as the HTTP layer hands it over. */
export async function upload(fileName: string, content: string): Promise<UploadedFile> {
  const path = join(directory, newId())
  await writeFile(path, content)
  return {
    path,
    fileName,
    sizeBytes: Buffer.byteLength(content),
    mediaType: '',
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}
