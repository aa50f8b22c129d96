import { readFileSync } from 'node:fs'
import type { Decision } from '@lentera/core/shared/refusals'
import type { PublishedTable } from '@lentera/release/audit'
import { readLongTable } from '@lentera/server/publications/long-table'

/** A table of long form from a CSV or workbook, as the server reads it too; its name is its path. Refuses as `readLongTable`. */
export const readTable = (path: string, value: string | null): Promise<Decision<PublishedTable>> =>
  readLongTable(readFileSync(path), value, path)
