/** `npm run layers`: prints what imports what, then every wall that is crossed and why it stands. Exit code 1 if any is. */
import { join } from 'node:path'
import { checkLayers } from './check.ts'

const { crossed, files, table } = checkLayers(join(import.meta.dirname, '../..'))
const width = Math.max(...[...table.keys()].map((room) => room.length))
for (const [room, imports] of [...table].toSorted(([a], [b]) => a.localeCompare(b))) {
  console.log(`${room.padEnd(width)}  ${[...imports].toSorted().join(', ') || '-'}`)
}
for (const sentence of crossed) console.log(`\n✗ ${sentence}`)
console.log(`\n${files} files read, ${crossed.length} walls crossed.`)
process.exitCode = crossed.length > 0 ? 1 : 0
