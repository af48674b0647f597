import { readFileSync } from 'node:fs'
import { openApplication } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'

/** The application as a process of its own, without pages; organs and people of the demonstration, no plan years. */
const settings = readSettings(process.env)
const application = await openApplication(
  { ...settings, clock: () => new Date(Date.now() + clockOffsetMs()) },
  {
    chooseMode: async () => 'demo',
    log: (line) => console.log(line),
    web: async () => null,
    version: 'crash-lab',
    logger: { level: 'error' },
    demonstration: 'people',
  },
)
console.log(`ready ${application.address}`)
const end = () => void application.close().then(() => process.exit(0))
process.on('SIGTERM', end)
// The laboratory holds the other end: should it die, nothing of it stays behind.
process.stdin.resume().once('end', end)

/** How far the clock of this process is set wrong: the laboratory writes it into a file. */
function clockOffsetMs(): number {
  const file = process.env['YUNBAO_LAB_CLOCK']
  if (file === undefined) return 0
  try {
    return Number(readFileSync(file, 'utf8')) || 0
  } catch {
    return 0 // none has jumped yet
  }
}
