import { expect, test } from 'vitest'
import { closingLine, countTests } from './count.ts'

const file = (status: string, ...states: string[]): unknown => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
})

test('passed, failed and skipped tests are counted over all files', () => {
  const report = { testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed')] }
  expect(countTests(report, false)).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

test('a file that broke before its first test is a failure', () => {
  expect(countTests({ testResults: [file('failed'), file('passed', 'passed')] }, false).failed).toBe(1)
})

test('a run that ended badly is never without a failure', () => {
  expect(countTests({ testResults: [file('passed', 'passed')] }, false).failed).toBe(1)
  expect(countTests({}, true).failed).toBe(1)
  expect(countTests(undefined, true).failed).toBe(1)
})

test('the closing line stands by itself, with the skipped only when there are any', () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  expect(closingLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped')
})
