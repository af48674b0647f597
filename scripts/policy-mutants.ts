import { runStep } from './run-step.ts'

/** `npm run policy-mutants`: every mutant of every policy function against the authorization matrix; a test takes a sample. */
process.exit(await runStep('vitest', ['run', '--project', 'authorization'], { YUNBAO_POLICY_MUTANTS: 'all' }))
