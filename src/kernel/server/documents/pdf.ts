import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { OfficialDocument } from '#kernel/pure/official-document.ts'
import * as geometry from './geometry.ts'
import { laidOut, type Sheet } from './layout.ts'

const font = 'Noto Serif SC'
const template = readFileSync(join(import.meta.dirname, 'official-document.typ'), 'utf8')
/** Never exists: what the template reads is put there in memory. */
const workspace = join(import.meta.dirname, 'workspace')

let compiler: NodeCompiler | null = null

/** Made once: reading the fonts takes most of a second, a document a few milliseconds. */
function theCompiler(): NodeCompiler {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'))
  compiler ??= NodeCompiler.create({
    workspace,
    fontArgs: [{ fontPaths: ['400Regular', '600SemiBold', '700Bold'].map((weight) => join(fonts, weight)) }],
  })
  return compiler
}

/** A document as PDF, Chinese fonts inside; the same document gives the same bytes. Its words are data, never markup. */
export async function renderPdf(document: OfficialDocument): Promise<Buffer> {
  return drawn(laidOut(document))
}

function drawn(sheet: Sheet): Buffer {
  const { headRed, verificationGrey, ...measures } = geometry
  const colours = { headRed: `#${headRed}`, verificationGrey: `#${verificationGrey}` }
  const data = { ...sheet, geometry: { font, ...measures, ...colours } }
  return templatePdf(template, data, sheet.createdAt)
}

/**
 * A template of our own filled with data, which it reads as `/sheet.json`; words are data, never markup.
 * @param createdAt instant kept in the file, so that the same data give the same bytes
 */
export function templatePdf(template: string, data: unknown, createdAt: string): Buffer {
  const typst = theCompiler()
  typst.mapShadow(join(workspace, 'sheet.json'), Buffer.from(JSON.stringify(data)))
  const result = typst.compile({ mainFileContent: template })
  if (result.hasError() || result.result === null) {
    const said = typst
      .fetchDiagnostics(result.takeDiagnostics() ?? ({} as never))
      .map(({ message }) => message as string)
    throw new Error(`the document template failed: ${said.join('; ')}`)
  }
  const pdf = typst.pdf(result.result, { creationTimestamp: Math.floor(Date.parse(createdAt) / 1000) })
  typst.evictCache(10)
  return pdf
}
