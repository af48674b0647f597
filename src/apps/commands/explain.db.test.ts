import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCommandStage, type CommandStage } from './testing/command-stage.ts'

const clerk = 'xian.education.jingban'
const reviewer = 'xian.jihua'

let stage: CommandStage
/** A cut line of a closed review of another organ, with what it is called. */
let cut: { number: string; id: string; demand: string; line: number; notice: string; organ: string }
beforeAll(async () => {
  stage = await openCommandStage({ planYears: '140121' })
  const [found] = await rows<
    typeof cut
  >(`select k.number, k.id, d.number as demand, l.line_no as line, n.number as notice, o.name as organ
    from kernel.decision k join plans.demand_line l on l.id = k.subject_id join plans.demand d on d.id = l.demand_id
    join plans.notice n on n.demand_id = d.id join organs.open_organ o on o.id = d.organ_id
    where k.kind = 'plans.review-line' and d.state = 'reviewed' and k.outcome = 'needs-approval' and o.name not like '%教育%'
    order by k.number limit 1`)
  if (!found) throw new Error('the demonstration has no cut line')
  cut = found
}, 180_000)
afterAll(() => stage.close())

async function rows<R extends pg.QueryResultRow>(text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: stage.fresh.superuserUrl })
  await client.connect()
  return (await client.query<R>(text).finally(() => client.end())).rows
}

describe('yunbao explain (A8-1, A33-1)', () => {
  test('tells article, standard with dates and source, inputs, arithmetic, result, who and when, and replays', async () => {
    const { exitCode, out } = await stage.run(reviewer, 'explain', cut.number)
    expect(exitCode).toBe(0)
    for (const part of [
      cut.number,
      cut.organ,
      '《山西省机关运行保障条例》第三十三条第一款',
      '标准：便携式计算机：不超过编制内实有人数的50%',
      '财资〔2016〕27号',
      '自 2016-07-01 起施行',
      '输入：申请数量：',
      '计算：数量上限：⌊',
      '决定人：',
      '重放：重放一致',
    ])
      expect(out).toContain(part)
  })

  test('--json is one document, with what would differ today where asked', async () => {
    const told = (await stage.run(reviewer, 'explain', cut.number, '--today', '--json')).json()
    expect(told).toMatchObject({ ok: true, decision: { number: cut.number }, replay: { result: 'equal' } })
    expect(told.today).toMatchObject({ differences: [], changedStandards: [] })
    expect(told.explanation.join('')).toContain('第三十三条')
    expect((await stage.run(reviewer, 'explain', cut.id, '--json')).json().decision.number).toBe(cut.number)
  })

  test('a notice and an application list their decisions; a line of it tells its own', async () => {
    const ofNotice = (await stage.run(reviewer, 'explain', cut.notice, '--json')).json()
    expect(ofNotice.decisions.map(({ number }: { number: string }) => number)).toContain(cut.number)
    const table = await stage.run(reviewer, 'explain', cut.demand)
    expect(table.out).toContain(cut.number)
    const ofLine = (await stage.run(reviewer, 'explain', `${cut.demand}#${cut.line}`, '--json')).json()
    expect(ofLine.decision.number).toBe(cut.number)
  })

  test.each([
    ['another organ', clerk, () => [cut.number], 1],
    ['a security auditor', 'shi.shenjiyuan', () => [cut.number], 1],
    ['nobody', null, () => [cut.number], 2],
    ['a number that is none', reviewer, () => ['JD-2027-00000000-9999'], 1],
    ['a word that is nothing', reviewer, () => ['随便'], 2],
    ['a line that is not there', reviewer, () => [`${cut.demand}#999`], 2],
  ] as const)('%s is told so in Chinese and nothing else', async (_, user, argv, exitCode) => {
    const said = await stage.run(user, 'explain', ...argv())
    expect([said.exitCode, said.out]).toEqual([exitCode, ''])
    expect(said.err).toMatch(/[\u4e00-\u9fff]/)
    expect(said.err).not.toContain(cut.organ)
  })
})

