import * as support from '@lentera/core/support/capture'
import type { Desk, OpenedCase } from '../device/desk.ts'
import { openDesk } from '../device/open-desk.ts'

/** What a test finds on the window. */
export type DevicePage = { readonly desk: Desk; readonly support: typeof support }

export type SeenCase = OpenedCase

const page: DevicePage = { desk: openDesk(), support }
Object.assign(globalThis, page)
