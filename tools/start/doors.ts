import { join } from 'node:path'

/** What the start needs of the other rooms. They are loaded only when they are needed: a start is to be quick. */
export type Doors = {
  /** Migrates the database, and answers on both ports. */
  startServer(options: {
    readonly databaseUrl: string
    readonly deskPort: number
    readonly portalPort: number
    readonly deskFolder: string
    readonly dataFolder: string
    readonly empty: boolean
    readonly say: (line: string) => void
    readonly cast: readonly unknown[]
  }): Promise<{ readonly desk: string; readonly portal: string; stop(): Promise<void> }>
  /** Whom the sign-in page of a demonstration offers. */
  readonly cast: readonly unknown[]
  loadDemonstration(options: {
    readonly databaseUrl: string
    readonly deskUrl: string
    readonly size: number
    readonly seed: string | undefined
    readonly progress: (done: number, total: number) => void
  }): Promise<unknown>
}

/** @param project the root whose `server` and `tools/demonstration` are meant. */
export function doorsOf(project: string): { [door in keyof Doors]: () => Promise<Doors[door]> } {
  // The modules are named by path at run time, so that a start can be tried on other rooms; their shapes are agreed above.
  const from = async <Door extends keyof Doors>(path: string, door: Door): Promise<Doors[Door]> =>
    ((await import(join(project, path))) as Pick<Doors, Door>)[door]
  return {
    startServer: () => from('server/main.ts', 'startServer'),
    cast: () => from('tools/demonstration/cast.ts', 'cast'),
    loadDemonstration: () => from('tools/demonstration/load.ts', 'loadDemonstration'),
  }
}
