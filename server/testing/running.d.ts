import { type MemberId, type ProgrammeId } from '@lentera/core/shared/ids'
import { type NewAccount } from '../accounts/accounts.ts'
import { type Database } from '../database/database.ts'
import { type RunningServer, type StartServer } from '../main.ts'
/** A real server on a real database, and a look behind both. */
export type Running = {
  readonly server: RunningServer
  readonly database: Database
  readonly ownerUrl: string
  readonly dataFolder: string
  readonly events: () => Promise<string>
  readonly stop: () => Promise<void>
}
export type Answer<Body> = {
  readonly status: number
  readonly body: Body
  readonly text: string
  readonly headers: Headers
}
export declare function runServer(options?: Partial<StartServer>): Promise<Running>
/** Asks over HTTP, a body as JSON, bytes as they are; `Body` is what the test expects to hear. */
export declare function ask<Body = unknown>(
  origin: string,
  at: string,
  {
    token,
    body,
    headers,
  }?: {
    token?: string | undefined
    body?: unknown
    headers?: Record<string, string>
  },
): Promise<Answer<Body>>
/** An account as a device would bring it; the keys in it are of no use, which nobody here looks at. */
export declare function accountOf(member: MemberId, login: string): NewAccount
/** Gives a member an account in the place of what she had, and signs her in. @returns her token */
export declare function signIn(running: Running, programme: ProgrammeId, member: MemberId): Promise<string>
