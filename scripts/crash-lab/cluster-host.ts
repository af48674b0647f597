import { openCluster } from '#kernel/server/cluster.ts'

/** The database server as a process of its own, kept running by what keeps the embedded one running. */
const directory = process.argv[2] as string
const cluster = await openCluster({ directory, log: (line) => console.log(line), settings: { shared_buffers: '64MB' } })
const { ownerUrl, appUrl, readerUrl, superuserUrl, port, dataDirectory } = cluster
console.log(`ready ${JSON.stringify({ ownerUrl, appUrl, readerUrl, superuserUrl, port, dataDirectory })}`)
const end = () => void cluster.stop().then(() => process.exit(0))
process.on('SIGTERM', end)
// The laboratory holds the other end: should it die, nothing of it stays behind.
process.stdin.resume().once('end', end)
