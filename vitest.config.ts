import { defineConfig } from 'vitest/config'
import { WalksAmongOthers } from './tools/test/sequence.ts'

const built = ['**/node_modules/**', '**/dist/**', '**/.types/**']
const browser = ['**/*.browser.test.ts']
const database = ['server/**/*.test.ts', 'tools/**/*.test.ts']

/**
 * What ends only what hangs. A test takes seconds, and many times as long where its machine has other work: how long is no
 * finding of a test.
 */
const limits = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } }

/**
 * Three kinds of test, told apart by where they lie and how they are named:
 * `unit` (pure code and properties, every room), `database` (all that may ask for a real PostgreSQL), and `browser`
 * (`*.browser.test.ts`: a real Chromium against a real server).
 */
export default defineConfig({
  test: {
    // Two cores, and one file more than that: a walk waits for its browser now and then, and so does a test of its database.
    maxWorkers: 3,
    sequence: { sequencer: WalksAmongOthers },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...built, ...browser, ...database],
          // Pure: what one file has loaded is as good for the next.
          isolate: false,
          ...limits,
        },
      },
      {
        test: {
          name: 'database',
          include: database,
          exclude: [...built, ...browser],
          globalSetup: ['tools/database/testing/global-setup.ts'],
          ...limits,
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          exclude: built,
          globalSetup: ['tools/database/testing/global-setup.ts', 'tools/browser/global-setup.ts'],
          ...limits,
        },
      },
    ],
  },
})
