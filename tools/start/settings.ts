import { resolve } from 'node:path'
import { Refused } from '../database/refused.ts'

export type Settings = {
  readonly portalPort: number
  readonly deskPort: number
  /** Absolute. */
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly empty: boolean
}

/**
 * What the person asked for, from the command line and the environment.
 *
 * @param project the project's root; the data lies in its `.data` unless LENTERA_DATA says otherwise.
 * @throws Refused in one sentence for what cannot be meant.
 */
export function readSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  project: string,
): Settings {
  const unknown = args.find((arg) => arg !== '--empty')
  if (unknown !== undefined) {
    throw new Refused('other', `"${unknown}" is not known here; there is one choice: npm start -- --empty.`)
  }
  const portalPort = readPort('LENTERA_PORTAL_PORT', environment, 4100)
  const deskPort = readPort('LENTERA_DESK_PORT', environment, 4200)
  if (portalPort === deskPort) {
    throw new Refused('port', `Portal and desk are two origins and cannot share port ${deskPort}.`)
  }
  // npm changes to the project's folder and tells where it was called from: that is what a relative path means.
  const from = environment.INIT_CWD ?? project
  const given = environment.LENTERA_DATA
  return {
    portalPort,
    deskPort,
    dataFolder: given ? resolve(from, given) : resolve(project, '.data'),
    databaseUrl: environment.DATABASE_URL || undefined,
    empty: args.includes('--empty'),
  }
}

function readPort(name: string, environment: Readonly<Record<string, string | undefined>>, standard: number): number {
  const given = environment[name]
  if (given === undefined || given === '') return standard
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Refused('port', `${name} is "${given}", which is not a port between 1 and 65535.`)
}
