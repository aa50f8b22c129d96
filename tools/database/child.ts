import { spawn } from 'node:child_process'
import type { Account } from './account.ts'

export type Outcome = { readonly code: number; readonly output: string }

/**
 * Runs one short command and waits for it.
 * A command that cannot be started at all (`EACCES`, `ENOENT`, `EPERM`) is code -1 with the system's word as output:
 * left alone, Node throws that as an uncaught 'error' event and the whole process ends with a stack trace.
 *
 * @param account whose rights it runs with; undefined means ours.
 * @param input what it reads from its standard input.
 */
export function run(
  command: string,
  args: readonly string[],
  { account, input }: { readonly account?: Account | undefined; readonly input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    // The folder we were started in may be closed to that account; '/' never is.
    const child = spawn(command, [...args], { ...account, cwd: '/', env: plainEnvironment(), stdio: 'pipe' })
    const heard: string[] = []
    child.stdout.on('data', (chunk: Buffer) => heard.push(chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => heard.push(chunk.toString()))
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => resolve({ code: -1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? -1, output: heard.join('') }))
    child.stdin.end(input)
  })
}

/** No PG* variable of the caller may steer our cluster, and every message is to be in plain English to be recognised. */
export function plainEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
