import { defineConfig, type Plugin } from 'vitest/config'
import { underBoard } from './journeys/authorization/switchboard.ts'

const globalFolder = 'src/kernel/testing/global-folder.ts'
const globalDatabase = 'src/kernel/testing/global-database.ts'
const globalBrowser = 'journeys/global-browser.ts'

/** Tests of who may do what watch every policy function, and turn it into a mutant of itself. */
const policySwitchboard: Plugin = {
  name: 'policy-switchboard',
  enforce: 'pre',
  transform(source, id) {
    const code = underBoard(id, source)
    return code === null ? null : { code, map: null }
  },
}

export default defineConfig({
  test: {
    // Two cores, and PostgreSQL beside us. Files of one kind share a process and what it has loaded: a third less work.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          globalSetup: [globalFolder],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          isolate: false,
          include: ['src/**/*.db.test.ts', 'journeys/**/*.db.test.ts'],
          exclude: ['journeys/authorization/**', '**/node_modules/**'],
          globalSetup: [globalFolder, globalDatabase],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [policySwitchboard],
        test: {
          name: 'authorization',
          include: ['journeys/authorization/**/*.db.test.ts'],
          globalSetup: [globalFolder, globalDatabase],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          isolate: false,
          include: ['src/**/*.e2e.ts', 'journeys/**/*.e2e.ts'],
          globalSetup: [globalFolder, globalDatabase, globalBrowser],
          maxConcurrency: 2,
          // What a page shows comes when the machine has time for it.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
