import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActingOrgan, Actor, Role } from '#kernel/pure/actor.ts'
import { systemActor } from '#kernel/pure/actor.ts'
import { localDateOf, type LocalDate } from '#kernel/pure/local-date.ts'
import { noSession, type Act, type Ctx } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { Directory } from '#kernel/server/directory.ts'
import { newId } from '#kernel/server/identifier.ts'
import { openKeyring } from '#kernel/server/sealing/keyring.ts'

/** Nobody is known; for tests of parts that ask about neither organs nor people. */
export const emptyDirectory: Directory = {
  partyOrgan: async () => null,
  topAuthority: async () => null,
  organNames: async () => new Map(),
  levelsOf: async () => new Map(),
  peopleHolding: async () => [],
}

/** One for all tests of a run; made by whichever process needs it first. What it seals lives as long as a test. */
export const testKeyring = openKeyring(join(tmpdir(), 'yunbao-test-keys'))

/**
 * An act for database tests, as the server would put it together; long work stays in its row until the test runs it.
 * @param given.today sets `now` to nine in the morning of that day in Asia/Shanghai
 */
export function testAct(given: Partial<Act> & { tx: Tx; today?: LocalDate }): Act {
  const now = given.now ?? new Date(given.today ? `${given.today}T09:00:00+08:00` : '2026-11-23T09:00:00+08:00')
  return {
    actor: systemActor,
    requestId: newId(),
    source: null,
    afterCommit: () => {},
    directory: emptyDirectory,
    caseKinds: new Map(),
    decisionKinds: new Map(),
    dutySources: [],
    queue: { send: async () => {} },
    keyring: testKeyring,
    ...given,
    now,
    today: given.today ?? localDateOf(now),
  } as Act
}

/** The same with an action's checked input. */
export function testCtx<I>(
  given: Partial<Act> & { tx: Tx; today?: LocalDate },
  input: I,
  ifMatch: number | null = null,
): Ctx & { input: I } {
  return { ...testAct(given), input, ifMatch, session: noSession } as Ctx & {
    input: I
  }
}

export function testActor(
  organ: ActingOrgan,
  roles: readonly Role[],
  person: { id?: string; name?: string } = {},
): Actor {
  return { kind: 'person', personId: person.id ?? newId(), name: person.name ?? '测试人员', organ, roles }
}
