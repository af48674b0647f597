import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A wire between application and database that can be made slow, silent or cut; the kernel here has no netem. */
export type Proxy = {
  port: number
  /** Every connection there is, ended with a reset on both sides. */
  cut: () => void
  /** Until `release`: bytes are taken and kept; nobody hears anything. */
  stall: () => void
  /** Until `release`: every piece comes so much later. */
  delay: (milliseconds: number) => void
  /** Until `release`: nobody gets through, as if the server had no network. */
  refuse: () => void
  release: () => void
  connections: () => number
  close: () => Promise<void>
}

/** @param targetPort on loopback; asked anew for every connection, so that a server may come back elsewhere */
export async function openProxy(targetPort: () => number): Promise<Proxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let stalled: Promise<void> | null = null
  let wake = () => {}
  let delayMs = 0
  let refusing = false
  const server: Server = createServer((near) => {
    if (refusing) return void near.resetAndDestroy()
    const far = connect({ port: targetPort(), host: '127.0.0.1', noDelay: true })
    near.setNoDelay(true)
    const pair = [near, far] as const
    pairs.add(pair)
    passOn(near, far)
    passOn(far, near)
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        pairs.delete(pair)
        for (const end of pair) end.destroy()
      })
    }
  })
  /** In order, whatever the wire is like meanwhile. */
  function passOn(from: Socket, to: Socket): void {
    let last: Promise<void> | null = null
    from.on('data', (piece) => {
      const waits = [last, stalled, delayMs > 0 ? new Promise<void>((done) => setTimeout(done, delayMs)) : null]
      if (waits.every((wait) => wait === null)) return void to.write(piece)
      const sent: Promise<void> = Promise.all(waits).then(() => {
        to.write(piece)
        if (last === sent) last = null
      })
      last = sent
    })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy()
  }
  const release = () => {
    delayMs = 0
    refusing = false
    wake()
    stalled = null
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stall: () => {
      stalled ??= new Promise<void>((resolve) => (wake = resolve))
    },
    delay: (milliseconds) => (delayMs = milliseconds),
    refuse: () => {
      refusing = true
      cut()
    },
    release,
    connections: () => pairs.size,
    close: async () => {
      release()
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
