import { runCommandLine } from './commands/program.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  bars: process.stderr.isTTY ? process.stderr : null,
})
