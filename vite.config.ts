import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { offlineBuild } from './src/apps/offline-build.ts'

/** What one sees first must arrive quickly on an office line. */
const firstPageLimitKb = 300

/**
 * Measures what the first page downloads (gzip): the entry and everything it imports statically. Fonts are not counted:
 * the browser fetches only the ranges on the page, after the text is there.
 */
function measureFirstPage(): Plugin {
  return {
    name: 'measure-first-page',
    apply: 'build',
    generateBundle(_, bundle) {
      const seen = new Set<string>()
      const visit = (file: string) => {
        const chunk = bundle[file]
        if (seen.has(file) || chunk === undefined) return
        seen.add(file)
        if (chunk.type !== 'chunk') return
        chunk.imports.forEach(visit)
        chunk.viteMetadata?.importedCss.forEach(visit)
      }
      for (const [file, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.isEntry && file !== 'service-worker.js') visit(file)
      const sizes = [...seen].map((file) => {
        const part = bundle[file]
        const content = part?.type === 'chunk' ? part.code : (part?.source ?? '')
        return { file, kb: gzipSync(content).length / 1024 }
      })
      const total = sizes.reduce((sum, { kb }) => sum + kb, 0)
      for (const { file, kb } of sizes.toSorted((a, b) => b.kb - a.kb))
        this.info(`${kb.toFixed(1).padStart(7)} kB  ${file}`)
      this.info(`first page ${total.toFixed(1)} kB gzip of ${firstPageLimitKb}`)
      if (total > firstPageLimitKb) this.error(`the first page is over ${firstPageLimitKb} kB gzip`)
    },
  }
}

/**
 * The server serves `dist/web`. No inline script is emitted, so `script-src 'self'` holds; antd writes its styles at
 * run time, so `style-src` needs `'unsafe-inline'` (styles only).
 */
export default defineConfig({
  root: 'src/apps/web',
  plugins: [react(), measureFirstPage(), offlineBuild(import.meta.dirname)],
  // The host stays as the browser said it: the server compares it with the origin of what is sent.
  server: { proxy: { '/api': { target: process.env['YUNBAO_API'] ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One chunk that seldom changes; strict-policy lies in it so that it runs before any schema is made.
            {
              name: 'ground',
              test: /node_modules[\\/](react|react-dom|scheduler|zod|@tanstack)[\\/]|kernel[\\/]web[\\/]strict-policy/,
            },
          ],
        },
      },
    },
  },
})
