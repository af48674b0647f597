import { isLocalDate } from '#kernel/pure/local-date.ts'
import type { LawText, WorkKind } from '../model.ts'
import { textOfArticle } from './parse-law.ts'

export type Suggested = {
  title: string
  kind: WorkKind | null
  documentNumber: string | null
  issuer: string | null
  issuedOn: string | null
  validFrom: string | null
}

const dates = /(\d{4})年(\d{1,2})月(\d{1,2})日/gu

/** What the text says of itself: 文号, who issued it and when, from when it counts. The clerk checks it. */
export function suggestedFacts(law: LawText): Suggested {
  const notes = law.notes.map(({ text }) => text)
  const all = [...notes, ...law.articles.slice(-3).map(textOfArticle)].join('\n')
  const [issuedOn = null] = notes
    .flatMap((note) => (/^\d{4}年\d{1,2}月\d{1,2}日$/u.test(note) ? daysIn(note) : []))
    .toReversed()
  const inForce = /自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|执行)/u.exec(all)?.[1]
  return {
    title: law.title.text,
    kind: kindOf(law.title.text),
    documentNumber: documentNumberIn(notes),
    issuer: notes.find((note) => /^[^，。；《》（）]{4,40}(委员会|政府|厅|局|办公室|部|会)$/u.test(note)) ?? null,
    issuedOn: issuedOn ?? notes.flatMap(daysIn)[0] ?? null,
    validFrom: inForce ? (daysIn(inForce)[0] ?? null) : null,
  }
}

function daysIn(text: string): string[] {
  return [...text.matchAll(dates)]
    .map(([, year = '', month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    .filter(isLocalDate)
}

function documentNumberIn(notes: readonly string[]): string | null {
  for (const note of notes) {
    const number = /[\p{Script=Han}]{1,12}〔\d{4}〕\d{1,5}号/u.exec(note)?.[0]
    if (number) return number
  }
  const announced = notes.findIndex((note) => /^（第.{1,8}号）$/u.test(note))
  return announced > 0 ? `${notes[announced - 1]}${(notes[announced] ?? '').replace(/[（）]/gu, '')}` : null
}

/** Only what the title says for certain; the rest is for the clerk to choose. */
function kindOf(title: string): WorkKind | null {
  if (/^GB|标准$|规范$/u.test(title)) return 'standard'
  if (/^中华人民共和国.*法$/u.test(title)) return 'law'
  if (/^(?!中华人民共和国).*条例$/u.test(title)) return 'local-regulation'
  return /(办法|规定|细则|意见|通知|方案|制度)$/u.test(title) ? 'normative-document' : null
}
