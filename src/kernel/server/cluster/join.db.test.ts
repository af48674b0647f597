import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openClusterPatiently, openOrJoinCluster, type SharedCluster } from './join.ts'
import { appRole } from './roles.ts'

let directory: string
let host: SharedCluster
const open = () => openOrJoinCluster({ directory, log: () => {} })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-join-'))
  await chmod(directory, 0o711)
  host = await open()
}, 60_000)
afterAll(async () => {
  await host.stop()
  await rm(directory, { recursive: true, force: true })
})

async function connect(url: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: applicationName })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  return client
}

test('who comes second joins once the database is made, and the first lets it finish', async () => {
  expect(host.joined).toBe(false)
  const joining = open()
  const owner = await connect(host.ownerUrl, 'migrations')
  await owner.query(`create schema kernel; create table kernel.installation (key text);
    grant usage on schema kernel to ${appRole}; grant select on kernel.installation to ${appRole}`)
  await owner.end()
  const second = await joining
  expect([second.joined, second.appUrl]).toEqual([true, host.appUrl])

  const working = await connect(second.appUrl, 'yunbao')
  const stopping = host.stop()
  // Half a second of work that a database shut down at once would break off.
  expect((await working.query('select pg_sleep(0.5)')).rowCount).toBe(1)
  await working.end()
  await stopping
  await expect(connect(host.appUrl, 'yunbao')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
}, 60_000)

test('a server waits for the process that is about to leave', async () => {
  host = await open()
  const lines: string[] = []
  const server = openClusterPatiently({ directory, log: (line) => lines.push(line) })
  await vi.waitFor(() => expect(lines).toEqual(['数据目录正由另一个运保进程使用，等待它结束……']))
  await host.stop()
  host = await server
  expect(host.joined).toBe(false)
  const app = await connect(host.appUrl, 'yunbao')
  await app.end()
}, 60_000)
