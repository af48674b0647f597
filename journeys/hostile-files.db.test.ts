import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { knownSignature, openScanner, type ScannerForTest } from '#kernel/testing/scanner.ts'
import { hostileFiles, type HostileFile } from './hostile-files.ts'
import { contract as assets } from '#modules/assets/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, sessionAt } from './visit.ts'

/**
 * G15: every operation of every module that takes a file, given files made to harm: each is answered in words within ten
 * seconds, the memory of the process stays where it was, and other people go on working meanwhile.
 */
let stage: StageForTest
let uploads: Operation[]
let files: HostileFile[]
let scanner: ScannerForTest
let cardId: string
beforeAll(async () => {
  scanner = await openScanner()
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00', clamd: scanner.address })
  uploads = stage.application.ground.modules
    .flatMap((module) => Object.values(module.contract))
    .filter(({ kind }) => kind === 'upload')
  files = await hostileFiles()
  const calendar = {
    demandOpensOn: '2026-11-01',
    demandClosesOn: '2026-12-01',
    reviewUntil: '2026-12-15',
    planUntil: '2026-12-28',
  }
  const reviewer = await callerAt(stage.address, 'shi.jihua')
  const opened = await reviewer(plans.openCycle, { year: 2027, calendar, standardsOn: '2026-11-01' })
  expect(opened.status).toBe(200)
  const keeper = await callerAt(stage.address, 'shi.education.jingban')
  const registered = await keeper(assets.registerCard, {
    number: 'FY-1',
    classCode: 'A02020100',
    name: '复印机',
    costFen: 498_000,
    acquiredOn: '2018-05-08',
    bookedOn: '2018-05-12',
    place: '主楼205',
  })
  expect(registered.status).toBe(200)
  cardId = registered.body.card.id
}, 300_000)
afterAll(async () => {
  await stage?.close()
  scanner?.close()
})

const label = ({ module, name }: Operation) => `${module}.${name}`
const nowhere = '00000000-0000-7000-8000-000000000001'

/** Who may send a file there, and what it goes with: so that it is read, not only refused at the door. */
async function sender(
  operation: Operation,
): Promise<{ username: string; fields: Record<string, string>; known?: boolean }> {
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    (await transaction(stage.application.ground.db, (tx) => query.execute(tx), { scope: systemScope })).rows[0]?.id ??
    nowhere
  switch (label(operation)) {
    case 'plans.previewImport':
      return {
        username: 'shi.education.jingban',
        fields: {
          demandId: await one(sql`select d.id from plans.demand d join organs.organ o on o.id = d.organ_id
          where d.state = 'draft' and d.jurisdiction_code = '140100' order by (o.name like '%教育局') desc, d.id desc limit 1`),
        },
      }
    case 'record.attach':
      return {
        username: 'shi.jihua',
        fields: {
          caseId: await one(
            sql`select id from kernel.case_item where jurisdiction_code = '140100' and closed_at is null order by id desc limit 1`,
          ),
        },
      }
    case 'ledger.importExecutions':
      return { username: 'shi.education.jingban', fields: { year: '2026' } }
    case 'calendar.loadNoticeFile':
      return {
        username: 'sheng.xitong',
        fields: { year: '2031', document: '国办发明电〔2030〕1号', issuedOn: '2026-11-01' },
      }
    case 'assets.attachCardFile':
      return { username: 'shi.education.jingban', fields: { cardId } }
    case 'assets.readImport':
    case 'consumables.importItems':
      return { username: 'shi.education.jingban', fields: {} }
    case 'regulations.readText':
      return { username: 'shi.jihua', fields: {} }
    default: // an operation that this table has not met: it must answer in words all the same
      return { username: 'shi.jihua', fields: {}, known: false }
  }
}

type Answer = { status: number; type: string; text: string; seconds: number }

async function send(
  operation: Operation,
  cookie: string,
  fields: Record<string, string>,
  name: string,
  content: Blob,
): Promise<Answer> {
  const inPath = Object.fromEntries(
    [...operation.path.matchAll(/:([a-zA-Z]+)/g)].map(([, key = '']) => [key, fields[key] ?? nowhere]),
  )
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) if (!(key in inPath)) form.set(key, value)
  form.set('file', content, name)
  const startedAt = performance.now()
  const response = await fetch(`${stage.address}${urlOf(operation, inPath).url}`, {
    method: 'POST',
    headers: { cookie },
    body: form,
  })
  const text = await response.text()
  const seconds = (performance.now() - startedAt) / 1000
  return { status: response.status, type: response.headers.get('content-type') ?? '', text, seconds }
}

