import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import yauzl from 'yauzl'
import { formatWanYuan } from '#kernel/pure/money.ts'
import { openCommandStage, type CommandStage } from './testing/command-stage.ts'

const fixtures = join(import.meta.dirname, '../../modules/plans/fixtures')
const clean = join(fixtures, '2027-demand-clean.xlsx')
const messy = join(fixtures, '2027-demand-messy.xlsx')
const clerk = 'xian.education.jingban'
const reviewer = 'xian.jihua'
const organ = '清徐县教育局'

let stage: CommandStage
beforeAll(async () => {
  stage = await openCommandStage({ planYears: '140121' })
}, 120_000)
afterAll(() => stage.close())

async function rows<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: stage.fresh.superuserUrl })
  await client.connect()
  return (await client.query<R>(text, values).finally(() => client.end())).rows
}
const linesOf = (name: string) =>
  rows<{ item_name: string; amount_fen: string }>(
    `select l.item_name, l.amount_fen from plans.demand_line l join plans.demand d on d.id = l.demand_id
     join organs.open_organ o on o.id = d.organ_id where o.name = $1 and d.year = 2027 order by l.line_no`,
    [name],
  )
const importing = (path: string, ...more: string[]) =>
  stage.run(clerk, 'plans', 'import-demand', path, '--organ', organ, '--year', '2027', ...more)

describe('what cannot be understood ends with 2, says in Chinese how to mend it, and changes nothing', () => {
  const cases: [why: string, user: string | null, argv: string[], says: RegExp][] = [
    ['nobody is named', null, ['plans', 'list'], /--as 用户名.*YUNBAO_USER/],
    ['an unknown account', 'nobody', ['plans', 'list'], /没有账号“nobody”/],
    ['an unknown option', clerk, ['plans', 'list', '--jsn'], /没有选项 --jsn。您要找的是不是 --json？/],
    ['an unknown command', clerk, ['plans', 'lst'], /没有命令 lst。您要找的是不是 list？/],
    ['no command', clerk, ['plans'], /请写明要执行的命令/],
    ['a missing option', clerk, ['plans', 'import-demand', clean, '--organ', organ], /缺少必须的选项 --year/],
    [
      'a year that is none',
      clerk,
      ['plans', 'show', '--organ', organ, '--year', '27'],
      /年度应为2021至2100的四位数字.*“27”/,
    ],
    [
      'a year not opened',
      clerk,
      ['plans', 'show', '--organ', organ, '--year', '2031'],
      /还没有开启2031年度.*已有年度：2026、2027/,
    ],
    [
      'a missing file',
      clerk,
      ['plans', 'import-demand', '没有.xlsx', '--organ', organ, '--year', '2027'],
      /没有找到文件 没有\.xlsx/,
    ],
    [
      'a name nearly right',
      reviewer,
      ['plans', 'show', '--organ', '清徐县教育厅', '--year', '2027'],
      /您要找的是不是：清徐县教育局？/,
    ],
    [
      'both ways of importing',
      clerk,
      ['plans', 'import-demand', clean, '--organ', organ, '--year', '2027', '--commit', '--dry-run'],
      /不能同时使用/,
    ],
    [
      'an answer to no question',
      clerk,
      ['plans', 'import-demand', clean, '--organ', organ, '--year', '2027', '--answer', 'hidden-99=skip'],
      /没有问题“hidden-99”/,
    ],
    [
      'a level not its own',
      reviewer,
      ['plans', 'review', '--jurisdiction', '140100', '--year', '2027'],
      /不能办理太原市（140100）的事项.*第六条/,
    ],
    [
      'a code of nowhere',
      reviewer,
      ['plans', 'review', '--jurisdiction', '999999', '--year', '2027'],
      /没有代码为“999999”的行政区划/,
    ],
    [
      'a day that is none',
      reviewer,
      ['plans', 'open', '--jurisdiction', '140121', '--year', '2028', '--opens', '2027-02-30'],
      /--opens .*日期应写作 2026-11-01 这样的有效日期，现为“2027-02-30”/,
    ],
    [
      'a form there is not',
      reviewer,
      ['plans', 'report', '--jurisdiction', '140121', '--year', '2026', '--out', 'a.doc'],
      /扩展名应为\.docx、\.pdf、\.xlsx、\.json之一/,
    ],
    [
      'neither organ nor level',
      reviewer,
      ['plans', 'report', '--year', '2026', '--out', 'a.pdf'],
      /--organ .*--jurisdiction/,
    ],
  ]
  test.each(cases)('%s', async (_, user, argv, says) => {
    const before = await linesOf(organ)
    const told = await stage.run(user, ...argv)
    expect([told.exitCode, told.out], told.err).toEqual([2, ''])
    expect(told.err).toMatch(says)
    const asJson = await stage.run(user, ...argv, '--json')
    expect(asJson.exitCode).toBe(2)
    expect(asJson.json()).toMatchObject({ ok: false, code: 'usage' })
    expect(await linesOf(organ)).toEqual(before)
  })
})

