import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeCards } from './offers.ts'
import { sumsDiffer } from './store/summary.ts'
import {
  actors,
  call,
  closeAssetsStage,
  inActOf,
  inTx,
  openAssetsStage,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-at-scale-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const differ = async () => (await inTx(sumsDiffer)).classes
const sumRows = async () =>
  inTx(async (tx) => (await sql<{ n: number }>`select count(*)::int as n from assets.class_sum`.execute(tx)).rows[0]?.n)

describe('sums that are kept (A12-2)', () => {
  it('are those of the cards whatever happens to them, and closing a month adds them together', async () => {
    const [kept, idle, gone, moved] = [
      await registerDesktop(),
      await registerDesktop({ quantity: 3 }),
      await registerDesktop(),
      await registerDesktop(),
    ].map(({ card }) => card)
    await registerDesktop({ classCode: 'A02021003', name: '打印机' })
    const change = { effectiveOn: today, reason: '闲置' }
    await call('keeper', 'changeCards', { ...change, cardIds: [idle?.id as string], state: 'idle' })
    await inActOf('keeper', (act) =>
      removeCards(act, [gone?.id as string], {
        effectiveOn: today,
        consentDocument: '并财资〔2026〕18号',
        consentedOn: '2026-11-20',
        appliedOn: '2026-11-02',
        form: '报废',
        caseId: null,
      }),
    )
    const other = actors['other']?.organ?.id as string
    await inTx((tx) => sql`update assets.card set organ_id = ${other} where id = ${moved?.id}`.execute(tx))
    expect(await differ()).toEqual([])
    const { items } = await call('reviewer', 'summary', {})
    expect(items).toMatchObject([
      { organId: other, classCode: 'A02010105', cards: 1, quantity: 1, idle: 0, costFen: 499_800 },
      { organId: kept?.organId, classCode: 'A02010105', cards: 2, quantity: 4, idle: 3, costFen: 999_600 },
      { organId: kept?.organId, classCode: 'A02021003', cards: 1, quantity: 1, idle: 0 },
    ])
    const before = await sumRows()
    const closed = await call('keeper', 'closeMonth', { month: '2026-11' })
    expect(await differ()).toEqual([])
    expect(before).toBeGreaterThan(7)
    expect(await sumRows()).toBe(3)
    expect(closed.costFen).toBe(999_600 + 499_800)
  })

  it('a change that is undone leaves nothing behind, and acts side by side lose nothing', async () => {
    await expect(
      inTx(async (tx) => {
        await sql`update assets.card set quantity = quantity + 1 where removed_on is null`.execute(tx)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await Promise.all([
      ...Array.from({ length: 6 }, () => registerDesktop({}, '2026-12-03')),
      call('keeper', 'closeMonth', { month: '2026-12' }, '2026-12-03'),
    ])
    expect(await differ()).toEqual([])
  })
})

describe('search over a level goes back in time', () => {
  it('finds each card once, newest first, whether a minute, an hour, a week or years lie between them', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => registerDesktop({ name: '跨段检索样机' })))
    const minutes = [0, 1, 3, 40, 400, 9000, 90_000, 4_000_000]
    const ids: string[] = []
    for (const [at, { card }] of made.entries()) {
      const born = Date.UTC(2026, 10, 23) - (minutes[at] as number) * 60_000
      const id = `${born
        .toString(16)
        .padStart(12, '0')
        .replace(/^(.{8})/, '$1-')}-7000-8000-00000000000${at}`
      ids.push(id)
      // A card under an id of that time; what hangs on the first is not asked for here.
      await inTx(async (tx) => {
        const columns = sql.raw(
          (
            await sql<{ list: string }>`select string_agg(attname, ', ') as list from pg_attribute
              where attrelid = 'assets.card'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                and attname not in ('id', 'number')`.execute(tx)
          ).rows[0]?.list ?? '',
        )
        await sql`insert into assets.card (id, number, ${columns}) select ${id}, ${`T-${at}`}, ${columns} from assets.card where id = ${card.id}`.execute(
          tx,
        )
        await sql`update assets.card_text set card_id = ${id} where card_id = ${card.id}`.execute(tx)
      })
    }
    const found = async (text: string, more: { after?: string; limit?: number } = {}) =>
      call('reviewer', 'cards', { text, ...more })
    expect((await found('段检')).items.map(({ id }) => id)).toEqual(ids)
    const paged: string[] = []
    for (let after: string | undefined; ;) {
      const page = await found('跨段检索', { limit: 3, ...(after ? { after } : {}) })
      paged.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    expect(paged).toEqual(ids)
    for (const who of ['province', 'county']) expect((await call(who, 'cards', { text: '跨段检索' })).items).toEqual([])
  })
})
