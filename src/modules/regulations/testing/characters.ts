/** Every character but spaces and the marks of markdown, in one width, sorted: what must not be lost. */
export const characters = (text: string) =>
  [...text.normalize('NFKC').replace(/[\s#*\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')].sort().join('')
