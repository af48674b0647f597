import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { CaseKind, DurationUnit, Party } from '#kernel/pure/case-kind.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import type { z } from 'zod'
import type { Act } from '../context.ts'

/** One case as it stands, a row of `kernel.case_item`. */
export type CaseRow = {
  id: string
  kind: string
  subjectId: string
  title: string
  applicantOrganId: string
  jurisdictionCode: string
  state: string
  /** Whose people must act; null when the case is closed. */
  waitingParty: Party | null
  waitingRoles: Role[]
  /** Handed over 转办 to this person; null: anybody with the roles. */
  assignedPersonId: string | null
  assignedPersonName: string | null
  /** Who last gave the case to another party; must not decide it (ROLE-R02). */
  submittedBy: string | null
  /** On whose behalf, where the submitter acted by delegation alone 委托. */
  submittedFor: string | null
  /** Number of the last step taken, 0 on opening. */
  step: number
  enteredAt: Date
  dueOn: LocalDate | null
  dueProvisional: boolean
  clockFrom: LocalDate | null
  clockCount: number | null
  clockUnit: z.infer<typeof DurationUnit> | null
  openedAt: Date
  openedBy: string | null
  closedAt: Date | null
  outcome: 'done' | 'refused' | 'withdrawn' | null
}

/** A move that is being made. */
export type CaseMove = { transition: string; from: string; to: string; opinion: string | null }

/** A kind of case with what its module adds: guards before a move, effects after it; both in the move's transaction. */
export type ModuleCase = {
  kind: CaseKind
  guard?: (act: Act, subject: CaseRow, move: CaseMove) => Promise<Verdict>
  moved?: (act: Act, subject: CaseRow, move: CaseMove) => Promise<void>
  /** May this actor read the case (its timeline, opinions, files)? Default: the organs that are party to it. */
  maySee?: (actor: Actor, subject: CaseRow) => boolean
}

/** All kinds of case by name; put together once at start. */
export type CaseKinds = ReadonlyMap<string, ModuleCase>
