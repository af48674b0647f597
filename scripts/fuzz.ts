import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApplication } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'
import { fuzz } from '../journeys/fuzz/fuzz.ts'

/**
 * `npm run fuzz -- --requests 100000 --seed 1`: generated requests to every operation of the whole application, each
 * answer checked against the published OpenAPI document. Exit code 1 where one answers otherwise than declared.
 */
const given = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const [requests, seed] = [given('requests', 10_000), given('seed', Math.floor(Math.random() * 1e6))]
const directory = await mkdtemp(join(tmpdir(), 'yunbao-fuzz-'))
const settings = readSettings({
  PORT: '0',
  YUNBAO_DATA_DIR: process.env['YUNBAO_FUZZ_DATA_DIR'] ?? directory,
  YUNBAO_MODE: 'demo',
  YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: '100000',
})
const application = await openApplication(settings, {
  chooseMode: async () => 'demo',
  log: () => {},
  web: async () => null,
  version: 'fuzz',
  logger: false,
})
let failed = false
let told = 0
try {
  const startedAt = performance.now()
  const report = await fuzz(application, {
    requests,
    seed,
    clock: settings.clock,
    progress: (done, { faults }) => {
      for (const fault of faults.slice(told)) console.log(fault)
      told = faults.length
      if (done % 5000 === 0) console.log(`${done} requests, ${told} faults`)
    },
  })
  const statuses = [...report.byStatus].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  const seconds = (performance.now() - startedAt) / 1000
  for (const fault of report.faults.slice(told)) console.log(fault)
  console.log(
    `${report.requests} requests, seed ${seed}, ${report.faults.length} answers outside of what is declared; ${statuses.join(', ')} (${seconds.toFixed(0)} s)`,
  )
  failed = report.faults.length > 0
} finally {
  await application.close()
  await rm(directory, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)
