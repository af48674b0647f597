import { runStep } from './run-step.ts'

/**
 * `npm run fail-at-n`: every main act with every one of its calls to the database failing, by an error and by a broken
 * connection (goal G18); the tests take a few of them each.
 */
const tests = ['run', '--project', 'db', 'journeys/fail-at-n.db.test.ts']
process.exit(await runStep('vitest', tests, { FAIL_AT_N: 'all' }))