describe('yunbao verify', () => {
  const checksOf = async (...more: string[]) => {
    const said = await stage.run(null, 'verify', '--json', ...more)
    const { checks } = said.json() as { checks: { name: string; checked: number; faults: string[] }[] }
    const of = (name: string) => checks.find((check) => check.name === name)
    return { exitCode: said.exitCode, replay: of('decision-replay'), digests: of('decision-digests') }
  }
  test('A8-1 replays every decision of the demonstration, or a sample', async () => {
    const [{ count = 0 } = {}] = await rows<{ count: number }>(
      `select count(distinct judgement_id)::int as count from kernel.decision`,
    )
    const all = await checksOf('--decisions', 'all')
    expect([all.exitCode, all.replay?.checked, all.replay?.faults]).toEqual([0, count, []])
    expect(all.digests?.checked).toBeGreaterThan(count - 1)
    const sample = await checksOf()
    expect([sample.exitCode, sample.replay?.faults]).toEqual([0, []])
    expect(sample.replay?.checked).toBeGreaterThan(0)
    expect((await stage.run(null, 'verify', '--decisions', 'some')).exitCode).toBe(2)
  })
  test('A44-1 decisions withdraw empties what was decided on a matter, once; that it was decided stays, and all still verifies', async () => {
    const [other] = await rows<{ number: string; title: string }>(`select number, title from kernel.decision
      where subject_id <> (select subject_id from kernel.decision where id = '${cut.id}') and title is not null order by number limit 1`)
    const withdraw = (decision: string, ground = '填报内容涉密') =>
      stage.run(null, 'decisions', 'withdraw', '--decision', decision, '--ground', ground, '--json')
    expect((await withdraw('JD-2026-00000000-9999')).exitCode).toBe(2)
    expect((await withdraw(other?.number ?? '', ' ')).exitCode).toBe(2)
    const done = await withdraw(other?.number ?? '')
    expect([done.exitCode, done.json()]).toMatchObject([0, { ok: true, decision: other?.number }])
    expect((await withdraw(other?.number ?? '')).exitCode).toBe(2)
    const [left] = await rows<
      Record<string, unknown>
    >(`select d.title, j.inputs, d.decided_by_name from kernel.decision d
      join kernel.judgement j on j.id = d.judgement_id where d.number = '${other?.number}'`)
    expect(left).toEqual({ title: null, inputs: null, decided_by_name: expect.stringMatching(/./) })
    const [trace] = await rows<{ source: string; after: unknown }>(
      `select source, after from kernel.audit_entry where fact = 'kernel.decisions-purged'`,
    )
    expect(trace?.source).toContain('命令行')
    expect(JSON.stringify(trace)).not.toContain(other?.title)
    const after = await checksOf('--decisions', 'all')
    expect([after.exitCode, after.replay?.faults, after.digests?.faults]).toEqual([0, [], []])
  })
  test('A44-1 files withdraw takes an attachment and its name out, once and for all; all still verifies', async () => {
    const kept = { id: '01990000-0000-7000-8000-000000000001', sha256: 'ab'.repeat(32) }
    await rows(`insert into kernel.stored_file (sha256, size_bytes, media_type, stored_at)
      values ('${kept.sha256}', 5, 'text/plain', now())`)
    await rows(`insert into kernel.attachment (id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256,
        uploaded_by_name, uploaded_at)
      select '${kept.id}', 'plans.demand', id, organ_id, jurisdiction_code, '代号.txt', '${kept.sha256}', '张三', now()
      from kernel.decision where id = '${cut.id}'`)
    const withdraw = (file: string, ground = '附件涉密') =>
      stage.run(null, 'files', 'withdraw', '--file', file, '--ground', ground, '--json')
    for (const file of ['x', 'f'.repeat(64), '00000000-0000-7000-8000-000000000000'])
      expect((await withdraw(file)).exitCode).toBe(2)
    expect((await withdraw(kept.id, ' ')).exitCode).toBe(2)
    for (const file of [kept.id, kept.sha256]) {
      const done = await withdraw(file)
      expect([done.exitCode, done.json()]).toMatchObject([0, { ok: true, sha256: kept.sha256 }])
    }
    const left = await rows<{ name: string }>(`select file_name as name from kernel.attachment where id = '${kept.id}'`)
    expect(left).toEqual([{ name: '（内容已依法撤除）' }])
    const { checks } = (await stage.run(null, 'verify', '--json')).json() as {
      checks: { name: string; faults: string[] }[]
    }
    expect(checks.flatMap(({ faults }) => faults)).toEqual([])
  })
  test('A8-1 a changed input shows in the replay, a changed opinion in the digest; exit code 1', async () => {
    await rows(`alter table kernel.judgement disable trigger user`)
    await rows(`update kernel.judgement j set inputs = replace(j.inputs::text, '"staffInPost":', '"staffInPost":1')::json
      from kernel.decision d where d.judgement_id = j.id and d.id = '${cut.id}'`)
    const after = await checksOf('--decisions', 'all')
    expect(after.exitCode).toBe(1)
    expect(after.replay?.faults.join()).toContain(cut.number)
    expect(after.digests?.faults.join()).toContain(cut.number)
    const told = await stage.run(reviewer, 'explain', cut.number)
    expect(told.exitCode).toBe(1)
    expect(told.out).toContain('重放：重放不一致')
  })
})
