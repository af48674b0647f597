import { openApplication } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'

/** The application as a process of its own, without pages; organs and people of the demonstration, no plan years. */
const application = await openApplication(readSettings(process.env), {
  chooseMode: async () => 'demo',
  log: (line) => console.log(line),
  web: async () => null,
  version: 'crash-lab',
  logger: { level: 'error' },
  demonstration: 'people',
})
console.log(`ready ${application.address}`)
const end = () => void application.close().then(() => process.exit(0))
process.on('SIGTERM', end)
// The laboratory holds the other end: should it die, nothing of it stays behind.
process.stdin.resume().once('end', end)
