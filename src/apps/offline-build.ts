import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const fileName = 'service-worker.js'
/** A page says so by an export of this name. */
const mark = 'opensWithoutNetwork'

/**
 * Builds the service worker, with what it keeps written in: the first page and every page that opens without a network, each
 * with all that it imports. A changed file has another name, so the list alone tells one build from another.
 */
export function offlineBuild(root: string): Plugin {
  return {
    name: 'offline-build',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(root, 'src/kernel/web/offline/service-worker.ts'), fileName })
    },
    generateBundle(_, bundle) {
      const files = new Set<string>()
      const visit = (file: string) => {
        const chunk = bundle[file]
        if (files.has(file) || chunk?.type !== 'chunk') return
        files.add(file)
        chunk.imports.forEach(visit)
        for (const one of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
          files.add(one)
      }
      const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []))
      for (const chunk of chunks)
        if ((chunk.isEntry && chunk.fileName !== fileName) || chunk.exports.includes(mark)) visit(chunk.fileName)
      if (!chunks.some(({ exports }) => exports.includes(mark))) this.error(`no page exports ${mark}`)
      const worker = chunks.find((chunk) => chunk.fileName === fileName)
      // Older browsers read it as a plain script, which imports nothing.
      if (!worker || worker.imports.length + worker.exports.length > 0)
        this.error('the service worker must stand alone')
      const names = [...files].map((file) => `/${file}`).toSorted()
      const version = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16)
      worker.code = `const BUILD=${JSON.stringify({ version, files: names })};\n${worker.code}`
      this.info(`${names.length} files open without a network`)
    },
  }
}
