import { z } from 'zod'
import { actingId, publicActor, type Actor } from '#kernel/pure/actor.ts'
import type { Operation } from '#kernel/pure/contract.ts'
import type { DecisionKinds } from '#kernel/pure/decision.ts'
import type { Declared } from '#kernel/pure/declared.ts'
import { mayByScope } from '#kernel/pure/machine-scope.ts'
import type { CaseKinds } from './cases/case-row.ts'
import type { Act, Ctx } from './context.ts'
import { transaction, type Database } from './database.ts'
import type { Directory } from './directory.ts'
import { recordDenial } from './denials.ts'
import { actFor } from './errand-act.ts'
import type { DutySource } from './duty-source.ts'
import { BadInput, Forbidden, permit, Refused, RefusedAndKept, SignedOut, StepUpRequired } from './errors.ts'
import type { FileStore } from './file-store.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { claimKey, storeAnswer, type StoredAnswer } from './idempotency.ts'
import type { Queue } from './jobs.ts'
import type { Keyring } from './sealing/keyring.ts'
import { enterScope, scopeOf } from './scope.ts'
import { marksOf, recordSecret } from './secret-refusals.ts'

z.config({
  ...z.locales.zhCN(),
  // The locale's own 无效UUID is no word of the office; it is read by who followed a mangled link.
  customError: (issue) =>
    issue.code === 'invalid_format' && issue.format === 'uuid' ? '编号不完整或有误。请从列表中重新打开。' : undefined,
})

/** What a module does for one operation, whoever asks: HTTP, the command line, the demonstration. */
export type AnyAction = (ctx: Ctx) => Promise<unknown>

/** What operations work with, whoever asks. */
export type DispatchParts = {
  db: Database
  directory: Directory
  caseKinds: CaseKinds
  decisionKinds: DecisionKinds
  dutySources: readonly DutySource[]
  declared?: Declared
  identityProvider?: IdentityProvider | undefined
  queue: Queue
  files: FileStore
  keyring: Keyring
}

/** One operation asked for. */
export type Errand = {
  operation: Operation
  action: AnyAction
  now: Date
  requestId: string
  /** Where it was asked from: an address, or the command line; kept in the audit record. */
  source: string
  /** Who asks, found within the transaction so that rights ended meanwhile do not count; null for nobody. */
  actorOf: (tx: Act['tx']) => Promise<Actor | null>
  /** The checked input; asked for once it is known who acts. */
  inputOf: () => Promise<Record<string, unknown>>
  /** Under this key the operation acts once and answers the same again; `digest` tells a retry from another request. */
  idempotency: { key: string; digestOf: (input: Record<string, unknown>) => string } | null
  ifMatch: number | null
  session: Ctx['session']
  /** Parameters in the path, as they were sent: what was asked for, in the record of a denial. */
  path: Readonly<Record<string, string>>
}

/**
 * One operation in one transaction: who, input, key, action, answer checked against the contract. A denial is recorded
 * although its transaction is rolled back; work for after the commit is done after it.
 * @returns what the contract says the operation answers; of a `download` the file
 */
export async function dispatch(parts: DispatchParts, errand: Errand): Promise<unknown> {
  const { operation, now } = errand
  const afterCommit: (() => void | Promise<void>)[] = []
  let actor: Actor = publicActor
  let kept: RefusedAndKept | null = null
  let given: Record<string, unknown> = {}
  const actOf = (tx: Act['tx']): Act => ({
    ...actFor(parts, errand, actor, tx),
    afterCommit: (work) => void afterCommit.push(work),
  })
  try {
    const result = await transaction(parts.db, async (tx) => {
      afterCommit.length = 0
      kept = null
      const person = await errand.actorOf(tx)
      if (operation.access !== 'public' && !person) throw new SignedOut()
      actor = person ?? publicActor
      if (actor.machine) permit(mayByScope(actor.machine, operation))
      await enterScope(tx, scopeOf(actor))
      const input = await errand.inputOf()
      given = input
      refuseUnready(operation, actor)
      if (operation.stepUp && !actor.steppedUp) throw new StepUpRequired()
      const claim = claimOf(errand, actor)
      if (claim) {
        const stored = await claimKey(tx, { ...claim, digest: claim.digestOf(input), now })
        if (stored) return repeated(operation, stored)
      }
      const output = await perform(actOf(tx), errand, input).catch((error: unknown) => {
        if (!(error instanceof RefusedAndKept)) throw error
        kept = error
        return null
      })
      if (claim && !kept) await storeAnswer(tx, claim, { status: 200, response: operation.secret ? null : output })
      return output
    })
    if (kept) throw kept as RefusedAndKept
    for (const work of afterCommit) await work()
    return result
  } catch (error) {
    const marked = marksOf(operation, given)
    await recordDenial(parts, errand, error, actor)
    if (marked.length > 0 && (error instanceof BadInput || error instanceof Refused))
      await recordSecret(parts, errand, actor, marked, given)
    throw error
  }
}

