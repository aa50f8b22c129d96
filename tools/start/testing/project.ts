import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const real = join(import.meta.dirname, '../../..')

/** A project of its own in the temporary folder: the real start and database, stand-ins for the other rooms. */
export function makeProject(): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'lentera-project-'))
  chmodSync(root, 0o755)
  cpSync(join(import.meta.dirname, 'rooms'), root, { recursive: true })
  for (const room of ['start', 'database'])
    cpSync(join(real, 'tools', room), join(root, 'tools', room), { recursive: true })
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.base.json'])
    cpSync(join(real, file), join(root, file))
  for (const wall of ['core', 'sealed', 'release', 'ui']) mkdirSync(join(root, wall))
  symlinkSync(join(real, 'node_modules'), join(root, 'node_modules'))
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

export type Started = {
  readonly child: ChildProcess
  /** All it printed so far. */
  text(): string
  /** Waits until it has printed this. */
  until(pattern: RegExp): Promise<RegExpMatchArray>
  /** Waits until it has ended. */
  ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/** Runs a command in the project as a person would, in a process group of its own, as a terminal gives it. */
export function startIn(
  root: string,
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Started {
  const [program, ...args] = command
  // Nothing of the run around us may steer it: no npm settings, no folder we were called from.
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? root, ...environment },
  })
  let heard = ''
  const end = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  const closed = new Promise((resolve) => child.on('close', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
    })
  }
  return {
    child,
    text: () => heard,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = heard.match(pattern)
          if (match !== null) finish(() => resolve(match))
        }
        const finish = (how: () => void): void => {
          clearTimeout(limit)
          clearInterval(timer)
          how()
        }
        const timer = setInterval(look, 20)
        const fail = (why: string): void =>
          finish(() => reject(new Error(`${why} before printing ${pattern}:\n${heard}`)))
        const limit = setTimeout(() => fail('30 s passed'), 30_000)
        void closed.then(() => {
          look()
          fail('It ended')
        })
      }),
    async ended() {
      const how = await end
      // What it printed last may still be in the pipe; a server left alive would hold that open for ever.
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000))])
      return how
    },
  }
}

/** Two ports that are free now. */
export async function freePorts(): Promise<Readonly<Record<'LENTERA_PORTAL_PORT' | 'LENTERA_DESK_PORT', string>>> {
  const probes = [createServer(), createServer()]
  const ports = await Promise.all(
    probes.map(
      (probe) =>
        new Promise<string>((resolve) => {
          probe.listen({ host: '127.0.0.1', port: 0 }, () => {
            const address = probe.address()
            resolve(typeof address === 'object' && address !== null ? String(address.port) : '')
          })
        }),
    ),
  )
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))))
  return { LENTERA_PORTAL_PORT: ports[0] ?? '', LENTERA_DESK_PORT: ports[1] ?? '' }
}

/** Whether a process is there; a child that ended and was not yet asked after is not. */
export function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`)
}
