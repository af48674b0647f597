import { BadInput } from '#kernel/server/errors.ts'

export function wrongCursor(): BadInput {
  return new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
}

/** The id of the last row seen. @throws BadInput for anything else */
export function idIn(after: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after)) throw wrongCursor()
  return after
}
