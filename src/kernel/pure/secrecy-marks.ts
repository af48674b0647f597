/** Marks of state secrets in text or file names, e.g. 机密★10年; the system is not for secrets (Art. 44, norm A44-1). */
const secrecyMark = /(绝密|机密|秘密) ?(★|☆|\*|[（(]? ?\d{1,2} ?年|级? ?文件|件(?!\p{Script=Han}))/u

/** The mark found, or null. The caller refuses the text and keeps nothing of it. */
export function secrecyMarkIn(text: string): string | null {
  return secrecyMark.exec(text.normalize('NFKC').replace(/\s+/g, ' '))?.[0] ?? null
}

/** Texts of an input that bear a mark, with where they stand as JSON pointers. */
export function secrecyMarksIn(input: unknown, pointer = ''): { pointer: string; text: string }[] {
  if (typeof input === 'string') return secrecyMarkIn(input) === null ? [] : [{ pointer, text: input }]
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, member]) => secrecyMarksIn(member, `${pointer}/${key}`))
}
