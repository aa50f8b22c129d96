export type Tests = { readonly passed: number; readonly failed: number; readonly skipped: number }

/**
 * Sums Vitest's JSON report. A file that broke before its first test counts as one failed test, and so does a run that
 * ended badly although no test failed (an error nobody caught): neither may look green.
 *
 * @param report what the reporter `json` wrote.
 * @param ran whether Vitest itself ended well.
 */
export function countTests(report: unknown, ran: boolean): Tests {
  const files = property(report, 'testResults')
  if (!Array.isArray(files)) return { passed: 0, failed: 1, skipped: 0 }
  const states = files.flatMap((file: unknown) => {
    const tests = property(file, 'assertionResults')
    const own = Array.isArray(tests) ? tests.map((test) => property(test, 'status')) : []
    return property(file, 'status') === 'failed' && !own.includes('failed') ? [...own, 'failed'] : own
  })
  const passed = states.filter((state) => state === 'passed').length
  const failed = states.filter((state) => state === 'failed').length
  return { passed, failed: failed === 0 && !ran ? 1 : failed, skipped: states.length - passed - failed }
}

/** The last line of a run, by itself, for people and for machines. */
export function closingLine({ passed, failed, skipped }: Tests): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined
}
