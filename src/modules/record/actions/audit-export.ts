import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Act, Download } from '#kernel/server/context.ts'
import { Refused } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { spooledWorkbook, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import { operationName } from './audit-operations.ts'
import { auditPage, hasMoreThan, type AuditFilter, type AuditHeadRow } from '../store/audit.ts'

/** From so many rows on an export needs a purpose, and beyond the second it is refused: narrow it down. */
export const freeRows = 1000
export const mostRows = 200_000

const columns = [
  '序号',
  '时间',
  '结果',
  '行为',
  '行为代码',
  '操作',
  '操作代码',
  '人员',
  '机关',
  '来源',
  '对象类别',
  '对象',
  '原因代码',
]
const results = { done: '完成', denied: '被拒', failed: '未成功' }

/**
 * Exports the rows found, with a first line that says who took them, when and what for; the export itself is recorded.
 * Content of the acts is not part of it.
 */
export async function exportRows(
  act: Act,
  {
    level,
    filter,
    asked,
    format,
    purpose,
  }: { level: string; filter: AuditFilter; asked: object; format: 'csv' | 'xlsx'; purpose: string | null },
): Promise<Download> {
  if (await hasMoreThan(act.tx, level, filter, mostRows))
    throw refusal('too-many-rows', `一次最多导出 ${mostRows} 条记录。`, '请按时间、人员或行为缩小范围，分次导出。')
  if (purpose === null && (await hasMoreThan(act.tx, level, filter, freeRows)))
    throw refusal('purpose-needed', `导出超过 ${freeRows} 条记录，须写明用途。`, '请填写用途后重新导出。')
  const watermark = `导出人：${act.actor.organ?.name ?? ''} ${act.actor.name}　时间：${shanghai(act.now)}　用途：${purpose ?? '（未填写）'}　请求编号：${act.requestId}`
  let count = 0
  const rows = async function* (): AsyncGenerator<AuditHeadRow> {
    for (let after: { at: string; id: number } | null = null; ;) {
      const page: AuditHeadRow[] = await auditPage(act.tx, level, filter, after, 2000)
      for (const row of page) {
        count++
        yield row
      }
      const last = page.at(-1)
      if (!last || page.length < 2000) return
      after = { at: last.at.toISOString(), id: last.id }
    }
  }
  const name = `审计记录 ${act.today}.${format}`
  const cells = (row: AuditHeadRow) => cellsOf(act, row)
  const file =
    format === 'xlsx'
      ? await spooledWorkbook(name, [
          {
            name: '审计记录',
            lead: ['审计记录', watermark],
            columns: columns.map((title) => ({ title })),
            rows: mapped(rows(), cells),
          },
        ])
      : await spooledCsv(name, watermark, mapped(rows(), cells))
  await record(act, 'record.audit-exported', {
    subject: { kind: 'audit', id: 'export' },
    organId: act.actor.organ?.id ?? null,
    after: { rows: count, format, purpose, filter: asked },
  })
  return file
}

async function* mapped(rows: AsyncIterable<AuditHeadRow>, cells: (row: AuditHeadRow) => SheetRow) {
  for await (const row of rows) yield cells(row)
}

function cellsOf(act: Act, row: AuditHeadRow): SheetRow {
  return [
    String(row.id),
    shanghai(row.at),
    results[row.result],
    act.declared?.facts.get(row.fact) ?? row.fact,
    row.fact,
    operationName(act, row.operation) ?? '',
    row.operation,
    row.personName,
    row.organName,
    row.byCommand ? '命令行' : '',
    act.declared?.subjects.get(row.subjectKind) ?? row.subjectKind,
    row.subjectId,
    row.reasons.join(' '),
  ]
}

/** Written out before it returns: the rows are read in the transaction, which is over when the file is sent. */
async function spooledCsv(fileName: string, watermark: string, rows: AsyncIterable<SheetRow>): Promise<Download> {
  const path = join(tmpdir(), `yunbao-${randomUUID()}.csv`)
  const lines = async function* () {
    yield `\ufeff${csvLine([watermark])}${csvLine(columns)}`
    for await (const row of rows) yield csvLine(row)
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }))
    const handle = await open(path, 'r')
    return { fileName, mediaType: 'text/csv; charset=utf-8', body: handle.createReadStream() }
  } finally {
    await rm(path, { force: true })
  }
}

/** Quoted throughout; what a spreadsheet would take for a formula begins with an apostrophe. */
export function csvLine(cells: SheetRow): string {
  return `${cells
    .map((cell) => {
      const text = String(cell ?? '')
      const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
      return `"${tame.replaceAll('"', '""')}"`
    })
    .join(',')}\r\n`
}

function shanghai(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}`
}

function refusal(code: string, message: string, remedy: string): Refused {
  return new Refused([{ code, message, remedy, basis: null, facts: {} }])
}
