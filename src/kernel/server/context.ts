import type { Readable } from 'node:stream'
import type { Actor } from '#kernel/pure/actor.ts'
import type { DecisionKinds } from '#kernel/pure/decision.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { AnswerOf, OperationDeclaration, ParsedInputOf } from '#kernel/pure/contract.ts'
import type { Declared } from '#kernel/pure/declared.ts'
import type { CaseKinds } from './cases/case-row.ts'
import type { Tx } from './database.ts'
import type { Directory } from './directory.ts'
import type { DutySource } from './duty-source.ts'
import type { FileStore } from './file-store.ts'
import type { IdentityProvider } from './identity-provider.ts'
import type { Queue } from './jobs.ts'
import type { Keyring } from './sealing/keyring.ts'

/** What every act is given: one open transaction, who acts, when, and a way to run work once it is committed. */
export type Act = {
  tx: Tx
  actor: Actor
  now: Date
  /** Today in Asia/Shanghai. */
  today: LocalDate
  /** Number of the request, quoted to people and kept in the audit record. */
  requestId: string
  /** Address the request came from, or the command line (`commandLine`) and the user of the machine; null for timed work. */
  source: string | null
  /** The operation asked for, `<module>.<name>`; unset for timed work and what the system does by itself. */
  operation?: string
  /** Runs after COMMIT (wake a worker, for example); never for anything that must not be lost: that is a job. */
  afterCommit: (work: () => void | Promise<void>) => void
  /** Organs and people, as the kernel needs to know them. */
  directory: Directory
  /** Every kind of case that the modules declare. */
  caseKinds: CaseKinds
  /** Every kind of decision that the modules declare. */
  decisionKinds: DecisionKinds
  /** Duties that modules know of beside their cases. */
  dutySources: readonly DutySource[]
  /** What the modules there are declare; unset where none were looked for. */
  declared?: Declared | undefined
  /** Where people may sign in instead of giving a password; unset where none is set up. */
  identityProvider?: IdentityProvider | undefined
  /** Where long work is handed in (`enqueue`). */
  queue: Queue
  /** Where kept files lie. */
  files: FileStore
  /** Seals what must not be readable in the database. */
  keyring: Keyring
}

/** Ctx of an action: the act and its checked input. */
export type Ctx<O extends OperationDeclaration = OperationDeclaration> = Act & {
  input: ParsedInputOf<O>
  /** Version the client last saw (If-Match), null when it sent none. */
  ifMatch: number | null
  /** Sets or clears the session cookie; only sign-in uses it. */
  session: SessionControl
}

export type SessionControl = {
  /** Hash of the token this request came with; null without a session. */
  tokenHash: string | null
  set: (token: string, maxAgeSeconds: number) => void
  clear: () => void
  /** Binds a sign-in that leaves for the identity provider to this browser, until it is back. */
  flow: { hash: string | null; set: (secret: string, maxAgeSeconds: number) => void; clear: () => void }
}

/** Where nobody signed in with a browser: demonstration, command line. */
export const noSession: SessionControl = {
  tokenHash: null,
  set: () => {},
  clear: () => {},
  flow: { hash: null, set: () => {}, clear: () => {} },
}

export type Action<O extends OperationDeclaration> = (ctx: Ctx<O>) => Promise<AnswerOf<O>>

export type ActionsOf<C extends Record<string, OperationDeclaration>> = { readonly [K in keyof C]: Action<C[K]> }

/** What a `download` operation answers. */
export type Download = {
  fileName: string
  mediaType: string
  body: Readable | Buffer
  /** Version of the content, quoted as HTTP wants it; who has it already is told so (304) and gets no body. */
  etag?: string
}
