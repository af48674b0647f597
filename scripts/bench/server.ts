import { openApplication } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'

/** The server of the page measures, a process of its own: the application without pages and without plan years. */
const application = await openApplication(readSettings(process.env), {
  chooseMode: async () => 'demo',
  log: () => {},
  web: async () => null,
  version: 'bench',
  logger: false,
  demonstration: 'people',
})
process.on('SIGTERM', () => void application.close().then(() => process.exit(0)))
console.log(application.address)