describe('import-demand', () => {
  test('a workbook with problems is refused by cell, asks of the hidden row, and stores nothing', async () => {
    const before = await linesOf(organ)
    const { exitCode, out } = await importing(messy)
    expect(exitCode).toBe(1)
    for (const cell of ['F9', 'H12', 'B13', 'F14', 'H14', 'E15']) expect(out).toContain(`需求申报表!${cell}：`)
    expect(out).toContain('--answer hidden-10=skip')
    expect(out).toContain('未导入任何一行。')
    const answered = await importing(messy, '--answer', 'hidden-10=skip', '--json')
    expect(answered.exitCode).toBe(1)
    expect(answered.json()).toMatchObject({ ok: false, rows: 12, questions: [], imported: null })
    expect(answered.json().problems.map(({ cell }: { cell: string }) => cell)).toEqual([
      'F9',
      'H12',
      'B13',
      'F14',
      'H14',
      'E15',
    ])
    expect(await linesOf(organ)).toEqual(before)
  })

  test('an annotated copy of it is a workbook', async () => {
    const path = join(stage.directory, 'annotated.xlsx')
    expect((await importing(messy, '--annotated', path)).exitCode).toBe(1)
    expect(await partOf(await readFile(path), 'xl/workbook.xml')).toContain('<sheets>')
  })

  test('another organ’s clerk, a driver and a reviewer are refused, and the denial is recorded', async () => {
    const before = await linesOf(organ)
    const denied = await stage.run(
      reviewer,
      'plans',
      'import-demand',
      clean,
      '--organ',
      organ,
      '--year',
      '2027',
      '--json',
    )
    expect(denied.exitCode).toBe(1)
    expect(denied.json()).toMatchObject({ ok: false, code: 'forbidden' })
    expect(
      (await stage.run('xian.education.jiashi', 'plans', 'import-demand', clean, '--organ', organ, '--year', '2027'))
        .exitCode,
    ).toBe(1)
    expect(await linesOf(organ)).toEqual(before)
    const [entry] = await rows<{ source: string }>(
      `select source from kernel.audit_entry where fact = 'kernel.denied' and operation = 'plans.previewImport' limit 1`,
    )
    expect(entry?.source).toMatch(/^命令行（系统用户 .+）$/)
  })

  test('a preview changes no line; then the clean workbook is stored whole, once, and the record says by whom and how', async () => {
    const before = await linesOf(organ)
    const preview = await importing(clean, '--dry-run')
    expect([preview.exitCode, await linesOf(organ)]).toEqual([0, before])
    const done = await importing(clean, '--json')
    expect(done.exitCode, done.err).toBe(0)
    expect(done.json()).toMatchObject({ ok: true, rows: 12, problems: [], imported: { rows: 12 } })
    const after = await linesOf(organ)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.length).toBe(before.length + 12)
    expect(after.reduce((sum, { amount_fen: fen }) => sum + Number(fen), 0)).toBe(done.json().imported.askedFen)
    const [entry] = await rows<{ person_name: string; acting_organ_name: string; source: string }>(
      `select person_name, acting_organ_name, source from kernel.audit_entry where fact = 'plans.import-applied'`,
    )
    expect(entry).toMatchObject({ acting_organ_name: organ, source: expect.stringContaining('命令行') })

    const again = await importing(clean)
    expect(again.exitCode).toBe(1)
    expect(again.out).toContain('申请里都已有')
    expect(await linesOf(organ)).toEqual(after)
    expect((await importing(clean, '--mode', 'replace')).exitCode).toBe(0)
    expect((await linesOf(organ)).length).toBe(12)
  })
})

