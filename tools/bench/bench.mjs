// `npm run bench`: as `npm start`, under the project's own Node.
import { launch } from '../start/launch.mjs'

launch('tools/bench/main.ts', process.argv.slice(2))
