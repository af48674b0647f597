import type { Actor } from './pure/actor.ts'
import type { Operation } from './pure/contract.ts'
import type { DataDeclaration } from './pure/data-class.ts'
import type { ModuleWords } from './pure/words.ts'
import type { DecisionKind } from './pure/decision.ts'
import type { Act, ActionsOf, SessionControl } from './server/context.ts'
import type { Tx } from './server/database.ts'
import type { ModuleCase } from './server/cases/case-row.ts'
import type { Directory } from './server/directory.ts'
import type { DutySource } from './server/duty-source.ts'
import type { JobHandlers } from './server/jobs.ts'
import type { SealedColumn } from './server/sealing/sealed-column.ts'

/** One thing `yunbao verify` recomputes; a fault is one line in Chinese naming the record. */
export type VerifyCheck = {
  name: string
  title: string
  /** `note` says what must be known of a check that passed, in one short clause. */
  check: (tx: Tx) => Promise<{ checked: number; faults: string[]; note?: string }>
}

/** Turns a session token's hash into the actor; one module provides it. */
export type Authenticate = (tx: Tx, tokenHash: string, now: Date) => Promise<Actor | null>

/** Turns the hash of a machine's token into its actor and how often it may ask; at most one module provides it. */
export type AuthenticateMachine = (
  tx: Tx,
  tokenHash: string,
  now: Date,
) => Promise<{ actor: Actor; requestsPerMinute: number } | null>

/** One step of the demonstration, run in the order of `needs`; all in one transaction per module. */
export type Seed = (act: Act, log: (line: string) => void) => Promise<void>

export type ModuleManifest = {
  /** Folder, Postgres schema, URL prefix, CLI noun, permission and fact prefix. */
  name: string
  title: string
  needs: readonly string[]
  /** What it calls its facts, fields and pages. */
  words?: ModuleWords
  contract: Readonly<Record<string, Operation>>
  actions: Readonly<Record<string, (ctx: never) => Promise<unknown>>>
  cases?: readonly ModuleCase[]
  /** Kinds of decision whose judging can be replayed. */
  decisions?: readonly DecisionKind[]
  /** Duties with a statutory term that it knows of beside its cases. */
  duties?: readonly DutySource[]
  jobs?: JobHandlers
  /** Classes of the data in its schema. */
  data?: DataDeclaration
  /** Columns with sealed values, sealed anew when keys change. */
  sealed?: readonly SealedColumn[]
  /** Reference data that every mode needs (codes, standards); must be repeatable. */
  reference?: Seed
  /** Demonstration data, demonstration mode only. */
  seed?: Seed
  authenticate?: Authenticate
  authenticateMachine?: AuthenticateMachine
  /** No scope can be given for it: accounts and rights are the business of people. */
  closedToMachines?: boolean
  /** Organs and people for the kernel; one module provides it. */
  directory?: Directory
  checks?: readonly VerifyCheck[]
}

/** Declares a module; the compiler checks that every operation of the contract has its action. */
export function defineModule<C extends Record<string, Operation>>(
  manifest: Omit<ModuleManifest, 'contract' | 'actions'> & { contract: C; actions: ActionsOf<C> },
): ModuleManifest {
  return manifest as unknown as ModuleManifest
}

export type { SessionControl }
