import { regulationWorkId } from '../model.ts'

/** A work, or the place of one of its articles in it. */
export function readerPath(workId: string, article: string | null = null): string {
  return `/regulations/${workId}${article === null ? '' : `#article-${article}`}`
}

/** Where the rows and versions of a standard are shown. */
export function standardPath(code: string): string {
  return `/standards/${encodeURIComponent(code)}`
}

/** An article on a page of its own; those of the Regulation have addresses that findings can name by number alone. */
export function articlePath(workId: string, article: string | null): string {
  if (article === null) return readerPath(workId)
  return workId === regulationWorkId ? `/regulations/articles/${article}` : `/regulations/${workId}/articles/${article}`
}
