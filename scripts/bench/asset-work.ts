import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type pg from 'pg'
import { transaction, type TransactionOptions } from '#kernel/server/database.ts'
import type { FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct } from '#kernel/testing/act.ts'
import { jobs } from '#modules/assets/jobs.ts'
import { chargeMonth } from '#modules/assets/store/depreciation.ts'
import { actorOf, caller, measure, today } from './asset-acts.ts'
import { timed, type Bench, type Measure } from './measure.ts'

/** A workbook of 200,000 cards read, judged by cell, registered with events and holders, all in this process. */
export async function* takingOver(
  bench: Bench,
  superuser: pg.Pool,
  files: FileStore,
  directory: string,
): AsyncGenerator<Measure> {
  const rows = Math.round(200_000 * bench.scale)
  const path = join(directory, 'cards.xlsx')
  await writeCards(path, rows)
  const { rows: organs } = await superuser.query<{ id: string }>(
    `select organ_id as id from assets.card where jurisdiction_code = '140200' limit 1`,
  )
  const clerk = actorOf(organs[0]?.id ?? '', '140200', 'city', [], 'asset-keeper')
  const file = {
    path,
    fileName: '测算.xlsx',
    sizeBytes: (await stat(path)).size,
    mediaType: '',
    sha256: await digestOf(path),
  }
  const { id, version } = (await caller(bench, files)(clerk, 'readImport', { file })) as { id: string; version: number }
  const work = {
    runId: 'bench',
    data: { importId: id },
    transact: <T>(does: (act: ReturnType<typeof testAct>) => Promise<T>, options: TransactionOptions = {}) =>
      transaction(bench.db, (tx) => does(testAct({ tx, actor: clerk, today, files })), {
        ...options,
        scope: scopeOf(clerk),
      }),
    progress: async () => {},
  }
  const readMs = await timed(() => jobs['assets.read-import']?.run(work))
  yield measure(`assets: ${rows} rows of a workbook read and judged`, readMs / 1000, 's', null, null)
  const { version: now } = (await caller(bench, files)(clerk, 'viewImport', { importId: id })) as { version: number }
  await caller(bench, files)(clerk, 'applyImport', { importId: id, version: Math.max(now, version), rows: 'all' })
  const applyMs = await timed(() => jobs['assets.apply-import']?.run(work))
  const bareMs = await timed(async () => {
    const client = await superuser.connect()
    try {
      await client.query('begin')
      await client.query(`create temp table bare_card (like assets.card including indexes) on commit drop`)
      await client
        .query(
          `insert into bare_card overriding system value select (c).* from (select c from assets.card c where import_id = '${id}') x`,
        )
        .catch(async () => {
          await client.query('rollback; begin; create temp table bare_card as select * from assets.card with no data')
          await client.query(`insert into bare_card select * from assets.card where import_id = '${id}'`)
        })
      await client.query('rollback')
    } finally {
      client.release()
    }
  })
  yield measure(`assets: the same registered`, applyMs / 1000, 's', bareMs / 1000, null)
  yield measure(`assets: ${rows} rows imported, all`, (readMs + applyMs) / 1000, 's', bareMs / 1000, 60 * bench.scale)
  yield measure('assets: most memory of the whole process', process.resourceUsage().maxRSS / 1024, 'MB', null, 1024)
}

async function writeCards(path: string, rows: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: createWriteStream(path), useSharedStrings: false })
  const sheet = workbook.addWorksheet('资产卡片')
  sheet
    .addRow([
      '资产编号',
      '资产名称',
      '分类代码',
      '规格型号',
      '序列号',
      '数量',
      '原值（元）',
      '取得日期',
      '取得方式',
      '使用部门',
      '使用人',
      '保管人',
      '存放地点',
      '使用状况',
      '备注',
    ])
    .commit()
  for (let row = 0; row < rows; row++)
    sheet
      .addRow([
        `BG-${row}`,
        '台式计算机',
        'A02010105',
        '联想启天',
        `BG${row}X`,
        1,
        4500,
        '2024-03-08',
        '购置',
        '办公室',
        '王丽娟',
        '王丽娟',
        `主楼${row % 900}`,
        '在用',
        '',
      ])
      .commit()
  sheet.commit()
  await workbook.commit()
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

export async function* depreciating({ db }: Bench, superuser: pg.Pool, cards: number): AsyncGenerator<Measure> {
  const client = await superuser.connect()
  let bareMs = 0
  try {
    await client.query('begin')
    bareMs = await timed(() =>
      client.query(
        `update assets.card set accumulated_fen = least(cost_fen, accumulated_fen + 100) where removed_on is null`,
      ),
    )
    await client.query('rollback')
    await client.query('vacuum assets.card')
  } finally {
    client.release()
  }
  const ours = await timed(() =>
    transaction(db, (tx) => chargeMonth(tx, '2026-11', null, { name: '测算', at: new Date() }), {
      statementTimeoutMs: 0,
    }),
  )
  yield measure(`assets: a month's depreciation of ${cards} cards`, ours / 1000, 's', bareMs / 1000, 120)
}
