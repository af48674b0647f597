import { runStep } from './run-step.ts'

/** `npm run check`: types, lint, import rules, regular expressions and format; all of them run, so that one run tells everything. `--fix` mends what can be. */
const fix = process.argv.includes('--fix')
const steps: readonly [name: string, program: string, args: readonly string[]][] = [
  ['types (server)', 'tsc', typesOf('tsconfig.json')],
  ['types (web)', 'tsc', typesOf('tsconfig.web.json')],
  ['lint', 'oxlint', ['--quiet', ...(fix ? ['--fix'] : []), 'src', 'scripts', 'journeys']],
  ['format', 'oxfmt', [...(fix ? [] : ['--check']), 'src', 'scripts', 'journeys', 'bin']],
  ['imports', 'depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src']],
  ['regular expressions', 'node', ['scripts/regex-check.ts']],
]

/** What was right and has not changed is not checked again: a repeated check takes a tenth of the first. */
function typesOf(project: string): string[] {
  return ['-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', `node_modules/.cache/${project}.buildinfo`]
}

let failed = 0
for (const [name, program, args] of steps) {
  console.log(`— ${name}`)
  if ((await runStep(program, args)) !== 0) failed++
}
console.log(failed === 0 ? 'all checks passed' : `${failed} of ${steps.length} checks failed`)
process.exit(failed === 0 ? 0 : 1)
