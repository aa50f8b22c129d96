import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refused } from '../database/refused.ts'

export type Settings = {
  readonly portalPort: number
  readonly deskPort: number
  /** Absolute. */
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly empty: boolean
  /** Of the demonstration, where it is loaded: 1 is the programme of the brochure. */
  readonly size: number
  /** Undefined is the seed everybody has. */
  readonly seed: string | undefined
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
  const { empty, size, seed } = readArguments(args)
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
    empty,
    size,
    seed,
  }
}

/** Sizes of the demonstration that can be loaded. */
const [smallest, largest] = [0.01, 10]

function readArguments(args: readonly string[]): Pick<Settings, 'empty' | 'size' | 'seed'> {
  const known = {
    empty: { type: 'boolean', default: false },
    size: { type: 'string', default: '1' },
    seed: { type: 'string' },
  } as const
  const { values, tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true })
  const unknown = tokens.find((token) => token.kind !== 'option' || !(token.name in known))
  if (unknown) {
    const said = unknown.kind === 'option' ? unknown.rawName : (args[unknown.index] ?? '')
    throw new Refused(
      'other',
      `"${said}" is not known here; the choices are npm start -- --empty, --size NUMBER and --seed TEXT.`,
    )
  }
  // Without a value, the option is there and true.
  const size = typeof values.size === 'string' ? Number(values.size) : Number.NaN
  if (!(size >= smallest && size <= largest)) {
    throw new Refused(
      'other',
      `--size is "${typeof values.size === 'string' ? values.size : ''}", which is not a number between ${smallest} and ${largest}.`,
    )
  }
  const seed = typeof values.seed === 'string' && values.seed !== '' ? values.seed : undefined
  if (values.seed !== undefined && !seed) throw new Refused('other', '--seed needs a text: npm start -- --seed TEXT.')
  return { empty: values.empty === true, size, seed }
}

function readPort(name: string, environment: Readonly<Record<string, string | undefined>>, standard: number): number {
  const given = environment[name]
  if (given === undefined || given === '') return standard
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Refused('port', `${name} is "${given}", which is not a port between 1 and 65535.`)
}
