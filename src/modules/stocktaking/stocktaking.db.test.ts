import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { checks } from './checks.ts'
import {
  actors,
  call,
  callAssets,
  closeStocktakingStage,
  inTx,
  mark,
  openCount,
  openStocktakingStage,
  refusalsOf,
  registerDesktops,
  send,
  today,
} from './testing/stocktaking-stage.ts'

let directory: string
let cards: string[]
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-stocktaking-'))
  await openStocktakingStage(directory)
  cards = [
    ...(await registerDesktops(6)),
    ...(await registerDesktops(2, { place: '附楼102', serialNumber: 'SN-77', custodianName: '李晓东' })),
  ]
})
afterAll(async () => {
  await closeStocktakingStage()
  await rm(directory, { recursive: true, force: true })
})

const id = (at: number) => cards[at] as string
const itemsOf = async (countId: string) => (await call('keeper', 'items', { countId })).items
const step = async (countId: string) => {
  const { count } = await call('keeper', 'viewCount', { countId })
  return { countId, version: count.version }
}

describe('opening a count (A12-4)', () => {
  it('is for keepers of the organ; bad days, strangers and empty scopes are refused in words', async () => {
    for (const who of ['head', 'reviewer', 'finance'])
      expect(
        await refusalsOf(
          call(who, 'openCount', { title: '盘点', baseOn: today, scope: {}, team: [actors[who]?.personId as string] }),
        ),
        who,
      ).toContain('role')
    expect(await refusalsOf(openCount({ baseOn: '2026-12-31' }))).toEqual(['future-base'])
    expect(await refusalsOf(openCount({ title: '机密★盘点' }))).toEqual(['A44-1'])
    expect(await refusalsOf(openCount({ team: [actors['other']?.personId] }))).toEqual(['not-staff'])
    expect(await refusalsOf(openCount({ scope: { places: ['地下室'] } }))).toEqual(['nothing-to-count'])
    expect((await call('keeper', 'counts', {})).items).toEqual([])
  })

  it('freezes the book of the base day; later changes do not move it, and another organ knows nothing of it', async () => {
    const [moved, late] = await registerDesktops(2, { place: '主楼401' })
    await callAssets('keeper', 'changeCards', {
      cardIds: [moved as string],
      effectiveOn: '2026-11-20',
      reason: '调整',
      place: '主楼501',
    })
    const { count } = await openCount({ baseOn: '2026-11-15', scope: { places: ['主楼4', '主楼5'] } })
    expect(count).toMatchObject({ items: 2, costFen: 999_600, whole: false, state: 'counting' })
    const placesOf = async () => (await itemsOf(count.id)).map(({ cardId, place }) => [cardId, place])
    const frozen = [moved, late].map((card) => [card, '主楼401'])
    expect((await placesOf()).toSorted()).toEqual(frozen.toSorted())
    await callAssets('keeper', 'changeCards', {
      cardIds: [late as string],
      effectiveOn: today,
      reason: '调整',
      place: '主楼402',
    })
    expect((await placesOf()).toSorted()).toEqual(frozen.toSorted())
    for (const who of ['other', 'province'])
      await expect(call(who, 'viewCount', { countId: count.id }), who).rejects.toThrow(Missing)
    await expect(call('driver', 'items', { countId: count.id })).rejects.toThrow(Missing)
    expect((await call('reviewer', 'counts', {})).items.map(({ id: one }) => one)).toContain(count.id)
    await call('keeper', 'withdrawCount', { ...(await step(count.id)), opinion: '重新组织' })
  })
})

