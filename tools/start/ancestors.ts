import { readFileSync } from 'node:fs'

/**
 * Calls `gone` once when the process that launched us is gone without having told us: our launcher, or the npm above it.
 * A kill -9 of one of those must not leave a server that nobody sees and that holds the data folder.
 */
export function watchLaunchers(gone: () => void): void {
  const launcher = process.env.LENTERA_LAUNCHER
  delete process.env.LENTERA_LAUNCHER
  if (launcher === undefined || Number(launcher) !== process.ppid) return
  const line = ancestors()
  const npm = line.findIndex(isNpm)
  const watched = line.slice(0, npm === -1 ? 1 : npm + 1).join()
  const timer = setInterval(() => {
    if (`${ancestors().join()},`.startsWith(`${watched},`)) return
    clearInterval(timer)
    gone()
  }, 300)
  timer.unref()
}

/** The processes above us: parent, grandparent, ... as far as a shell and npm could be. */
function ancestors(): readonly number[] {
  const line = [process.ppid]
  for (let level = 0; level < 3; level += 1) {
    const parent = parentOf(line.at(-1) ?? 0)
    if (parent === undefined || parent <= 1) break
    line.push(parent)
  }
  return line
}

function parentOf(pid: number): number | undefined {
  // pid (name) state parent ...: the name may itself hold blanks and brackets.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')
  return fields?.[1] === undefined ? undefined : Number(fields[1])
}

function isNpm(pid: number): boolean {
  return /^npm\b|npm-cli\.js/.test(
    read(`/proc/${pid}/cmdline`)
      ?.replaceAll('\0', ' ')
      .replace(/^\S*node /, '') ?? '',
  )
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
