import type { PortalHanded } from '@lentera/portal/pages'
import type { Attempts } from '../accounts/attempts.ts'
import type { SetupToken } from '../accounts/setup.ts'
import type { Database } from '../database/database.ts'
import type { Preparations } from '../publish/publications/preparations.ts'
import type { Releases } from '../publish/releases.ts'
import type { CountedEvidence } from '../rooms/evidence/board.ts'
import type { Events } from './events.ts'

/** What the routes of one running server share. */
export type Server = {
  readonly version: string
  readonly database: Database
  readonly events: Events
  /** 32 random bytes that never leave this machine: they make the answers for names nobody has. */
  readonly secret: Uint8Array<ArrayBuffer>
  readonly attempts: Attempts
  readonly setup: SetupToken
  readonly cast: readonly CastMember[]
  readonly openApi: () => Record<string, unknown>
  readonly releases: Releases
  readonly publications: Preparations
  /** What anybody may have. */
  readonly handed: () => Promise<PortalHanded>
  readonly evidence: CountedEvidence
}

/** A member of the demonstration whom a visitor can become. */
export type CastMember = {
  readonly login: string
  readonly passphrase: string
  readonly label: string
  readonly programmeName: string
  readonly roles: readonly string[]
}
