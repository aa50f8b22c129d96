import { readFileSync } from 'node:fs'
import type { Decision } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import type { PublishedTable } from '@lentera/release/audit'

/** A table of long form from a CSV or workbook, as server and desk read it too; its name is its path. Refuses as `readLongTable`. */
export const readTable = (path: string, value: string | null): Promise<Decision<PublishedTable>> =>
  readLongTable(readFileSync(path), value, path)
