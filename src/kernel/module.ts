import type { Actor } from './pure/actor.ts'
import type { CaseKind } from './pure/case-kind.ts'
import type { Operation } from './pure/contract.ts'
import type { Verdict } from './pure/verdict.ts'
import type { Act, ActionsOf, SessionControl } from './server/context.ts'
import type { Tx } from './server/database.ts'
import type { CaseMove, CaseRow } from './server/cases/case-row.ts'
import type { JobHandlers } from './server/jobs.ts'

/** A kind of case with what its module adds: guards before a move, effects after it; both in the move's transaction. */
export type ModuleCase = {
  kind: CaseKind
  guard?: (act: Act, subject: CaseRow, move: CaseMove) => Promise<Verdict>
  moved?: (act: Act, subject: CaseRow, move: CaseMove) => Promise<void>
  /** May this actor read the case (its timeline, opinions, files)? Default: the organs that are party to it. */
  maySee?: (actor: Actor, subject: CaseRow) => boolean
}

/** One thing `yunbao verify` recomputes; a fault is one line in Chinese naming the record. */
export type VerifyCheck = { name: string; title: string; check: (tx: Tx) => Promise<{ checked: number; faults: string[] }> }

/** Turns a session token's hash into the actor; one module provides it. */
export type Authenticate = (tx: Tx, tokenHash: string, now: Date) => Promise<Actor | null>

/** One step of the demonstration, run in the order of `needs`; all in one transaction per module. */
export type Seed = (act: Act, log: (line: string) => void) => Promise<void>

export type ModuleManifest = {
  /** Folder, Postgres schema, URL prefix, CLI noun, permission and fact prefix. */
  name: string
  title: string
  needs: readonly string[]
  contract: Readonly<Record<string, Operation>>
  actions: Readonly<Record<string, (ctx: never) => Promise<unknown>>>
  cases?: readonly ModuleCase[]
  jobs?: JobHandlers
  /** Reference data that every mode needs (codes, standards); must be repeatable. */
  reference?: Seed
  /** Demonstration data, demonstration mode only. */
  seed?: Seed
  authenticate?: Authenticate
  checks?: readonly VerifyCheck[]
}

/** Declares a module; the compiler checks that every operation of the contract has its action. */
export function defineModule<C extends Record<string, Operation>>(
  manifest: Omit<ModuleManifest, 'contract' | 'actions'> & { contract: C; actions: ActionsOf<C> },
): ModuleManifest {
  return manifest as unknown as ModuleManifest
}

export type { SessionControl }
