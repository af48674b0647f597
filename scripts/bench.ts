import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGround } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'
import { openCluster } from '#kernel/server/cluster.ts'
import { openDatabase } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { assetMeasures } from './bench/assets.ts'
import { auditMeasures } from './bench/audit.ts'
import { caseMeasures } from './bench/cases.ts'
import { countMeasures } from './bench/counts.ts'
import { crowdMeasures } from './bench/crowd.ts'
import { cycleMeasures } from './bench/cycle.ts'
import { decisionMeasures } from './bench/decisions.ts'
import { importMeasures } from './bench/import.ts'
import { ledgerMeasures } from './bench/ledger.ts'
import { matchingMeasures } from './bench/matching.ts'
import type { Measure } from './bench/measure.ts'
import { pageMeasures } from './bench/pages.ts'
import { fillProvince } from './bench/province.ts'
import { ruleMeasures } from './bench/rules.ts'
import { wallMeasures } from './bench/walls.ts'
import { whatifMeasures } from './bench/whatif.ts'

/**
 * `npm run bench`: every measure stands beside the bare work in the same run. `-- --quick` takes a tenth of the province;
 * `-- --json` prints one line of JSON a measure; `-- --only=pages` one group; `-- --only=assets --cards=5000000` a
 * register of so many cards. Nothing is asserted: `met` says whether the
 * target held, targets of whole amounts scaled with them.
 */
const quick = process.argv.includes('--quick')
const json = process.argv.includes('--json')
const only = process.argv.find((given) => given.startsWith('--only='))?.slice('--only='.length)
const scale = quick ? 0.1 : 1
const groups = {
  rules: ruleMeasures,
  ledger: ledgerMeasures,
  cycle: cycleMeasures,
  decisions: decisionMeasures,
  import: importMeasures,
  pages: pageMeasures,
  crowd: crowdMeasures,
  cases: caseMeasures,
  walls: wallMeasures,
  audit: auditMeasures,
  whatif: whatifMeasures,
  assets: assetMeasures,
  matching: matchingMeasures,
  count: countMeasures,
}
const directory = await mkdtemp(join(tmpdir(), 'yunbao-bench-'))
const cluster = await openCluster({ directory: join(directory, 'database'), log: () => {} })
const db = openDatabase(cluster.appUrl, { max: 16, statementTimeoutMs: 0, scope: systemScope })
const bareUrl = cluster.superuserUrl
const bare = openDatabase(bareUrl, { max: 12, statementTimeoutMs: 0 })
const environment = {
  DATABASE_URL: cluster.ownerUrl,
  DATABASE_APP_URL: cluster.appUrl,
  YUNBAO_DATA_DIR: join(directory, 'data'),
  YUNBAO_MODE: 'demo',
  YUNBAO_CLOCK: '2026-11-23T09:00:00+08:00',
}
const ground = await openGround(
  readSettings(environment),
  async () => 'demo',
  () => {},
  { demonstration: 'people' },
)
try {
  const province = await fillProvince(cluster.ownerUrl, Math.round(7000 * scale))
  for (const [name, measures] of Object.entries(groups))
    if (only === undefined || only === name)
      for await (const measure of measures({ db, bare, bareUrl, ground, province, environment, scale })) print(measure)
} finally {
  await ground.close()
  await db.close()
  await bare.close()
  await cluster.stop()
  await rm(directory, { recursive: true, force: true })
}

function print({ name, value, unit, rawValue, target: amount, targetRatio, lowerIsBetter }: Measure): void {
  const ratio = rawValue === null ? null : Math.round((value / rawValue) * 100) / 100
  const target = targetRatio ?? amount
  const judged = targetRatio === undefined ? value : (ratio ?? 0)
  const met = target === null ? null : lowerIsBetter ? judged <= target : judged >= target
  if (json) return console.log(JSON.stringify({ name, value, unit, rawValue, ratio, target, met }))
  const figure = (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: n < 10 ? 2 : 0 })
  console.log(
    `${name.padEnd(56)} ${figure(value).padStart(9)} ${unit.padEnd(8)}${rawValue === null ? '' : ` raw ${figure(rawValue)}, ratio ${ratio}`}${target === null ? '' : `  target ${figure(target)} ${met ? 'met' : 'MISSED'}`}`,
  )
}
