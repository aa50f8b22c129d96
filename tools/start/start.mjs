// `npm start`. This file must be understood by every Node there is, so that an old one gets a sentence and not a
// syntax error: nothing is imported before the version is known, and nothing here is newer than 2015.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Lentera needs Node 20 or newer, and this is Node ${process.versions.node}.`)
  process.exitCode = 1
} else {
  import('./launch.mjs').then(({ launch }) => launch('tools/start/main.ts', process.argv.slice(2)))
}
