// `npm run tour`: as `npm start`, under the project's own Node.
import { launch } from '../start/launch.mjs'

launch('tools/tour/main.ts', process.argv.slice(2))
