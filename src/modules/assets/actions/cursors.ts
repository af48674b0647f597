import { BadInput } from '#kernel/server/errors.ts'

const refused = () => new BadInput([{ pointer: '/after', message: '翻页位置无法识别。请从第一页重新开始。' }])

/** Where a list by id goes on. @throws BadInput for what is no id */
export function idCursor(after: string | undefined): string | undefined {
  if (after !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after)) throw refused()
  return after
}

/** Where a list by month goes on, `YYYY-MM`. @throws BadInput for what is no month */
export function monthCursor(after: string | undefined): string | undefined {
  if (after !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(after)) throw refused()
  return after
}

/** Where the problems of a workbook go on, `row:place`. @throws BadInput for anything else */
export function placeCursor(after: string | undefined): { row: number; place: number } | null {
  if (after === undefined) return null
  const match = /^(\d{1,7}):(\d{1,5})$/.exec(after)
  if (!match) throw refused()
  return { row: Number(match[1]), place: Number(match[2]) }
}