/** Whoever must first change a password or enrol a second factor does nothing else before. */
function refuseUnready({ access, whileUnready }: Operation, { unready }: Actor): void {
  if (unready === undefined || whileUnready || access === 'public') return
  const message =
    unready === 'password'
      ? '须先修改密码，才能办理其他事项。'
      : '本岗位须先启用第二因素（动态口令），才能办理其他事项。'
  throw new Forbidden([
    { code: `${unready}-first`, message, basis: null, facts: {}, remedy: '请在页面提示处办理；办好后即可继续。' },
  ])
}

/** The action of an operation within an act whose transaction is already open; the answer is checked by the contract. */
export async function perform(
  act: Act,
  { operation, action, ifMatch, session }: Pick<Errand, 'operation' | 'action' | 'ifMatch' | 'session'>,
  input: Record<string, unknown>,
): Promise<unknown> {
  const marked = marksOf(operation, input)
  // A file that was made would have to be closed again.
  if (marked.length > 0 && operation.kind === 'download') throw withoutSecrets(marked)
  // Of a file whose name bears a mark not even the content comes onto the disk, from where backups would take it.
  const files = marked.length === 0 ? act.files : { ...act.files, keep: () => Promise.reject(withoutSecrets(marked)) }
  const done = await action({ ...act, files, input: input as never, ifMatch, session }).catch((error: unknown) => {
    const repeats = !(error instanceof RefusedAndKept) && marked.some(({ text }) => says(error, text))
    throw repeats ? withoutSecrets(marked) : error
  })
  if (marked.length > 0) throw withoutSecrets(marked)
  return operation.kind === 'download' ? done : operation.output.parse(done)
}

/**
 * Nothing marked as a state secret is kept or told again, whatever asks for it (Art. 44). The action comes first: what it refuses
 * itself, it says in the words of its matter; what it let pass is undone.
 */
function withoutSecrets(marked: readonly { pointer: string }[]): BadInput {
  return new BadInput(
    marked.map(({ pointer }) => ({
      pointer,
      code: 'A44-1',
      message:
        '这里带有密级标志。本系统为非涉密系统，不得填写涉密内容，没有保存。请删除相关内容，涉密事项通过保密渠道办理。',
    })),
  )
}

function says(error: unknown, text: string): boolean {
  const { message, refusals, errors } = error as { message?: string; refusals?: unknown; errors?: unknown }
  return [message, JSON.stringify([refusals, errors])].some((said) => said?.includes(text))
}

/** Reads input by the operation's schema. Fields nobody asked for are refused, so that a misspelt one is never lost. */
export function checkedInput(operation: Operation, given: Record<string, unknown>): Record<string, unknown> {
  const unkeepable = pointerToNul(given)
  if (unkeepable !== null)
    throw new BadInput([
      { pointer: unkeepable, code: 'nul-character', message: '内容中有无法保存的空字符（U+0000）。请删除后重新提交。' },
    ])
  const parsed = operation.input.strict().safeParse(given)
  if (parsed.success) return parsed.data as Record<string, unknown>
  throw new BadInput(
    parsed.error.issues.slice(0, 100).map((issue) => ({
      pointer: `/${issue.path.map(String).join('/')}`,
      message: issue.message,
      code: issue.code,
    })),
  )
}

/** Where a string holds the one character that PostgreSQL cannot keep; null where none does. */
function pointerToNul(value: unknown, pointer = ''): string | null {
  if (typeof value === 'string') return value.includes('\u0000') ? pointer : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, member] of Object.entries(value)) {
    const found = key.includes('\u0000') ? pointer : pointerToNul(member, `${pointer}/${key}`)
    if (found !== null) return found
  }
  return null
}

function claimOf({ operation, idempotency }: Errand, actor: Actor) {
  const who = actingId(actor)
  if (
    idempotency === null ||
    operation.method === 'GET' ||
    operation.readOnly ||
    operation.kind === 'download' ||
    who === null
  )
    return null
  return {
    actor: who,
    operation: `${operation.module}.${operation.name}`,
    key: idempotency.key.slice(0, 200),
    // A quick digest of a password could be tried out by whoever reads the table.
    digestOf: operation.secret ? () => 'secret' : idempotency.digestOf,
  }
}

/** What the first request was answered; a secret is told once. */
function repeated(operation: Operation, stored: StoredAnswer): unknown {
  if (!operation.secret) return stored.response
  throw new Refused([
    {
      code: 'already-done',
      message: '这一操作已经办理，没有重复办理；涉及密码、令牌、个人信息的结果只显示一次。',
      basis: null,
      facts: {},
      remedy: '请刷新页面查看；没有记下初始密码的，请重置密码；没有记下令牌的，请撤销后重新签发。',
    },
  ])
}
