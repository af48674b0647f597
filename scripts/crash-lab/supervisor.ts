import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A process that is started again whenever it ends, as systemd would with Restart=always. */
export type Supervised = {
  name: string
  /** Null between its end and its next start. */
  pid: () => number | null
  /** True from its word that it is ready to its end. */
  isReady: () => boolean
  /** What it said beside `ready`. @throws when it does not get ready in time */
  ready: (withinMs: number) => Promise<string>
  /** Starts there were, the first included. */
  starts: () => number
  stop: () => Promise<void>
}

const restartAfterMs = 300

/** @param folder keeps what it says in `<name>.log` */
export function supervise(
  name: string,
  script: string,
  { folder, args = [], env }: { folder: string; args?: readonly string[]; env?: Record<string, string> },
): Supervised {
  const output = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
  let child: ChildProcess | null = null
  let said: string | null = null
  let starts = 0
  let stopping = false
  const run = async () => {
    while (!stopping) {
      starts++
      const running = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, ...env },
      })
      child = running
      running.stdin.on('error', () => {}) // it is never written to; it only shows that we live
      let heard = ''
      running.stdout.on('data', (data) => {
        output.write(data)
        if (said !== null || running !== child) return
        heard = (heard + String(data)).slice(-4000)
        said = /^ready (.*)\n/m.exec(heard)?.[1] ?? null
      })
      running.stderr.on('data', (data) => void output.write(data))
      await once(running, 'exit')
      output.write(`\n--- ended: ${running.signalCode ?? running.exitCode}\n`)
      child = null
      said = null
      await pause(restartAfterMs)
    }
  }
  const running = run()
  return {
    name,
    pid: () => child?.pid ?? null,
    isReady: () => said !== null,
    starts: () => starts,
    ready: async (withinMs) => {
      for (const until = Date.now() + withinMs; Date.now() < until; await pause(50)) if (said !== null) return said
      throw new Error(`${name} was not ready within ${withinMs / 1000} s; see ${folder}/${name}.log`)
    },
    stop: async () => {
      stopping = true
      child?.kill('SIGCONT')
      child?.kill('SIGTERM')
      const patience = setTimeout(() => child?.kill('SIGKILL'), 30_000)
      await running
      clearTimeout(patience)
      output.end()
    },
  }
}