describe('review', () => {
  const review = (user: string, ...more: string[]) =>
    stage.run(user, 'plans', 'review', '--jurisdiction', '140121', '--year', '2027', ...more)
  const decided = () =>
    rows<{ line_id: string }>(`select line_id from plans.review where decided_at is not null order by line_id`)

  test('a clerk may not', async () => {
    const told = await review(clerk)
    expect(told.exitCode).toBe(1)
    expect(told.err).toContain('审核需求申请由同级机关事务管理部门办理')
  })

  test('proposes for every submitted line without deciding any, then adopts only what needs no judgement', async () => {
    const before = await decided()
    const proposed = await review(reviewer, '--json')
    expect(proposed.exitCode, proposed.err).toBe(0)
    expect(proposed.err).toContain('生成审核建议')
    const said = proposed.json()
    const [submitted] = await rows<{ lines: string; demands: string }>(
      `select count(*) as lines, count(distinct d.id) as demands from plans.demand d join plans.demand_line l on l.demand_id = d.id
       where d.jurisdiction_code = '140121' and d.year = 2027 and d.state = 'submitted'`,
    )
    expect(Number(submitted?.lines)).toBeGreaterThan(0)
    expect([said.lines, said.demands.length]).toEqual([Number(submitted?.lines), Number(submitted?.demands)])
    const counted = Object.values(said.byOpinion as Record<string, number>).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(said.lines)
    expect([said.adopted, await decided()]).toEqual([0, before])

    const adopting = (await review(reviewer, '--adopt', '--json')).json()
    expect(adopting.adopted).toBeGreaterThan(0)
    expect(adopting.adopted + adopting.left).toBe(said.left)
    const now = await decided()
    expect(now.length).toBe(before.length + adopting.adopted)
    const added = now.filter((row) => !before.some((known) => known.line_id === row.line_id))
    const taken = await rows<{ opinion: string; findings: { outcome: string }[] }>(
      `select r.opinion, j.findings from plans.review r join kernel.judgement j on j.id = r.judgement_id where line_id = any($1)`,
      [added.map((row) => row.line_id)],
    )
    for (const { opinion, findings } of taken) {
      expect(['O1', 'O6']).toContain(opinion)
      expect(findings.every(({ outcome }) => outcome === 'ok')).toBe(true)
    }
    expect((await review(reviewer, '--adopt', '--json')).json().adopted).toBe(0)
  })
})

test('show tells what was asked, approved and cut, and why', async () => {
  const told = await stage.run(clerk, 'plans', 'show', '--organ', organ, '--year', '2026', '--json')
  expect(told.exitCode, told.err).toBe(0)
  const { demand, demandLines, ledgerLines } = told.json()
  expect(demandLines.length).toBe(demand.lineCount)
  for (const line of demandLines) {
    expect(line.cutFen).toBe(line.askedFen - line.approvedFen)
    if (line.cutFen > 0) expect(line.reason).toMatch(/[\u4e00-\u9fff]/)
  }
  expect(ledgerLines.length).toBeGreaterThan(0)
})

describe('report', () => {
  const report = (user: string, ...more: string[]) => stage.run(user, 'plans', 'report', '--year', '2026', ...more)

  test('the consolidated report is a .docx with the totals of the ledger, and is taken again the next time', async () => {
    const path = join(stage.directory, '汇总.docx')
    const told = await report(reviewer, '--jurisdiction', '140121', '--out', path, '--json')
    expect(told.exitCode, told.err).toBe(0)
    const [ledger] = await rows<{ planned: string; executed: string }>(
      `select sum(planned_fen) as planned, sum(executed_fen) as executed from ledger.line where jurisdiction_code = '140121' and year = 2026`,
    )
    const [planned, executed] = [Number(ledger?.planned), Number(ledger?.executed)]
    expect(executed).toBeGreaterThan(0)
    const { figures, drafted } = told.json()
    expect([drafted, figures.plannedFen + figures.adjustedFen, figures.executedFen]).toEqual([true, planned, executed])
    const text = (await partOf(await readFile(path), 'word/document.xml')).replace(/<[^>]*>/g, ' ')
    expect(text).toContain(formatWanYuan(executed))
    const asJson = join(stage.directory, '汇总.json')
    const again = (await report(reviewer, '--jurisdiction', '140121', '--out', asJson, '--json')).json()
    expect([again.drafted, again.report.id]).toEqual([false, told.json().report.id])
    expect(JSON.stringify(JSON.parse(await readFile(asJson, 'utf8')))).toContain(String(executed))
  })

  test('an organ’s own account makes its report as PDF; the authority cannot make it for the organ', async () => {
    const path = join(stage.directory, '教育局.pdf')
    const other = await report(reviewer, '--organ', organ, '--out', path)
    expect([other.exitCode, other.err]).toEqual([2, expect.stringContaining('报告由该机关编制')])
    const told = await report(clerk, '--organ', organ, '--out', path)
    expect(told.exitCode, told.err).toBe(0)
    expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

/** The text of one part of a zip file. */
async function partOf(zipFile: Buffer, name: string): Promise<string> {
  const zip = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(zipFile, { lazyEntries: true })
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => reject(new Error(`no ${name} in the file`)))
    zip.on('entry', (entry: yauzl.Entry) => {
      if (entry.fileName !== name) return zip.readEntry()
      zip.openReadStream(entry, (error, stream) =>
        error
          ? reject(error)
          : stream.toArray().then((parts) => resolve(Buffer.concat(parts).toString('utf8')), reject),
      )
    })
    zip.readEntry()
  })
}
