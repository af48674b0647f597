import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

export const knownSignature = 'HOSTILE-TEST-SIGNATURE'

export type ScannerForTest = {
  /** `host:port`. */
  address: string
  /** `well`, or how it fails, as clamd does. */
  mood: 'well' | 'too large' | 'hangs up'
  close: () => void
}

/** A server that speaks clamd's INSTREAM and knows one signature. */
export async function openScanner(): Promise<ScannerForTest> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (scanner.mood === 'hangs up') return void socket.destroy()
      const command = 'zINSTREAM\0'
      if (received.length < command.length || received.toString('latin1', 0, command.length) !== command) return
      let at = command.length
      const content: Buffer[] = []
      while (received.length >= at + 4) {
        const length = received.readUInt32BE(at)
        if (length === 0) {
          const text = Buffer.concat(content).toString('latin1')
          const verdict = text.includes(knownSignature) ? 'stream: Hostile.Test FOUND' : 'stream: OK'
          return void socket.end(`${scanner.mood === 'too large' ? 'INSTREAM size limit exceeded. ERROR' : verdict}\0`)
        }
        if (received.length < at + 4 + length) return
        content.push(received.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const scanner: ScannerForTest = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'well',
    close: () => void server.close(),
  }
  return scanner
}
