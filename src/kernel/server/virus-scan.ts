import { createReadStream } from 'node:fs'
import { connect } from 'node:net'

/** Looks at a file that came in. @returns the name of what was found, null when nothing was. @throws ScannerAway */
export type Scan = (path: string) => Promise<string | null>

/** 503: the scanner that the settings name does not answer; nothing is taken in unscanned. */
export class ScannerAway extends Error {}

const patienceMs = 20_000

/**
 * A clamd beside us, asked by its own protocol (INSTREAM: pieces with their length before them, an empty one at the end),
 * so that it needs no access to our files. Source: clamd(8).
 * @param address `host:port`
 */
export function clamdScan(address: string): Scan {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(address) ?? []
  return async (path) => verdictOf(await sent(host.replace(/^\[|\]$/g, ''), Number(port), path))
}

/** `stream: OK`, `stream: Eicar-Test-Signature FOUND`; anything else is no verdict. */
function verdictOf(said: string): string | null {
  const [, found] = /^stream: ([^\0\n]*) FOUND\0?\n?$/.exec(said) ?? []
  if (found !== undefined) return found
  if (/^stream: OK\0?\n?$/.test(said)) return null
  throw new ScannerAway(`clamd said: ${said.slice(0, 200)}`)
}

function sent(host: string, port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const fail = (error: Error) => {
      socket.destroy()
      reject(new ScannerAway(error.message, { cause: error }))
    }
    let said = ''
    socket.setTimeout(patienceMs, () => fail(new Error('no answer in time')))
    socket.on('error', fail)
    socket.on('data', (chunk: Buffer) => void (said += chunk.toString('latin1')))
    socket.on('end', () => {
      socket.destroy()
      resolve(said)
    })
    socket.on('connect', () => {
      socket.write('zINSTREAM\0')
      const file = createReadStream(path)
      file.on('error', fail)
      file.on('data', (chunk) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(chunk.length)
        socket.write(length)
        if (!socket.write(chunk)) {
          file.pause()
          socket.once('drain', () => file.resume())
        }
      })
      file.on('end', () => socket.write(Buffer.alloc(4)))
    })
  })
}