describe('counting (facts 2.5)', () => {
  it('takes a batch again without doubling it, judges each mark by itself and finds things by code', async () => {
    const { count } = await openCount({ scope: { places: ['主楼301', '附楼'] } })
    const marks = [
      mark(id(0), 'same'),
      mark(id(1), 'same', { found: { place: '主楼302' } }),
      mark(id(2), 'mismatch'),
      mark(undefined, 'same', { code: 'JY-0004' }),
      mark(undefined, 'same', { code: `YB${id(4).replaceAll('-', '')}`, found: { place: '主楼301' } }),
      mark(undefined, 'same', { code: 'SN-77' }),
      mark(undefined, 'surplus', { thing: { name: '碎纸机', place: '主楼301' }, remark: '无标签' }),
    ]
    const answers = await send('staff', count.id, marks)
    expect(answers.map(({ taken }) => taken)).toEqual(['kept', 'kept', 'refused', 'kept', 'kept', 'refused', 'kept'])
    // Two things bear the serial number SN-77: it points at neither.
    expect(answers[5]?.reason).toContain('不在本次盘点的清单上')
    const again = await send('staff', count.id, marks)
    expect(again.map(({ taken }) => taken)).toEqual(['known', 'known', 'refused', 'known', 'known', 'refused', 'known'])
    const view = await call('keeper', 'viewCount', { countId: count.id })
    expect(view.tally).toMatchObject({ counted: 4, same: 3, mismatch: 1, surplus: 1, disputed: 0 })
    expect(view.count.counted).toBe(4)
    const { items } = await call('keeper', 'items', { countId: count.id, which: 'differing' })
    expect(items).toMatchObject([{ cardId: id(1), result: 'mismatch', found: { place: '主楼302' } }])
    expect((await call('staff', 'places', { countId: count.id })).items).toEqual([
      { place: '主楼301', items: 6, counted: 4, disputed: 0, differing: 1 },
      { place: '附楼102', items: 2, counted: 0, disputed: 0, differing: 0 },
    ])
    await expect(send('driver', count.id, [mark(id(0), 'same')])).rejects.toThrow(Missing)
    expect(await refusalsOf(send('head', count.id, [mark(id(0), 'same')]))).toEqual(['not-on-team'])
    // Keepers of the organ count without being on the team.
    expect(await send('clerk', count.id, [mark(id(5), 'same')])).toMatchObject([{ taken: 'kept', disputed: false }])
    await call('keeper', 'withdrawCount', { ...(await step(count.id)), opinion: '重新组织' })
  })

  it('two counters who differ leave nothing standing until it is settled', async () => {
    const { count } = await openCount({ scope: { places: ['主楼301'] } })
    const [first, second] = [mark(id(0), 'same'), mark(id(0), 'missing')]
    await send('staff', count.id, [first])
    expect(await send('keeper', count.id, [second])).toMatchObject([{ taken: 'kept', disputed: true }])
    expect(
      await refusalsOf(call('keeper', 'endCounting', { ...(await step(count.id)), uncountedAreMissing: true })),
    ).toEqual(['disputed'])
    const settle = { countId: count.id, cardId: id(0), reason: '现场复核，实物在柜后' }
    expect(await refusalsOf(call('head', 'settleItem', { ...settle, markId: first.id }))).toContain('role')
    const settled = await call('keeper', 'settleItem', { ...settle, markId: first.id })
    expect(settled.item).toMatchObject({ result: 'same', disputed: false })
    expect(settled.marks).toHaveLength(3)
    // What was counted before the settlement and came late does not open it again.
    expect(await send('staff', count.id, [mark(id(0), 'missing')])).toMatchObject([{ taken: 'kept', disputed: false }])
    expect(await refusalsOf(call('keeper', 'settleItem', { ...settle, markId: first.id }))).toEqual(['not-disputed'])
    await call('keeper', 'withdrawCount', { ...(await step(count.id)), opinion: '重新组织' })
  })

  it('the list is walked place by place however it is narrowed, and progress says what the list says (A12-4)', async () => {
    const { count } = await openCount({ scope: { places: ['主楼301', '附楼'] } })
    await send('staff', count.id, [mark(id(0), 'same'), mark(id(1), 'idle'), mark(id(6), 'missing')])
    await send('keeper', count.id, [mark(id(2), 'same'), mark(id(6), 'same')])
    const all = await itemsOf(count.id)
    const keys = all.map(({ place, number }) => `${place} ${number}`)
    expect(keys).toEqual(keys.toSorted())
    const wanted = {
      open: all.filter(({ result, disputed }) => result === null && !disputed),
      disputed: all.filter(({ disputed }) => disputed),
      differing: all.filter(({ result }) => result !== null && result !== 'same'),
      same: all.filter(({ result }) => result === 'same'),
    }
    expect(Object.values(wanted).map(({ length }) => length)).toEqual([4, 1, 1, 2])
    for (const [which, expected] of [...Object.entries(wanted), [undefined, all]] as const) {
      const walked: string[] = []
      const filter = which === undefined ? {} : { which: which as keyof typeof wanted }
      for (let after: string | undefined; ;) {
        const page = await call('keeper', 'items', { countId: count.id, limit: 2, ...filter, ...(after && { after }) })
        if (after === undefined) expect(page.total, which).toBe(expected.length)
        walked.push(...page.items.map(({ cardId }) => cardId))
        if (page.next === null) break
        after = page.next
      }
      expect(walked, which).toEqual(expected.map(({ cardId }) => cardId))
    }
    expect((await call('keeper', 'items', { countId: count.id, text: 'sn-77', placePrefix: '附' })).total).toBe(2)
    expect((await call('keeper', 'items', { countId: count.id, after: newId() })).items).toEqual([])
    // By a fragment the same walk, page by page; what stands in no book is on no page.
    const byWord = all.filter(({ serialNumber }) => serialNumber.toLowerCase().includes('sn-77'))
    const found: string[] = []
    for (let after: string | undefined; ;) {
      const page = await call('keeper', 'items', {
        countId: count.id,
        limit: 1,
        text: 'Sn-77',
        ...(after && { after }),
      })
      if (after === undefined) expect(page.total).toBe(byWord.length)
      found.push(...page.items.map(({ cardId }) => cardId))
      if (page.next === null) break
      after = page.next
    }
    expect(found).toEqual(byWord.map(({ cardId }) => cardId))
    const open = await call('keeper', 'items', { countId: count.id, text: 'sn-77', which: 'open' })
    expect([open.total, open.items]).toEqual([
      open.items.length,
      byWord.filter(({ result, disputed }) => result === null && !disputed),
    ])
    const card = all[0]?.cardId as string
    for (const text of ['没有这样的东西', card.slice(0, 8), '%'])
      expect(await call('keeper', 'items', { countId: count.id, text }), text).toMatchObject({ items: [], total: 0 })
    const faults = () =>
      inTx(async (tx) => (await Promise.all(checks.map(({ check }) => check(tx)))).map((one) => one.faults))
    expect(await faults()).toEqual([[], []])
    await expect(
      inTx(async (tx) => {
        await sql`update stocktaking.place_sum set counted = counted + 1 where place = '附楼102'`.execute(tx)
        expect((await checks[0]?.check(tx))?.faults).toContain(`${count.number} 中附楼102的盘点进度与清单不符`)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await call('keeper', 'withdrawCount', { ...(await step(count.id)), opinion: '重新组织' })
  })

  it('what one counted is taken from nobody else, and a picture of it goes to the files of the card (A12-4)', async () => {
    const { count } = await openCount({ scope: { places: ['主楼301'] } })
    const marks = [mark(id(0), 'same')]
    const held = { countId: count.id, countedBy: actors['staff']?.personId as string, marks }
    expect(await refusalsOf(call('keeper', 'recordMarks', held))).toEqual(['not-counter'])
    expect((await call('keeper', 'viewCount', { countId: count.id })).count.counted).toBe(0)
    expect((await call('staff', 'recordMarks', held)).answers).toMatchObject([{ taken: 'kept' }])
    const picture = async () => {
      const bytes = Buffer.from('照片')
      const path = join(directory, `${newId()}.txt`)
      await writeFile(path, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { path, fileName: '现场.txt', sizeBytes: bytes.length, mediaType: 'text/plain', sha256 }
    }
    const photo = { countId: count.id, markId: marks[0]?.id as string }
    expect(await refusalsOf(call('keeper', 'attachPhoto', { ...photo, file: await picture() }))).toEqual([
      'not-counter',
    ])
    await call('staff', 'attachPhoto', { ...photo, file: await picture() })
    const filesOf = async () => (await callAssets('keeper', 'viewCard', { cardId: id(0) })).files
    expect(await filesOf()).toEqual([])
    await call('staff', 'attachPhoto', { ...photo, forCard: true, file: await picture() })
    expect(await filesOf()).toMatchObject([{ fileName: '现场.txt', mine: false }])
    expect((await call('keeper', 'viewItem', { countId: count.id, cardId: id(0) })).photos).toHaveLength(2)
    await call('keeper', 'withdrawCount', { ...(await step(count.id)), opinion: '重新组织' })
  })
})
