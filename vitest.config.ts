import { defineConfig, type Plugin } from 'vitest/config'
import { underBoard } from './journeys/authorization/switchboard.ts'
import TestOrder from './scripts/test-order.ts'

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
    // Two cores, and PostgreSQL beside us: three files at a time, since each waits for it, for processes and for time to pass.
    // Files of one kind share a process and what it has loaded: a third less work.
    maxWorkers: 3,
    sequence: { sequencer: TestOrder },
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
          expect: { poll: { timeout: 10_000 } },
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
          // After all else, and two at a time: a browser keeps a core busy, and what a page shows comes when there is time for it.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          include: ['src/**/*.e2e.ts', 'journeys/**/*.e2e.ts'],
          globalSetup: [globalFolder, globalDatabase, globalBrowser],
          maxConcurrency: 2,
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
