import { askUnseen } from './commands/ask-unseen.ts'
import { runCommandLine } from './commands/program.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  bars: process.stderr.isTTY ? process.stderr : null,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askUnseen } : {}),
})
