import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type Chromium = {
  readonly program: string
  readonly environment: Readonly<Record<string, string>>
}

const execute = promisify(execFile)

/**
 * Unpacks the Chromium of the npm package `@sparticuz/chromium`, once a version and user, and says how to start it.
 *
 * The package unpacks into the temporary folder and takes any `chromium` it finds there, of whatever version: it gets
 * a temporary folder of its own, named after its version, and becomes visible only when whole.
 * It is built for a bare server: all it needs beyond glibc are the NSS and expat libraries, which the package brings
 * for Amazon's Lambda, and they serve here where the system has none. Of fonts it sees only the package's own
 * (Open Sans): a page whose web font did not arrive looks the same, wrong, on every machine.
 */
export async function unpackChromium(): Promise<Chromium> {
  const packageFile = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'package.json')
  // Every npm package's package.json states its version.
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `lentera-chromium-${version}-${userInfo().uid}`)
  if (!existsSync(folder)) await unpackTo(folder)
  const program = join(folder, 'chromium')
  const { stdout: needs } = await execute('ldd', [program]).catch(() => ({ stdout: 'not found' }))
  return {
    program,
    environment: {
      PATH: process.env.PATH ?? '',
      TMPDIR: tmpdir(),
      HOME: join(folder, 'home'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      TZ: 'UTC',
      ...(needs.includes('not found') ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}),
    },
  }
}

async function unpackTo(folder: string): Promise<void> {
  const half = mkdtempSync(`${folder}-unpacking-`)
  try {
    const unpack = "import c from '@sparticuz/chromium'; await c.executablePath()"
    // In a process of its own: the temporary folder is the whole process's. The Lambda's name unpacks the libraries too.
    await execute(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: import.meta.dirname,
      env: { PATH: process.env.PATH ?? '', TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    })
    mkdirSync(join(half, 'home'))
    writeFileSync(join(half, 'fonts.conf'), fontsOf(folder))
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    // Another run may have been quicker.
    if (!existsSync(folder)) throw error
  }
}

function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
