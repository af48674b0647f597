import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { inboxOf } from './testing/inbox.ts'
import { uploaded } from '#kernel/testing/workbook-file.ts'
import { checks } from './checks.ts'
import { remindOfLeavers } from './actions/leaving.ts'
import { jobs } from './jobs.ts'
import {
  actors,
  call,
  closeAssetsStage,
  inActOf,
  inTx,
  jobWork,
  noticesTo,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-takeover-'))
  await openAssetsStage(join(directory, 'files'))
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const read = (importId: string, who = 'keeper') => jobs['assets.read-import']?.run(jobWork(who, { importId }))
const apply = (importId: string, who = 'keeper') => jobs['assets.apply-import']?.run(jobWork(who, { importId }))
const cardsOf = () =>
  inTx(async (tx) => (await sql<{ n: number }>`select count(*)::int as n from assets.card`.execute(tx)).rows[0]?.n)

async function asUpload(path: string, fileName: string): Promise<UploadedFile> {
  const bytes = await readFile(path)
  const copy = join(directory, `${createHash('sha256').update(fileName).digest('hex').slice(0, 8)}.upload`)
  await copyFile(path, copy)
  return {
    path: copy,
    fileName,
    sizeBytes: bytes.length,
    mediaType: '',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
const csv = async (text: string, fileName: string): Promise<UploadedFile> => ({
  ...(await uploaded(text, fileName)),
  sha256: createHash('sha256').update(text).digest('hex'),
})
const readFrom = async (file: UploadedFile, who = 'keeper') => {
  const { id } = await call(who, 'readImport', { file })
  await read(id, who)
  return call(who, 'viewImport', { importId: id })
}

const head = '资产编号,资产名称,分类代码,数量,原值（元）,取得日期,折旧月数,存放地点,使用状况'

describe('a workbook of cards (A12-2)', () => {
  it('of 500 as clerks fill them in: five kinds of date, three of price; the five wrong cells are told at their place', async () => {
    const file = await asUpload(
      join(import.meta.dirname, '../../kernel/server/spreadsheet/fixtures/asset-cards-500.xlsx'),
      '卡片.xlsx',
    )
    const { id } = await call('keeper', 'readImport', { file })
    expect((await call('keeper', 'viewImport', { importId: id })).state).toBe('reading')
    await read(id)
    const seen = await call('keeper', 'viewImport', { importId: id })
    expect(seen).toMatchObject({ state: 'read', rows: 500, badRows: 5 })
    const { items } = await call('keeper', 'importProblems', { importId: id })
    expect(items.map(({ row, columnKey, code }) => [row, columnKey, code])).toEqual([
      [39, 'number', 'number-taken'],
      [113, 'acquiredOn', 'unreadable'],
      [224, 'costFen', 'unreadable'],
      [335, 'classCode', 'class-unknown'],
      [406, 'name', 'missing'],
    ])
    expect(await cardsOf()).toBe(0)
    expect(
      await refusalsOf(call('keeper', 'applyImport', { importId: id, version: seen.version, rows: 'all' })),
    ).toEqual(['rows-with-problems'])

    let now = seen
    const mend = async (row: number, cells: Record<string, string>) =>
      (now = await call('keeper', 'mendImportRow', { importId: id, row, cells }))
    await mend(39, { number: 'TYWW-90001' })
    await mend(113, { acquiredOn: '2024-01-13' })
    await mend(224, { costFen: '约4000' })
    expect(now.badRows).toBe(3)
    await mend(224, { costFen: '4,000元' })
    await mend(335, { classCode: 'A02010105' })
    expect(now).toMatchObject({ badRows: 1, problems: 1 })
    await expect(
      call('keeper', 'applyImport', { importId: id, version: seen.version, rows: 'in-order' }),
    ).rejects.toThrow(Conflict)
    await call('keeper', 'applyImport', { importId: id, version: now.version, rows: 'in-order' })
    await apply(id)
    await apply(id)
    expect(await call('keeper', 'viewImport', { importId: id })).toMatchObject({ state: 'applied', appliedRows: 499 })
    expect(await cardsOf()).toBe(499)
    const mended = await call('keeper', 'cards', { text: 'TYWW-00223' })
    expect(mended.items).toMatchObject([{ costFen: 400_000 }])
    expect((await call('keeper', 'viewCard', { cardId: mended.items[0]?.id as string })).holders).toHaveLength(1)
    expect(
      await refusalsOf(
        call('keeper', 'readImport', {
          file: await asUpload(
            join(import.meta.dirname, '../../kernel/server/spreadsheet/fixtures/asset-cards-500.xlsx'),
            '再来.xlsx',
          ),
        }),
      ),
    ).toEqual(['same-file'])
    await expect(call('other', 'viewImport', { importId: id })).rejects.toThrow(Missing)
  })

  it('codes of the edition before are told apart, AST-R03 and Art. 44 are judged in the row', async () => {
    const seen = await readFrom(
      await csv(
        [
          head,
          'B-1,空调,A0206180203,1,5000,2022-05-01,,主楼101,在用',
          'B-2,计算机,A02010105,1,5000,2022-05-01,12,主楼101,在用',
          'B-3,机密★计算机,A02010105,1,5000,2022-05-01,,主楼101,在用',
          'B-4,计算机,台式计算机,2,0.5万元,2022年5月1日,,主楼101,正常',
          '合计,,,,15000,,,,',
        ].join('\n'),
        '旧账.csv',
      ),
    )
    expect(seen).toMatchObject({ rows: 4, badRows: 3, skipped: [{ row: 6, reason: '合计行' }] })
    const { items } = await call('keeper', 'importProblems', { importId: seen.id })
    expect(items.map(({ row, code }) => [row, code])).toEqual([
      [2, 'class-unknown'],
      [3, 'AST-R03'],
      [4, 'A44-1'],
    ])
    expect(items[0]?.message).toContain('A02061804')
    expect(JSON.stringify(items)).not.toContain('★')
  })

  it('what is no table of cards, or no workbook, is told in words; nothing is left half done', async () => {
    const seen = await readFrom(await csv('姓名,电话\n甲,1', '通讯录.csv'))
    expect(seen).toMatchObject({ state: 'unreadable', rows: 0 })
    expect(seen.problem).toContain('没有找到资产卡片表')
    expect(
      (
        await readFrom(
          await csv(`${head.replace('原值（元）,', '')}\nC-1,计算机,A02010105,1,2022-05-01,,主楼,在用`, '缺列.csv'),
        )
      ).problem,
    ).toContain('原值')
    expect(await refusalsOf(call('keeper', 'readImport', { file: await csv('x', '说明.docx') }))).toEqual([
      'no-workbook',
    ])
    expect(await refusalsOf(call('reviewer', 'readImport', { file: await csv(head, '卡片.csv') }))).toContain('role')
  })

  it('10,000 wrong cells are told one by one, to the last, and a number taken meanwhile undoes the whole takeover', async () => {
    const wrong = Array.from({ length: 5000 }, (_, at) => `W-${at},计算机,A02010105,1,约五千,2022-02-30,,主楼101,在用`)
    const seen = await readFrom(await csv([head, ...wrong].join('\n'), '全错.csv'))
    expect(seen).toMatchObject({ rows: 5000, badRows: 5000, problems: 10_000 })
    const last = await call('keeper', 'importProblems', { importId: seen.id, after: '5000:1', limit: 10 })
    expect(last).toMatchObject({ total: 10_000, next: null })
    expect(last.items.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5001, 'E', 'unreadable'],
      [5001, 'F', 'unreadable'],
    ])
    expect(seen.may.apply?.map(({ code }) => code)).toEqual(['no-rows'])
    const good = await readFrom(
      await csv(
        `${head}\nD-1,计算机,A02010105,1,5000,2022-05-01,,主楼101,在用\nD-2,计算机,A02010105,1,5000,2022-05-01,,主楼101,在用`,
        '好.csv',
      ),
    )
    await call('keeper', 'applyImport', { importId: good.id, version: good.version, rows: 'all' })
    await registerDesktop({ number: 'D-2' })
    const before = await cardsOf()
    await expect(apply(good.id)).rejects.toThrow('编号')
    expect(await cardsOf()).toBe(before)
    expect((await call('keeper', 'viewImport', { importId: good.id })).state).toBe('read')
  })
})

describe('an import that was a mistake (A12-2)', () => {
  const takeBack = (importId: string, version: number, who = 'keeper') =>
    call(who, 'takeBackImport', { importId, version, reason: '传错了文件' })
  const run = (importId: string, on = today) =>
    jobs['assets.take-back-import']?.run(jobWork('keeper', { importId }, on))

  it('is taken back whole: nothing of it counts, the numbers are free, what was known until then stays to be seen', async () => {
    const before = await call('keeper', 'summary', {})
    const lines = ['R-1', 'R-2', 'R-3'].map((number) => `${number},计算机,A02010105,1,5000,2022-05-01,,主楼101,在用`)
    const good = await readFrom(await csv([head, ...lines].join('\n'), '错.csv'))
    expect(await refusalsOf(takeBack(good.id, good.version))).toEqual(['import-state'])
    await call('keeper', 'applyImport', { importId: good.id, version: good.version, rows: 'all' })
    await apply(good.id)
    const { items } = await call('keeper', 'cards', { text: 'R-' })
    expect(items).toHaveLength(3)
    const { version } = await call('keeper', 'viewImport', { importId: good.id })
    for (const who of ['reviewer', 'other']) await expect(takeBack(good.id, version, who), who).rejects.toThrow(Missing)
    expect(await refusalsOf(takeBack(good.id, version, 'head'))).toContain('role')
    await takeBack(good.id, version)
    await expect(takeBack(good.id, version)).rejects.toThrow(Conflict)
    await run(good.id)
    await run(good.id)
    expect(await call('keeper', 'viewImport', { importId: good.id })).toMatchObject({
      state: 'withdrawn',
      appliedRows: 3,
    })
    expect((await call('keeper', 'cards', { text: 'R-' })).items).toEqual([])
    expect(await call('keeper', 'summary', {})).toEqual(before)
    const cardId = items[0]?.id as string
    const { card, holders, events, may } = await call('keeper', 'viewCard', { cardId })
    expect(card).toMatchObject({ state: 'withdrawn', removedOn: '2022-05-01' })
    expect([holders, events.map(({ kind, reason }) => [kind, reason])]).toEqual([
      [],
      [
        ['withdrawn', '传错了文件'],
        ['registered', ''],
      ],
    ])
    expect(may.change).not.toBeNull()
    expect(
      await refusalsOf(
        call('keeper', 'changeCards', { cardIds: [cardId], effectiveOn: today, reason: '改', place: '主楼102' }),
      ),
    ).toEqual(['card-removed'])
    // The right workbook comes in with the same numbers, and so does the same one.
    const again = await readFrom(await csv([head, ...lines, ''].join('\n'), '对.csv'))
    expect(again).toMatchObject({ badRows: 0, sameRows: 0, rows: 3 })
    for (const { check, name } of checks) expect(await inTx((tx) => check(tx)), name).toMatchObject({ faults: [] })
  })

  it('is not taken back once something stands on a card of it', async () => {
    const lines = ['S-1', 'S-2'].map((number) => `${number},计算机,A02010105,1,5000,2022-05-01,,主楼101,在用`)
    const good = await readFrom(await csv([head, ...lines].join('\n'), '后悔.csv'))
    await call('keeper', 'applyImport', { importId: good.id, version: good.version, rows: 'all' })
    await apply(good.id)
    const { version } = await call('keeper', 'viewImport', { importId: good.id })
    await takeBack(good.id, version)
    // Somebody moves one of them before the work begins.
    const { items } = await call('keeper', 'cards', { text: 'S-1' })
    await call('keeper', 'changeCards', {
      cardIds: items.map(({ id }) => id),
      effectiveOn: today,
      reason: '搬迁',
      place: '主楼102',
    })
    await expect(run(good.id)).rejects.toThrow('S-1')
    const seen = await call('keeper', 'viewImport', { importId: good.id })
    expect(seen.state).toBe('applied')
    expect(await refusalsOf(takeBack(good.id, seen.version))).toEqual(['cards-touched'])
    expect((await call('keeper', 'cards', { text: 'S-' })).items).toHaveLength(2)
  })
})

describe('work that was given up', () => {
  const end = (runId: string | null, state: 'failed' | 'cancelled', problem: string | null) =>
    inTx((tx) => sql`update kernel.job_run set state = ${state}, problem = ${problem} where id = ${runId}`.execute(tx))

  it('leaves no import waiting for ever: unread it is unreadable, unapplied it is decided again', async () => {
    const { id, runId } = await call('keeper', 'readImport', {
      file: await csv(`${head}\nG-1,计算机,A02010105,1,5000,2022-05-01,,主楼101,在用`, '弃.csv'),
    })
    await read(id)
    const seen = await call('keeper', 'viewImport', { importId: id })
    expect(seen).toMatchObject({ state: 'read', rows: 1, badRows: 0 })
    const applying = await call('keeper', 'applyImport', { importId: id, version: seen.version, rows: 'all' })
    expect(applying.state).toBe('applying')
    await end(applying.runId, 'cancelled', null)
    expect((await call('keeper', 'viewImport', { importId: id })).state).toBe('read')
    const unread = await call('keeper', 'readImport', { file: await csv(`${head}\n`, '空.csv') })
    await end(unread.runId, 'failed', '任务未能完成')
    expect(await call('keeper', 'viewImport', { importId: unread.id })).toMatchObject({
      state: 'unreadable',
      problem: '任务未能完成',
    })
    expect(runId).not.toBeNull()
  })
})

describe('hand-over between custodians (A12-4, EQ-15)', () => {
  const offer = async () => {
    const cards = [await registerDesktop(), await registerDesktop()]
    const view = await call('keeper', 'offerHandover', {
      cardIds: cards.map(({ card }) => card.id),
      toPersonId: actors['staff']?.personId as string,
      reason: '人员调离',
    })
    return { view, ids: cards.map(({ card }) => card.id) }
  }

  it('waits in the receiver’s inbox, and only the receiver’s signature moves the things', async () => {
    const { view, ids } = await offer()
    const step = { handoverId: view.handover.id, version: view.handover.version }
    expect(await inboxOf('staff')).toContain(view.handover.caseId)
    expect(await refusalsOf(call('keeper', 'acceptHandover', step))).toEqual(['not-receiver'])
    await expect(call('driver', 'viewHandover', { handoverId: view.handover.id })).rejects.toThrow(Missing)
    await expect(call('other', 'acceptHandover', step)).rejects.toThrow(Missing)
    const accepted = await call('staff', 'acceptHandover', step)
    expect(accepted.handover).toMatchObject({ state: 'accepted', answeredOn: today })
    await expect(call('staff', 'acceptHandover', step)).rejects.toThrow(Conflict)
    const mine = await call('staff', 'myCards', {})
    expect(mine.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    const seen = await call('staff', 'viewCard', { cardId: ids[0] as string })
    expect(seen.holders.at(-1)).toMatchObject({ custodianName: actors['staff']?.name, from: today, until: null })
    expect(seen.may.change).not.toBeNull()
  })

  it('a thing is in one open hand-over; declined and withdrawn ones leave everything as it was', async () => {
    const { view, ids } = await offer()
    const toPersonId = actors['head']?.personId as string
    await expect(call('keeper', 'offerHandover', { cardIds: ids, toPersonId, reason: '再交' })).rejects.toThrow(
      Conflict,
    )
    const step = { handoverId: view.handover.id, version: view.handover.version }
    await call('staff', 'declineHandover', { ...step, opinion: '少一台显示器' })
    const again = await call('keeper', 'offerHandover', { cardIds: ids, toPersonId, reason: '再交' })
    await call('keeper', 'withdrawHandover', { handoverId: again.handover.id, version: again.handover.version })
    expect((await call('keeper', 'viewCard', { cardId: ids[0] as string })).card.custodianName).toBe('王丽娟')
    expect((await call('keeper', 'handovers', { state: 'withdrawn' })).items.map(({ id }) => id)).toContain(
      again.handover.id,
    )
    expect(
      await refusalsOf(
        call('keeper', 'offerHandover', {
          cardIds: ids,
          toPersonId: actors['other']?.personId as string,
          reason: '外单位',
        }),
      ),
    ).toEqual(['no-receiver'])
  })

  it('EQ-15 what stands in the name of somebody who went is a task for the keeper until it is handed over', async () => {
    const { view, ids } = await offer()
    await call('staff', 'acceptHandover', { handoverId: view.handover.id, version: view.handover.version })
    const remind = (on: string) => inActOf(null, remindOfLeavers, on)
    const staffId = actors['staff']?.personId as string
    const leftAt = async (who: string, on = today) =>
      (await call(who, 'leavers', {}, on)).items.filter(({ custodianId }) => custodianId === staffId)
    expect(await leftAt('keeper')).toEqual([])
    // The person's roles end with the year.
    await inTx((tx) =>
      sql`update people.holding set valid_until = '2026-12-31' where person_id = ${staffId} and valid_until is null`.execute(
        tx,
      ),
    )
    const later = '2027-01-04'
    const [left] = await leftAt('keeper', later)
    expect(left?.cards).toBeGreaterThanOrEqual(ids.length)
    expect(await leftAt('other', later)).toEqual([])
    expect(await remind(later)).toBe(1)
    expect(await remind(later)).toBe(0)
    expect((await noticesTo('keeper')).at(-1)).toContain(`${actors['staff']?.name}（${left?.cards}件）`)
    expect(await remind('2027-02-01')).toBe(1)
    await inTx((tx) =>
      sql`update people.holding set valid_until = null where person_id = ${staffId} and valid_until = '2026-12-31'`.execute(
        tx,
      ),
    )
  })

  it('a cursor that is none is refused in words', async () => {
    const after = 'nonsense'
    for (const name of ['handovers', 'imports', 'cards', 'depreciation'] as const)
      await expect(call('keeper', name, { after }), name).rejects.toThrow('翻页位置')
  })

  it('two signatures at once: one counts', async () => {
    const { view } = await offer()
    const step = { handoverId: view.handover.id, version: view.handover.version }
    const both = await Promise.allSettled([
      call('staff', 'acceptHandover', step),
      call('staff', 'acceptHandover', step),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})
