import { runStep } from './run-step.ts'

/** `npm run histories`: 3,000 histories of clients at work on a ledger line, some 60,000 operations, searched for anomalies (goal G24). */
const tests = ['run', '--project', 'db', 'src/modules/ledger/line-history.db.test.ts']
process.exit(await runStep('vitest', tests, { HISTORY_RUNS: '3000' }))