/** In words, nothing of the inside, in time. */
function expectAnswered(what: string, { status, type, text, seconds }: Answer, mayBeTaken: boolean) {
  expect(
    [what, status === 200 ? mayBeTaken : status >= 400 && status < 500],
    `${status} ${text.slice(0, 300)}`,
  ).toEqual([what, true])
  expect([what, seconds < 10], `${seconds} s`).toEqual([what, true])
  if (status === 200) return
  expect([what, type]).toEqual([what, 'application/problem+json; charset=utf-8'])
  expect((JSON.parse(text) as { detail: string }).detail, what).toMatch(/\p{Script=Han}.*。/u)
  expect(text, what).not.toMatch(/root:|\bat .+\.ts:\d+|node_modules|\/tmp\//)
}

test(
  'G15 hostile files are refused in words, in time and in little memory, while others work on',
  { timeout: 120_000 },
  async () => {
    expect(uploads.map(label)).toContain('plans.previewImport')
    const bystander = await sessionAt(stage.address, 'shi.juzhang')
    const cold = process.memoryUsage().rss
    // Each reader has run once: what its code takes is not what a hostile file takes.
    const plain = files.find(({ what }) => what.startsWith('formulas')) as HostileFile
    for (const operation of uploads) {
      const { username, fields } = await sender(operation)
      await send(
        operation,
        await sessionAt(stage.address, username),
        fields,
        '附件.xlsx',
        new Blob([plain.bytes as never]),
      )
    }
    let done = false
    let served = 0
    let most = process.memoryUsage().rss
    const before = most
    const others = (async () => {
      while (!done) {
        const response = await fetch(`${stage.address}/api/v1/cases/inbox`, { headers: { cookie: bystander } })
        expect(response.status).toBe(200)
        await response.arrayBuffer()
        served++
        most = Math.max(most, process.memoryUsage().rss)
        await new Promise((go) => setTimeout(go, 20))
      }
    })()
    let sent = 0
    for (const operation of uploads) {
      const { username, fields, known = true } = await sender(operation)
      const cookie = await sessionAt(stage.address, username)
      const queue = [...files]
      await Promise.all(
        [1, 2].map(async () => {
          for (let file = queue.shift(); file; file = queue.shift()) {
            const { what, extension, bytes, harmless } = file
            const answer = await send(operation, cookie, fields, `附件.${extension}`, new Blob([bytes as never]))
            expectAnswered(`${label(operation)}: ${what}.${extension}`, answer, harmless === true)
            if (known) expect([401, 403, 404], `${label(operation)} refuses its sender`).not.toContain(answer.status)
            sent++
          }
        }),
      )
    }
    done = true
    await others
    const grownMiB = Math.round((most - before) / 1024 / 1024)
    const fromColdMiB = Math.round((most - cold) / 1024 / 1024)
    console.log(
      `hostile files: ${sent} sent, ${served} requests of others served, memory at most ${grownMiB} MiB above, ${fromColdMiB} MiB above a process that had read none`,
    )
    expect(sent).toBe(uploads.length * files.length)
    expect(served).toBeGreaterThan(20)
    expect(grownMiB).toBeLessThan(200)
  },
)

test.runIf(process.platform === 'linux')(
  'G15 a process that does nothing but read the worst of them stays below 200 MiB, from its start on and program included',
  async () => {
    const worst = ['10,000 wrong cells', 'a million cells'].map(
      (named) => files.find(({ what }) => what === named) as HostileFile,
    )
    const reader = new URL('../src/kernel/server/spreadsheet/row-stream.ts', import.meta.url).href
    const script = join(stage.dataDirectory, 'read.mjs')
    const path = join(stage.dataDirectory, 'worst.xlsx')
    // Its own mark of memory: what a parent had before is no part of it, as it would be of maxRSS.
    await writeFile(
      script,
      `import { readFileSync } from 'node:fs'
      import { workbookRows } from '${reader}'
      let rows = 0
      const said = await (async () => {
        for await (const batch of workbookRows({ path: '${path}', fileName: '附件.xlsx' })) rows += batch.rows.length
      })().catch(({ errors }) => errors[0].code)
      const mark = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
      console.log(JSON.stringify({ rows, said, mebibytes: Math.ceil(Number(mark[1]) / 1024) }))`,
    )
    const told = []
    for (const { what, bytes } of worst) {
      await writeFile(path, bytes)
      const { stdout } = await promisify(execFile)(process.execPath, [script])
      const { mebibytes, ...outcome } = JSON.parse(stdout) as { rows: number; said?: string; mebibytes: number }
      console.log(`hostile files: ${what}, a process of its own at most ${mebibytes} MiB`)
      told.push({ ...outcome, small: mebibytes < 200 })
    }
    expect(told).toEqual([
      { rows: 1251, small: true },
      { rows: 0, said: 'workbook', small: true },
    ])
  },
)

test('G15 a file of 100 MB is answered in words, and nothing of it is kept', async () => {
  const operation = uploads.find((one) => label(one) === 'assets.readImport') as Operation
  const { username, fields } = await sender(operation)
  const blob = new Blob(Array.from({ length: 100 }, () => Buffer.alloc(1024 * 1024)))
  const answer = await send(operation, await sessionAt(stage.address, username), fields, '资产卡片.xlsx', blob)
  const { code, detail } = JSON.parse(answer.text) as { code: string; detail: string }
  expect([answer.status, code]).toEqual([413, 'too-large'])
  expect(detail).toContain('请压缩或拆分后再上传')
  const imports = sql<{ n: number }>`select count(*)::int as n from assets.import where file_name = '资产卡片.xlsx'`
  const kept = await transaction(stage.application.ground.db, (tx) => imports.execute(tx), { scope: systemScope })
  expect(kept.rows).toEqual([{ n: 0 }])
})

test('G15 a file that the scanner knows is refused; without the scanner nothing is taken', async () => {
  const operation = uploads.find((one) => label(one) === 'record.attach') as Operation
  const { username, fields } = await sender(operation)
  const cookie = await sessionAt(stage.address, username)
  const attach = (text: string) => send(operation, cookie, fields, '附件.txt', new Blob([text]))
  const infected = await attach(`第一条 ${knownSignature}`)
  expect([infected.status, infected.text.includes('Hostile.Test')]).toEqual([400, true])
  scanner.mood = 'too large'
  const unscanned = await attach('第一条 内容')
  expect([unscanned.status, (JSON.parse(unscanned.text) as { code: string }).code]).toEqual([503, 'scanner-away'])
  scanner.mood = 'well'
  expect((await attach('第一条 内容')).status).toBe(200)
})

test('ROLE-R07 ROLE-T05 A44-1 a file named 机密★XX项目预算.xlsx is refused: its content is nowhere, its digest in the record, security is told', async () => {
  const operation = uploads.find((one) => label(one) === 'record.attach') as Operation
  const { username, fields } = await sender(operation)
  const cookie = await sessionAt(stage.address, username)
  const content = '第一条 某项目的预算'
  const attach = (name: string) => send(operation, cookie, fields, name, new Blob([content]))
  for (const name of ['机密★XX项目预算.txt', '机密★XX项目预算.xlsx']) {
    const refused = await attach(name)
    expect([refused.status, refused.text.includes('密级'), refused.text.includes('XX项目')]).toEqual([400, true, false])
  }
  const sha256 = createHash('sha256').update(content).digest('hex')
  const onDisk = await readdir(stage.dataDirectory, { recursive: true })
  expect(onDisk.filter((path) => path.includes(sha256))).toEqual([])
  expect((await readdir(join(stage.dataDirectory, 'incoming'))).filter((name) => !name.startsWith('.'))).toEqual([])
  const ask = <T>(query: ReturnType<typeof sql<T>>) =>
    transaction(stage.application.ground.db, (tx) => query.execute(tx), { scope: systemScope })
  const left = await ask(sql<{ after: unknown; result: string; person_name: string }>`
    select after, result, person_name from kernel.audit_entry where fact = 'kernel.secret-refused' order by id`)
  expect(left.rows).toMatchObject([
    { after: { fields: ['/file/fileName'], sha256 }, result: 'failed', personName: '李晓燕' },
    { after: { fields: ['/file/fileName'], sha256 }, result: 'failed', personName: '李晓燕' },
  ])
  const told = await ask(sql<{ text: string }>`select text from kernel.notification
    where roles = '{security-administrator}' and text like '%密级%'`)
  expect(told.rows).toHaveLength(1) // once a day of a person, not once a try
  expect(told.rows[0]?.text).toContain('李晓燕')
  expect(JSON.stringify([left.rows, told.rows])).not.toContain('XX项目')
  // The same content under a harmless name is kept, as any other.
  expect((await attach('预算.txt')).status).toBe(200)
})
