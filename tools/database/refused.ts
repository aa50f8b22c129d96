/**
 * Why starting cannot go on, in one plain sentence for the person at the terminal. It is thrown, not returned: it ends
 * the whole command, and the one place that prints it (`tools/start/main.ts`) sits at the very top.
 */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: 'in use' | 'folder' | 'database' | 'port' | 'other'

  constructor(code: Refused['code'], sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** The system's own short name for what went wrong with a file or a socket: `EACCES`, `ENOSPC`, `ECONNREFUSED` ... */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What an error says, as the end of a sentence: without a full stop. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message || (systemCode(error) ?? error.name) : String(error)
  return text.split('\n')[0]?.replace(/\.$/, '') ?? text
}
