// `npm test`. As in ../start/start.mjs, nothing is imported before the version is known.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Lentera needs Node 20 or newer, and this is Node ${process.versions.node}.`)
  process.exitCode = 1
} else {
  import('../start/launch.mjs').then(({ launch }) => launch('tools/test/main.ts', process.argv.slice(2)))
}
