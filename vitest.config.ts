import { defineConfig } from 'vitest/config'

const built = ['**/node_modules/**', '**/dist/**', '**/.types/**']
const browser = ['**/*.browser.test.ts']
const database = ['server/**/*.test.ts', 'tools/**/*.test.ts']

/**
 * Three kinds of test, told apart by where they lie and how they are named:
 * `unit` (pure code and properties, every room), `database` (all that may ask for a real PostgreSQL), and `browser`
 * (`*.browser.test.ts`: a real Chromium against a real server).
 */
export default defineConfig({
  test: {
    // Two cores: more workers only make real databases and browsers wait for one another.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...built, ...browser, ...database],
          // Properties over generated histories: seconds of work, and more where a machine is shared.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'database',
          include: database,
          exclude: [...built, ...browser],
          globalSetup: ['tools/database/testing/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          exclude: built,
          globalSetup: ['tools/database/testing/global-setup.ts', 'tools/browser/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          // One browser at a time.
          fileParallelism: false,
        },
      },
    ],
  },
})
