export type DocxText = {
  /** Paragraphs, one a line; cells of tables are paragraphs. */
  text: string
  /** Paragraphs whose number the word processor makes: it is not in the text. */
  automaticNumbers: number
}

export const damaged = '无法打开。文件可能已损坏，请在 Word 或 WPS 中打开并另存为 .docx 后再上传。'

/** Parts of the markup whose text people do not see, or see twice. */
const unseen = new Set(['mc:Fallback', 'w:del', 'w:moveFrom', 'w:instrText', 'w:delText', 'w:pPrChange', 'w:rPrChange'])

type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'tag'; name: string; closing: boolean; empty: boolean; rest: string }

/**
 * The markup piece by piece, each character looked at once: a search for the end of what never ends would make time grow
 * with the square of the file.
 * @throws Error where a tag or comment has no end
 */
function* piecesOf(xml: string): Generator<Piece> {
  const endOf = (end: string, from: number) => {
    const at = xml.indexOf(end, from)
    if (at < 0) throw new Error('markup without an end')
    return at
  }
  for (let at = 0; at < xml.length;) {
    if (xml[at] !== '<') {
      const next = xml.indexOf('<', at)
      const end = next < 0 ? xml.length : next
      yield { kind: 'text', text: entities(xml.slice(at, end)) }
      at = end
    } else if (xml.startsWith('<!--', at)) at = endOf('-->', at + 4) + 3
    else if (xml.startsWith('<![CDATA[', at)) {
      const end = endOf(']]>', at)
      yield { kind: 'text', text: xml.slice(at + 9, end) }
      at = end + 3
    } else {
      const end = endOf('>', at)
      const inside = xml.slice(at + 1, end)
      const [, slash, name = '', rest = ''] = /^(\/?)([^\s/>]*)([^]*)$/.exec(inside) ?? []
      yield { kind: 'tag', name, closing: slash === '/', empty: inside.endsWith('/'), rest }
      at = end + 1
    }
  }
}

/** Word writes no document type; one that has it may name other files or grow without end. */
export function textOfXml(xml: string): DocxText | string {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return '含有不允许的文档类型声明。请在 Word 或 WPS 中另存为 .docx 后再上传。'
  const text: string[] = []
  let automaticNumbers = 0
  let inText = 0
  let hidden = 0
  try {
    for (const piece of piecesOf(xml)) {
      if (piece.kind === 'text') {
        if (inText > 0 && hidden === 0) text.push(piece.text)
        continue
      }
      const { name, closing, empty, rest } = piece
      if (unseen.has(name) && !empty) hidden = Math.max(0, hidden + (closing ? -1 : 1))
      if (hidden > 0) continue
      if (name === 'w:t' && !empty) inText = Math.max(0, inText + (closing ? -1 : 1))
      else if (name === 'w:tab' && empty && (text.at(-1) ?? '\n') !== '\n') text.push('\t')
      else if ((name === 'w:br' || name === 'w:cr') && !closing) text.push(rest.includes('type="page"') ? '\f' : '\n')
      else if (name === 'w:p' && (closing || empty)) text.push('\n')
      else if (name === 'w:numId' && !rest.includes('w:val="0"')) automaticNumbers += 1
    }
  } catch {
    return damaged
  }
  return { text: text.join(''), automaticNumbers }
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function entities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : null
      if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
      return named[name ?? ''] ?? whole
    },
  )
}
