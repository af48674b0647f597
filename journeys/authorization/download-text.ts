import ExcelJS from 'exceljs'
import type { Download } from '#kernel/server/context.ts'

/** What can be read in a file that was answered; it is read to its end, so that nothing of it stays open. */
export async function textOf({ body, mediaType }: Download): Promise<string> {
  const chunks: Uint8Array[] = []
  if (Buffer.isBuffer(body)) chunks.push(body)
  else for await (const chunk of body) chunks.push(chunk as Uint8Array)
  const content = Buffer.concat(chunks)
  if (!mediaType.includes('spreadsheetml')) return content.toString('utf8')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(content as never)
  const texts: string[] = []
  workbook.eachSheet((sheet) => sheet.eachRow((row) => texts.push(JSON.stringify(row.values))))
  return texts.join('\n')
}
