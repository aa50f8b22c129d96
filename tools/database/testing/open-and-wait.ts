/** A process for the tests to kill: opens the database of the folder it is given, prints its address, and waits. */
import { openDatabase } from '../open-database.ts'

const database = await openDatabase({ dataFolder: process.argv[2] ?? '', say: () => undefined })
process.stdout.write(`${database.url}\n`)
setInterval(() => undefined, 60_000)
