import { appendFile } from 'node:fs/promises'

/**
 * What the server's log may say: names of events and ids, never people, bodies, addresses with secrets or the text of an
 * error (it may quote what a person wrote).
 */
export type Events = {
  readonly record: (event: EventName, ids?: Readonly<Record<string, string | number>>) => void
  /** Settles when all that was recorded is written. */
  readonly settled: () => Promise<void>
}

export type EventName =
  | 'started'
  | 'stopped'
  | 'founded'
  | 'signed-in'
  | 'signed-in-by-code'
  | 'sign-in-refused'
  | 'signed-out'
  | 'account-added'
  | 'account-changed'
  | 'account-change-refused'
  | 'member-removed'
  | 'request-failed'
  | 'database-unavailable'

/** Lines of JSON in one file. What cannot be written there is lost: a full disk must not stop the work. */
export function logEventsTo(file: string): Events {
  const queue = { last: Promise.resolve() }
  return {
    record(event, ids = {}) {
      const line = `${JSON.stringify({ at: new Date().toISOString(), event, ...ids })}\n`
      queue.last = queue.last.then(() => appendFile(file, line, { mode: 0o600 })).catch(() => undefined)
    },
    settled: () => queue.last,
  }
}

/** What may be said of an error: its name, its code, and where it happened, never its message. */
export function traceOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const places = frames.slice(0, 4).map((line) => line.replace(/^.*\/(?=[^/]+\/[^/]+:\d+:\d+)/, '').replace(')', ''))
  return { error: error.name, code, where: places.join(' < ') }
}
