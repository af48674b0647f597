import { defineConfig } from 'vitest/config'

const globalDatabase = 'src/kernel/testing/global-database.ts'

export default defineConfig({
  test: {
    // Two cores, and PostgreSQL beside us.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts', 'journeys/**/*.db.test.ts'],
          globalSetup: [globalDatabase],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['src/**/*.e2e.ts', 'journeys/**/*.e2e.ts'],
          globalSetup: [globalDatabase],
          fileParallelism: false,
          maxConcurrency: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
