import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { actors, ask, database, openDesk, today } from './testing/desk.ts'

beforeAll(openDesk)
afterAll(() => database.drop())

describe('a calendar to subscribe to', () => {
  const read = async (path: string, day = today): Promise<string> => {
    const token = /feed\/(.+)\.ics$/.exec(path)?.[1] ?? ''
    const { body } = (await ask('public', 'feed', { token }, day)) as Download
    return String(body).replaceAll('\r\n ', '')
  }
  it('is made for a role of one’s own, once; the address is nowhere kept', async () => {
    await expect(ask('shi.education.jingban', 'createFeed', { role: 'organ-head' })).rejects.toThrow(Forbidden)
    await expect(ask('shi.education.jiashi', 'createFeed', { role: 'driver' })).rejects.toThrow(Forbidden)
    const { path, feed } = await ask('shi.education.jingban', 'createFeed', { role: 'organ-clerk' })
    await expect(ask('shi.education.jingban', 'createFeed', { role: 'organ-clerk' })).rejects.toThrow(Refused)
    const token = /feed\/(.+)\.ics$/.exec(path)?.[1] ?? ''
    const { rows } = await transaction(database.db, (tx) =>
      sql<{ all: string }>`select string_agg(f::text, '') as all from duties.feed f`.execute(tx),
    )
    expect(rows[0]?.all).not.toContain(token)
    expect((await ask('shi.education.jingban', 'feeds')).items).toMatchObject([{ id: feed.id, lastFetchedAt: null }])
    const text = await read(path)
    expect(text).toContain('DTSTART;VALUE=DATE:20261207')
    expect(text).toContain('SUMMARY:计划调整备案')
    expect(text).not.toContain('逾期的调整')
    expect((await ask('shi.education.jingban', 'feeds')).items[0]?.lastFetchedAt).not.toBeNull()
    await expect(ask('shi.shenhe', 'revokeFeed', { feedId: feed.id })).rejects.toThrow(Missing)
    await ask('shi.education.jingban', 'revokeFeed', { feedId: feed.id })
    await expect(read(path)).rejects.toThrow(Missing)
    await expect(ask('shi.education.jingban', 'revokeFeed', { feedId: feed.id })).rejects.toThrow(Missing)
  })
  it('a supervising role reads its level in numbers', async () => {
    const text = await read((await ask('shi.shenhe', 'createFeed', { role: 'supervision-reviewer' })).path)
    expect(text).toContain('SUMMARY:【逾期】本级计划调整备案：1件')
    expect(text).not.toMatch(/公安|教育局的/)
  })
  it('ends when the role ends, and while the account is out of use', async () => {
    const { path } = await ask('shi.education.jingban', 'createFeed', { role: 'organ-clerk' })
    const personId = actors['shi.education.jingban']?.personId
    const set = (statement: ReturnType<typeof sql>) => transaction(database.db, (tx) => statement.execute(tx))
    await set(sql`update people.account set state = 'disabled' where person_id = ${personId}`)
    await expect(read(path)).rejects.toThrow(Missing)
    await set(sql`update people.account set state = 'active' where person_id = ${personId}`)
    await read(path)
    await set(
      sql`update people.holding set valid_until = '2026-12-31' where person_id = ${personId} and role = 'organ-clerk'`,
    )
    await read(path, '2026-12-31')
    await expect(read(path, '2027-01-01')).rejects.toThrow(Missing)
  })
  it('an address nobody was given leads nowhere', () =>
    expect(read(`/feed/${'x'.repeat(43)}.ics`)).rejects.toThrow(Missing))
})
