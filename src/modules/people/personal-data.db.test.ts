import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, transaction } from '#kernel/server/database.ts'
import { Conflict, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testActor, testKeyring } from '#kernel/testing/act.ts'
import { boundTo } from '#kernel/server/sealing/sealed-column.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { personalColumns } from './store/personal-data.ts'
import { idOf, openDesk, type Desk } from './testing/desk.ts'

let desk: Desk
const { ask } = { ask: ((...given) => desk.ask(...given)) as Desk['ask'] }
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.fresh.drop())
beforeEach(async () => {
  await desk.fresh.db.pool.query('delete from people.personal_data')
})

const clerk = 'shi.education.jingban'
const mobile = '13934567890'
const identityNumber = '11010519491231002X'
const setMine = (username = clerk, given: object = {}) =>
  ask(username, 'changeMyData', { mobile, officePhone: '0351-4567890', ...given })
const fieldsOf = ({ fields }: { fields: { field: string; value: string | null }[] }) =>
  Object.fromEntries(fields.map(({ field, value }) => [field, value]))
const rows = async (statement: string, ...values: unknown[]) =>
  (await desk.fresh.db.pool.query(statement, values)).rows as Record<string, unknown>[]
const factsOf = (fact: string) => rows('select * from kernel.audit_entry where fact = $1 order by id', fact)

