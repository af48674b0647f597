import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { timed, type Bench, type Measure } from './measure.ts'

const root = join(import.meta.dirname, '..', '..')
const rows = 20_000

/** A workbook of 20,000 payments through the command line: read, checked by cell, posted, recorded; a process of its own. */
export async function* importMeasures({ db, environment }: Bench): AsyncGenerator<Measure> {
  const path = join(tmpdir(), `yunbao-bench-${process.pid}.xlsx`)
  const numbers = await ledgerNumbers({ db })
  await writePayments(path, numbers)
  let peakMb = 0
  try {
    const took = await timed(async () => {
      peakMb = await runCommand(
        ['ledger', 'import', path, '--year', '2026', '--as', 'sheng.jihua', '--json'],
        environment,
      )
    })
    const raw = await timed(() =>
      transaction(db, async (tx) => {
        await sql`create temp table bare_entry (like ledger.entry including indexes) on commit drop`.execute(tx)
        await sql`insert into bare_entry select * from ledger.entry where source_kind = 'ledger.voucher'`.execute(tx)
      }),
    )
    yield {
      name: `a workbook of ${rows} payments imported, command and all`,
      value: took / 1000,
      unit: 's',
      rawValue: raw / 1000,
      target: 10,
      lowerIsBetter: true,
    }
    yield { name: 'the same: most memory', value: peakMb, unit: 'MB', rawValue: null, target: 512, lowerIsBetter: true }
  } finally {
    await rm(path, { force: true })
  }
}

/** Plan lines the reviewer of the province may spend from: the authority's own. */
async function ledgerNumbers({ db }: Pick<Bench, 'db'>): Promise<string[]> {
  return transaction(db, async (tx) => {
    const { rows: found } = await sql<{ number: string }>`update ledger.line l set holder_organ_id = p.organ_id
      from organs.organ_part p where p.jurisdiction_code = '140000' and p.part = 'authority' and l.jurisdiction_code = '140000'
        and l.year = 2026 and l.id in (select id from ledger.line where jurisdiction_code = '140000' and year = 2026 order by id limit 500)
      returning l.number`.execute(tx)
    return found.map(({ number }) => number)
  })
}

async function writePayments(path: string, numbers: readonly string[]): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: createWriteStream(path), useSharedStrings: true })
  const sheet = workbook.addWorksheet('支出明细')
  sheet.addRow(['计划编号', '支出日期', '金额（元）', '数量', '用途', '凭证号', '收款单位']).commit()
  for (let row = 0; row < rows; row++)
    sheet
      .addRow([
        numbers[row % numbers.length],
        '2026-06-15',
        0.01,
        0,
        `第${row}次支付`,
        `记06-${row}`,
        '太原市某某有限公司',
      ])
      .commit()
  sheet.commit()
  await workbook.commit()
}

/** Runs the command line. @returns the most memory it took, MB */
async function runCommand(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'src/apps/cli.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  let peakKb = 0
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8')
      .then((status) => (peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))))
      .catch(() => {}) // it has ended, or the system tells no such thing
  }, 20)
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`the import ended with ${code}: ${said.slice(0, 2000)}`)
  return peakKb / 1024
}
