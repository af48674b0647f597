import type { Sheet } from './layout.ts'

/** What the writer of .docx files takes from the clock, set from the document, so that the same document is the same file. */
export function coreProperties({ title, author, createdAt }: Sheet): { path: string; data: string } {
  const made = new Date(createdAt).toISOString()
  const when = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${made}</dcterms:${name}>`
  return {
    path: 'docProps/core.xml',
    data:
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties' +
      ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
      ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator>${when('created')}${when('modified')}</cp:coreProperties>`,
  }
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const [endSignature, entrySignature, localSignature] = [0x06054b50, 0x02014b50, 0x04034b50]
/** 1980-01-01 00:00, the earliest a zip can say: time, then date. */
const earliest = 0x00210000

/**
 * A zip whose entries all bear the same time.
 * @throws Error when it is no plain zip: one without a comment, as the writer makes them
 */
export function withFixedTimes(zip: Buffer): Buffer {
  const end = zip.length - 22
  if (end < 0 || zip.readUInt32LE(end) !== endSignature) throw new Error('not a plain zip: no end of its directory')
  const fixed = Buffer.from(zip)
  let entry = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const local = zip.readUInt32LE(entry + 42)
    if (zip.readUInt32LE(entry) !== entrySignature || zip.readUInt32LE(local) !== localSignature)
      throw new Error('not a plain zip: its directory is broken')
    fixed.writeUInt32LE(earliest, entry + 12)
    fixed.writeUInt32LE(earliest, local + 10)
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32)
  }
  return fixed
}