describe('one’s own data', () => {
  it('G13 is kept sealed with a blind index, each value under its own row, and refuses clear text', async () => {
    const mine = await setMine()
    expect(fieldsOf(mine.personal)).toEqual({ mobile, officePhone: '0351-4567890', identityNumber: null })
    const [row] = await rows('select * from people.personal_data where person_id = $1', idOf(clerk))
    expect(String(row?.['mobile'])).toMatch(/^y1\.gm\.[0-9a-f]{8}\./)
    expect(
      testKeyring.open('person-mobile', String(row?.['mobile']), boundTo(personalColumns.mobile, idOf(clerk))),
    ).toBe(mobile)
    expect(() =>
      testKeyring.open('person-mobile', String(row?.['mobile']), boundTo(personalColumns.mobile, idOf('shi.jihua'))),
    ).toThrow(/无法解密/)
    expect(row?.['mobile_index']).toEqual(testKeyring.blindIndex('person-mobile', mobile))
    for (const column of ['mobile', 'office_phone'])
      await expect(rows(`update people.personal_data set ${column} = '13934567890'`)).rejects.toThrow(/sealed_text/)
  })

  it('is changed by whoever saw it last; a second window is told', async () => {
    await setMine()
    const { version } = (await ask(clerk, 'myData')).personal
    await ask(clerk, 'changeMyData', { mobile: '13700001111', officePhone: '' }, version)
    await expect(ask(clerk, 'changeMyData', { mobile: '13700002222', officePhone: '' }, version)).rejects.toThrow(
      Conflict,
    )
    const sides = await Promise.allSettled(
      ['13600001111', '13600002222'].map((one) =>
        ask(clerk, 'changeMyData', { mobile: one, officePhone: '' }, version + 1),
      ),
    )
    expect(sides.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(fieldsOf((await ask(clerk, 'myData')).personal)['officePhone']).toBe(null)
  })

  it('PIPL Art. 45 is exported whole, as data and as workbook, and the export is recorded', async () => {
    await setMine()
    const { body, fileName } = (await ask(clerk, 'myDataFile', { format: 'json' })) as {
      body: Buffer
      fileName: string
    }
    const kept = JSON.parse(body.toString())
    expect(Object.keys(kept)).toEqual([
      'person',
      'account',
      'personalData',
      'holdings',
      'corrections',
      'sessions',
      'readings',
      'acts',
    ])
    expect(kept.personalData).toEqual({ mobile, officePhone: '0351-4567890', identityNumber: null })
    expect(kept.holdings.map(({ role }: { role: string }) => role).toSorted()).toEqual(['asset-keeper', 'organ-clerk'])
    expect(kept.acts.map(({ fact }: { fact: string }) => fact)).toContain('people.personal-data-changed')
    expect(body.toString()).not.toMatch(/argon2|token_?hash/i)
    expect(fileName).toMatch(/^个人信息-.*\.json$/)
    const workbook = (await ask(clerk, 'myDataFile', { format: 'xlsx' })) as { body: AsyncIterable<Buffer> }
    const bytes: Buffer[] = []
    for await (const chunk of workbook.body) bytes.push(chunk)
    expect(Buffer.concat(bytes).subarray(0, 2).toString()).toBe('PK')
    expect((await factsOf('people.own-data-exported')).length).toBe(2)
  })
})

describe('another’s data', () => {
  it('G12 is masked in list and detail; the whole number is shown for a purpose and leaves a row without it', async () => {
    await setMine()
    const seen = await ask('shi.jihua', 'personalData', { personId: idOf(clerk) })
    expect(fieldsOf(seen)).toEqual({ mobile: '139****7890', officePhone: '0351-4567890', identityNumber: null })
    const listed = (await ask('shi.jihua', 'people', { limit: 200 })).items.find(({ id }) => id === idOf(clerk))
    expect([listed?.mobile, listed?.officePhone]).toEqual(['139****7890', '0351-4567890'])
    const reading = { personId: idOf(clerk), field: 'mobile', purpose: 'emergency' }
    expect(await ask('shi.juzhang', 'readPersonalData', reading)).toEqual({ value: mobile })
    const [row] = (await factsOf('people.personal-data-read')).slice(-1)
    expect(row).toMatchObject({
      subject_id: idOf(clerk),
      person_name: '郭建平',
      basis: { field: 'mobile', purpose: '应急处置' },
    })
    expect(JSON.stringify(row)).not.toContain(mobile)
    // The person sees who looked, and for what.
    expect((await ask(clerk, 'myData')).readings[0]).toMatchObject({
      byName: '郭建平',
      field: 'mobile',
      purpose: '应急处置',
    })
  })

  it('G12 the system administrator sees it masked only, others nothing; other levels not even the person', async () => {
    await setMine()
    await ask('shi.xitong', 'setPersonalData', { personId: idOf(clerk), identityNumber: '110105 19491231 002x' })
    expect(fieldsOf(await ask('shi.xitong', 'personalData', { personId: idOf(clerk) }))).toEqual({
      mobile: '139****7890',
      officePhone: '0351-4567890',
      identityNumber: '1101************2X',
    })
    expect(fieldsOf(await ask('shi.education.zhigong', 'personalData', { personId: idOf(clerk) }))).toEqual({
      mobile: null,
      officePhone: '0351-4567890',
      identityNumber: null,
    })
    for (const [username, field] of [
      ['shi.xitong', 'identityNumber'],
      ['shi.xitong', 'mobile'],
      ['shi.juzhang', 'identityNumber'],
      ['shi.education.zhigong', 'mobile'],
      ['shi.anquan', 'mobile'],
    ] as const)
      await expect(
        ask(username, 'readPersonalData', { personId: idOf(clerk), field, purpose: 'duty' }),
      ).rejects.toThrow(Forbidden)
    for (const username of ['sheng.juzhang', 'xian.juzhang', 'shi.police.jingban'])
      await expect(ask(username, 'personalData', { personId: idOf(clerk) })).rejects.toThrow(Missing)
  })

  it('is registered by the system administrator of the level alone, and not for himself', async () => {
    const given = { personId: idOf(clerk), identityNumber }
    for (const username of ['shi.anquan', 'shi.juzhang', 'shi.education.fuze', clerk])
      await expect(ask(username, 'setPersonalData', given)).rejects.toThrow(Forbidden)
    await expect(ask('xian.xitong', 'setPersonalData', given)).rejects.toThrow(Missing)
    await expect(ask('shi.xitong', 'setPersonalData', { ...given, personId: idOf('shi.xitong') })).rejects.toThrow(
      Forbidden,
    )
  })

  it('GB/T 22239 8.1.4.1 a one identity number is registered once, also of two at once', async () => {
    const others = ['shi.education.fuze', 'shi.education.zhigong', 'shi.education.jiashi']
    const sides = await Promise.allSettled(
      others.map((username) => ask('shi.xitong', 'setPersonalData', { personId: idOf(username), identityNumber })),
    )
    expect(sides.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const side of sides) if (side.status === 'rejected') expect(side.reason).toBeInstanceOf(Refused)
    const kept = await rows('select person_id from people.personal_data where identity_number is not null')
    expect(kept).toHaveLength(1)
  })

  it('is found by the whole number only, by whom it would be shown to, and the search is recorded without it', async () => {
    await setMine()
    await setMine('xian.education.jingban')
    const found = async (username: string, number: string) =>
      (await ask(username, 'findPerson', { number })).items.map(({ id }) => id)
    expect(await found('shi.xitong', '139 3456 7890')).toEqual([idOf(clerk)])
    expect(await found('shi.jihua', mobile)).toEqual([idOf(clerk)])
    expect(await found('shi.education.fuze', mobile)).toEqual([idOf(clerk)])
    expect(await found('shi.police.jingban', mobile)).toEqual([])
    expect(await found('sheng.xitong', mobile)).toEqual([])
    await expect(ask('shi.education.zhigong', 'findPerson', { number: mobile })).rejects.toThrow(Forbidden)
    await expect(ask('shi.xitong', 'findPerson', { number: '1393456' })).rejects.toThrow(/完整/)
    const [row] = (await factsOf('people.person-searched')).slice(-1)
    expect(JSON.stringify(row)).not.toContain(mobile)
  })
})

describe('a correction', () => {
  const asked = (field: string, wanted: string) => ask(clerk, 'askCorrection', { field, wanted, reason: '见身份证' })
  it('is asked once, opened by the system administrator of the level, decided once, and its content goes', async () => {
    const { id } = await asked('post', '办公室主任')
    await expect(asked('post', '办公室主任')).rejects.toThrow(/正在办理/)
    const told = await rows(`select text, roles from kernel.notification where link = $1`, `/people/corrections/${id}`)
    expect(told).toEqual([{ text: '太原市教育局有人申请更正职务，请办理。', roles: ['system-administrator'] }])
    for (const username of ['shi.anquan', 'shi.juzhang', clerk])
      await expect(ask(username, 'openCorrection', { correctionId: id })).rejects.toThrow(Forbidden)
    await expect(ask('xian.xitong', 'openCorrection', { correctionId: id })).rejects.toThrow(Missing)
    const opened = await ask('shi.xitong', 'openCorrection', { correctionId: id })
    expect(opened).toMatchObject({ content: { wanted: '办公室主任', reason: '见身份证' }, may: { decide: null } })
    expect((await factsOf('kernel.sealed-record-opened')).at(-1)).toMatchObject({
      subject_id: id,
      basis: { purpose: '办理更正申请' },
    })
    const sides = await Promise.allSettled(
      [1, 2, 3].map(() => ask('shi.xitong', 'decideCorrection', { correctionId: id, decision: 'done' })),
    )
    expect(sides.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await ask(clerk, 'myData')).person.post).toBe('办公室主任')
    const [sealed] = await rows('select content, withdrawn_at from kernel.sealed_record where subject_id = $1', id)
    expect([sealed?.['content'], sealed?.['withdrawn_at'] instanceof Date]).toEqual([null, true])
    expect((await ask('shi.xitong', 'openCorrection', { correctionId: id })).content).toBe(null)
  })

  it('of an identity number is sealed while it waits and afterwards', async () => {
    await expect(asked('identityNumber', '110105194912310021')).rejects.toThrow(/18位/)
    const { id } = await asked('identityNumber', identityNumber)
    await ask('shi.xitong', 'decideCorrection', { correctionId: id, decision: 'done' })
    expect(fieldsOf((await ask(clerk, 'myData')).personal)['identityNumber']).toBe(identityNumber)
    const written = await rows(`select before, after, basis from kernel.audit_entry`)
    expect(JSON.stringify(written)).not.toContain(identityNumber)
  })

  it('is declined with a reason, withdrawn by its person alone, and nobody decides his own', async () => {
    const { id } = await asked('name', '新名字')
    await expect(ask('shi.xitong', 'decideCorrection', { correctionId: id, decision: 'declined' })).rejects.toThrow(
      /写明理由/,
    )
    await expect(ask('shi.education.fuze', 'withdrawCorrection', { correctionId: id })).rejects.toThrow(Missing)
    await ask(clerk, 'withdrawCorrection', { correctionId: id })
    await expect(ask('shi.xitong', 'decideCorrection', { correctionId: id, decision: 'done' })).rejects.toThrow(
      /已撤回/,
    )
    const own = await ask('shi.xitong', 'askCorrection', { field: 'post', wanted: '信息中心主任', reason: '任命' })
    await expect(ask('shi.xitong', 'decideCorrection', { correctionId: own.id, decision: 'done' })).rejects.toThrow(
      Forbidden,
    )
    await expect(ask('shi.xitong', 'openCorrection', { correctionId: own.id })).rejects.toThrow(Forbidden)
    const { items } = await ask('shi.xitong', 'corrections', { state: 'asked' })
    expect(items[0]?.id).toBe(own.id)
    expect(items.map((item) => item.id)).not.toContain(id)
  })

  it('G7 a request is reached through the second wall by its person and by the authority of its level alone', async () => {
    const { id } = await asked('post', '主任')
    const app = openDatabase(desk.fresh.appUrl, { max: 1 })
    const organ = (organKey: string, jurisdictionCode: string) => ({
      id: demonstrationOrganId(organKey),
      name: '',
      jurisdictionCode,
      jurisdictionName: '',
      level: 'city' as const,
      parts: [],
    })
    const seenAt = async (organKey: string, jurisdictionCode = '140100', personId = idOf('nobody')) => {
      const actor = { ...testActor(organ(organKey, jurisdictionCode), ['system-administrator']), personId }
      const { rows: seen } = await transaction(
        app,
        (tx) => sql`select from people.correction where state = 'asked' and person_id = ${idOf(clerk)}`.execute(tx),
        { scope: scopeOf(actor) },
      )
      return seen.length
    }
    try {
      expect([await seenAt('taiyuan-authority'), await seenAt('taiyuan-education', '140100', idOf(clerk))]).toEqual([
        1, 1,
      ])
      expect([await seenAt('taiyuan-education'), await seenAt('taiyuan-finance')]).toEqual([0, 0])
      expect([await seenAt('province-authority', '140000'), await seenAt('qingxu-authority', '140121')]).toEqual([0, 0])
    } finally {
      await app.close()
      await ask(clerk, 'withdrawCorrection', { correctionId: id })
    }
  })

  it('G7 a sealed record is read by nobody through the second wall, whatever the role', async () => {
    await asked('post', '主任')
    const app = openDatabase(desk.fresh.appUrl, { max: 1 })
    try {
      for (const role of ['system-administrator', 'authority-leader', 'audit-administrator'] as const) {
        const actor = testActor(
          {
            id: idOf('x'),
            name: '',
            jurisdictionCode: '140100',
            jurisdictionName: '',
            level: 'city',
            parts: ['authority'],
          },
          [role],
        )
        const seen = await transaction(app, (tx) => sql`select from kernel.sealed_record`.execute(tx), {
          scope: scopeOf(actor),
        })
        expect([role, seen.rows.length]).toEqual([role, 0])
      }
    } finally {
      await app.close()
    }
  })
})
