import { textEms, textWidthPt, titlePt } from './geometry.ts'

/** What no paper shows and XML refuses: control characters, and marks that turn the reading direction to deceive. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

/** Text that both renderers can print: well-formed, one kind of line end, tabs as blanks. */
export function printable(text: string): string {
  return withChinesePunctuation(
    text
      .toWellFormed()
      .replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
      .replace(unprintable, '')
      .replace(/\t/g, ' '),
  )
}

const fullWidth: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' }
const han = '\\u3007\\u4e00-\\u9fff'
const afterHan = new RegExp(`(?<=[${han}》”）])[,;:?!](?!//)|(?<=[0-9A-Za-z%])[,;:](?=[${han}《“])`, 'g')
const oneHan = new RegExp(`[${han}]`)

/** Half-width signs beside Chinese characters, as keyboards leave them, become those of Chinese text (GB/T 15834). */
function withChinesePunctuation(text: string): string {
  const bracketed = text.replace(/\(([^()]*)\)/g, (whole, inner: string, at: number) =>
    oneHan.test(inner) || oneHan.test(text[at - 1] ?? '') ? `（${inner}）` : whole,
  )
  return bracketed.replace(afterHan, (sign) => fullWidth[sign] ?? sign)
}

/** Text for one line. */
export function oneLine(text: string): string {
  return linesJoined(printable(text), ' ').trim()
}

/** Lines put together, the blanks around each break taken out; text before the first and behind the last stays. */
export function linesJoined(text: string, between: string): string {
  const lines = text.split('\n')
  return lines
    .map((line, index) => {
      const start = index === 0 ? line : line.trimStart()
      return index === lines.length - 1 ? start : start.trimEnd()
    })
    .filter((line, index) => line !== '' || index === 0 || index === lines.length - 1)
    .join(between)
}

const longestTitleLine = Math.floor(textWidthPt / titlePt) - 1

const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** Words that must not open or close a line of a title; the blank between two organs is the best place to break. */
const notFirst = /^[的地得了和与及等、，。：；）》〉”’！？]/
const notLast = /(关于|[和与及对在将把（《〈“‘])$/

/**
 * Lines of a title (GB/T 9704 7.3.1): broken where words end, about equal, each at most 19 characters wide.
 * @param title `\n` in it forces a break
 */
export function titleLines(title: string, longest = longestTitleLine): string[] {
  return printable(title)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => balanced(line, longest))
}

function balanced(line: string, longest: number): string[] {
  const width = textEms(line)
  if (width <= longest) return [line]
  const pieces = [...words.segment(line)].flatMap(({ segment }) =>
    textEms(segment) <= longest ? [segment] : [...segment],
  )
  for (let count = Math.ceil(width / longest); count < pieces.length; count++) {
    const lines = divided(pieces, count, width / count, longest)
    if (lines !== null) return lines
  }
  return pieces
}

/** The cheapest division of the pieces into `count` lines; null when a line would be too wide. */
function divided(pieces: string[], count: number, target: number, longest: number): string[] | null {
  type Division = { cost: number; lines: string[] }
  let best = new Map<number, Division>([[0, { cost: 0, lines: [] }]])
  for (let index = 0; index < count; index++) {
    const next = new Map<number, Division>()
    for (const [start, division] of best) {
      let text = ''
      for (let end = start + 1; end <= pieces.length; end++) {
        text += pieces[end - 1]
        const ems = textEms(text.trim())
        if (ems > longest) break
        const cost = division.cost + (ems - target) ** 2 + breakCost(text.trim(), pieces[end])
        if (cost < (next.get(end)?.cost ?? Number.POSITIVE_INFINITY))
          next.set(end, { cost, lines: [...division.lines, text.trim()] })
      }
    }
    best = next
  }
  return best.get(pieces.length)?.lines ?? null
}

function breakCost(line: string, following: string | undefined): number {
  if (following === undefined) return 0
  return (
    (notFirst.test(following) ? 500 : 0) +
    (notLast.test(line) ? 200 : 0) -
    (following === '关于' ? 20 : 0) -
    (following === ' ' ? 60 : 0)
  )
}
