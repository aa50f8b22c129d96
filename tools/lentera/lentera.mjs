// `npm run lentera -- ...`. As `npm start`, this must be understood by every Node there is.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Lentera needs Node 20 or newer, and this is Node ${process.versions.node}.`)
  process.exitCode = 1
} else {
  import('../start/launch.mjs').then(({ launch }) => launch('tools/lentera/main.ts', process.argv.slice(2)))
}
