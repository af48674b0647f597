import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root, runStep } from './run-step.ts'

/**
 * `npm test`: the web application is built, then unit, database and browser tests run; after a whole run every norm
 * carried must have a passing test (`yunbao norms coverage`). The counts are the last line. The results are kept in the
 * file `YUNBAO_TEST_RESULTS` names, where it is set.
 */
type Results = { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number; numPendingTests: number }

const folder = await mkdtemp(join(tmpdir(), 'yunbao-results-'))
const kept = process.env['YUNBAO_TEST_RESULTS']?.trim()
const resultsFile = kept ? resolve(kept) : join(folder, 'results.json')
await rm(resultsFile, { force: true }) // what an earlier run left must not pass for this one
const rest = process.argv.slice(2)
const startedAt = performance.now()
let code = await runStep('vite', ['build', '--logLevel', 'warn'])
if (code === 0) {
  // Workers, threads and commands that tests start load the same packages again and again.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') }
  code = await runStep(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`, ...rest],
    env,
  )
}
const results = await readFile(resultsFile, 'utf8').then(
  (text) => JSON.parse(text) as Results,
  () => null,
)
// A part of the tests proves nothing of the whole catalogue.
if (results !== null && rest.length === 0) {
  const uncovered = await runStep('node', ['src/apps/cli.ts', 'norms', 'coverage', '--results', resultsFile])
  if (code === 0) code = uncovered
}
await rm(folder, { recursive: true, force: true })
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
if (results === null) console.log(`0 passed, 1 failed (no test ran; ${minutes} min)`)
else {
  // A file that cannot even be loaded counts as one failure, so that it can never hide.
  const failed = results.numFailedTests + (results.numFailedTests === 0 ? results.numFailedTestSuites : 0)
  console.log(`${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped (${minutes} min)`)
}
process.exit(code)
