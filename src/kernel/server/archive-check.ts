import yauzl from 'yauzl'

/** What an archive may hold and unpack to; more is a bomb, or not meant for this. Source: ASVS 5.0 V5.2.3; G15. */
const mostEntries = 1000
const largestRatio = 100
/** Small files are left out of the ratio: an empty table is nothing but repetition. */
const ratioFromBytes = 8 * 1024 * 1024
/** Office programs stay below thirty. */
const deepestMarkup = 256

export type ArchiveLimits = { unpackedBytes: number; elements: number }
/** Of what is built in memory as a whole: a sheet of 600,000 cells with their values and texts. */
export const builtWhole: ArchiveLimits = { unpackedBytes: 100 * 1024 * 1024, elements: 3_000_000 }
/** Of what is read piece by piece, or only kept. */
export const readByPiece: ArchiveLimits = { unpackedBytes: 800 * 1024 * 1024, elements: 40_000_000 }

export type ArchiveFault = 'damaged' | 'encrypted' | 'too-many-entries' | 'too-large' | 'document-type' | 'too-deep'

export type ArchiveLook = {
  /** Names of the entries, in their order. */
  names: string[]
}

/**
 * Looks at a ZIP archive before anything builds it in memory: every entry is inflated once and counted, for what the
 * archive says about its own sizes is not believed. Names that lead out of the archive make it damaged; entries that are
 * archives themselves are counted as they lie and never opened.
 * @param onChunk sees each piece of each entry; true stops, as too large
 */
export async function lookInto(
  path: string,
  packedBytes: number,
  limits: ArchiveLimits,
  onChunk: (entry: string, chunk: Buffer) => boolean = () => false,
): Promise<ArchiveLook | ArchiveFault> {
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.openPromise(path, { autoClose: false })
  } catch {
    return 'damaged'
  }
  try {
    return await look(zip, packedBytes, limits, onChunk)
  } catch {
    return 'damaged'
  } finally {
    zip.close()
  }
}

async function look(
  zip: yauzl.ZipFile,
  packedBytes: number,
  limits: ArchiveLimits,
  onChunk: (entry: string, chunk: Buffer) => boolean,
): Promise<ArchiveLook | ArchiveFault> {
  if (zip.entryCount > mostEntries) return 'too-many-entries'
  const names: string[] = []
  let bytes = 0
  const markup = markupCounter(limits.elements)
  for await (const entry of zip.eachEntry()) {
    if (names.push(entry.fileName) > mostEntries) return 'too-many-entries'
    if (entry.fileName.endsWith('/')) continue
    if (entry.isEncrypted()) return 'encrypted'
    if (entry.uncompressedSize > limits.unpackedBytes) return 'too-large'
    const isMarkup = /\.(?:xml|rels|vml)$/i.test(entry.fileName)
    markup.begin()
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      const chunk = piece as Buffer
      bytes += chunk.length
      if (bytes > limits.unpackedBytes || (bytes > ratioFromBytes && bytes > packedBytes * largestRatio))
        return 'too-large'
      const fault = isMarkup ? markup.read(chunk) : null
      if (fault !== null) return fault
      if (onChunk(entry.fileName, chunk)) return 'too-large'
    }
  }
  return { names }
}

const open = 0x3c
const close = 0x3e
const slash = 0x2f

/** Counts elements and their depth, piece by piece; a document type (it may name other files, or grow without end) is a fault. */
function markupCounter(mostElements: number) {
  let elements = 0
  let depth = 0
  /** Between `<` and `>`: the bytes seen of the tag, two at most, then only the last one. */
  let tag: { first: number; second: number; last: number } | null = null
  return {
    begin: () => {
      depth = 0
      tag = null
    },
    read: (chunk: Buffer): ArchiveFault | null => {
      for (let at = 0; at < chunk.length;) {
        if (tag === null) {
          const next = chunk.indexOf(open, at)
          if (next < 0) return null
          tag = { first: 0, second: 0, last: 0 }
          at = next + 1
          continue
        }
        if (tag.first === 0) {
          tag.first = chunk[at] as number
          if (tag.first !== close) {
            tag.last = tag.first
            at++
            continue
          }
        }
        if (tag.first === 0x21 && tag.second === 0) tag.second = chunk[at] as number
        // `<!D` and `<!E`: DOCTYPE, ENTITY, ELEMENT; `<!--` and `<![CDATA[` are harmless.
        if (tag.first === 0x21 && /[DE]/i.test(String.fromCharCode(tag.second))) return 'document-type'
        const end = chunk.indexOf(close, at)
        if (end < 0) {
          tag.last = chunk[chunk.length - 1] as number
          return null
        }
        const last: number = end > at ? (chunk[end - 1] as number) : tag.last
        if (tag.first === slash) depth--
        else if (tag.first !== 0x21 && tag.first !== 0x3f) {
          if (++elements > mostElements) return 'too-large'
          if (last !== slash && ++depth > deepestMarkup) return 'too-deep'
        }
        tag = null
        at = end + 1
      }
      return null
    },
  }
}
