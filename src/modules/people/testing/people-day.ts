import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { type Newcomer, newcomerAt, openPeopleStage, type PeopleStage, settleAt } from './people-stage.ts'

/** One stage for all tests of a file, each of which begins at the same moment and with nobody locked out. */
export function peopleDay(start: string) {
  let stage: PeopleStage
  beforeAll(async () => {
    stage = await openPeopleStage(start)
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    stage.at(start)
    await transaction(stage.fresh.db, (tx) => sql`delete from people.sign_in_guard`.execute(tx))
  })
  const send: PeopleStage['send'] = (...sent) => stage.send(...sent)
  const as: PeopleStage['as'] = (...who) => stage.as(...who)
  return {
    stage: () => stage,
    at: (instant: string) => stage.at(instant),
    later: (minutes: number) => stage.later(minutes),
    send,
    as,
    signIn: (username: string, password = demonstrationPassword, from = '10.0.0.1') =>
      stage.signIn(username, password, { from }),
    me: (cookie: string) => send('GET', '/session', undefined, cookie),
    newcomer: (role?: string, validUntil?: string) => newcomerAt(stage, role, validUntil),
    settle: (person: Newcomer, newPassword?: string) => settleAt(stage, person, newPassword),
  }
}
