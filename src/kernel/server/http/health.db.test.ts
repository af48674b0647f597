import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#kernel/server/database.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import type { ProcessState } from '../upkeep/server-process.ts'
import { healthRoutes } from './health.ts'

const well: ProcessState = {
  sealing: { working: true, lagSeconds: 0, problem: null },
  disk: { freeBytes: 60, totalBytes: 100 },
  archive: { state: 'working', lagSeconds: 0, waiting: 0, lastArchivedAt: null, lastFailedAt: null },
  migrations: 'current',
  backup: null,
  memoryBytes: 1,
}
let fresh: FreshDatabase
let server: FastifyInstance
let state: ProcessState | null

beforeAll(async () => {
  fresh = await freshDatabase()
  server = serverOn(fresh.db)
})
afterAll(async () => {
  await server?.close()
  await fresh?.drop()
})

function serverOn(db: FreshDatabase['db']): FastifyInstance {
  const made = Fastify()
  const sealing = () => ({ working: true, lagSeconds: 0, problem: null, sealed: 3 })
  healthRoutes(made, { db, sealing, upkeep: () => state })
  return made
}

test('ready knows database, migrations, disk, sealing and archive; only what stops work is 503', async () => {
  state = null
  expect((await server.inject('/health/ready')).json()).toMatchObject({
    status: 'ready',
    audit: { sealing: 'working' },
  })
  state = well
  expect((await server.inject('/health/ready')).json()).toMatchObject({
    status: 'ready',
    migrations: 'current',
    disk: { state: 'enough', freeShare: 0.6 },
    archive: { state: 'working' },
  })
  state = {
    ...well,
    disk: { freeBytes: 9, totalBytes: 100 },
    archive: { ...well.archive, state: 'failing', waiting: 2, lagSeconds: 70 },
  }
  const troubled = await server.inject('/health/ready')
  expect([troubled.statusCode, troubled.json()]).toMatchObject([
    200,
    { disk: { state: 'low' }, archive: { state: 'failing', lagSeconds: 70 } },
  ])
  state = { ...well, migrations: 'pending' }
  const older = await server.inject('/health/ready')
  expect([older.statusCode, older.headers['retry-after'], older.json().status]).toEqual([
    503,
    '5',
    'migrations-pending',
  ])
})

test('without its database it says so, and metrics still answer', async () => {
  const away = openDatabase('postgresql://nobody@127.0.0.1:1/nothing', { max: 1, connectTimeoutMs: 500 })
  const alone = serverOn(away)
  state = well
  const answer = await alone.inject('/health/ready')
  expect([answer.statusCode, answer.json().status]).toEqual([503, 'database-away'])
  expect((await alone.inject('/metrics')).body).toContain('yunbao_archive_working 1')
  await alone.close()
  await away.close()
})

test('metrics are for this machine, tell the archive and nothing that is not known', async () => {
  state = { ...well, archive: { ...well.archive, state: 'failing', waiting: 2 } }
  const { body } = await server.inject('/metrics')
  expect(body).toContain('yunbao_archive_working 0\n')
  expect(body).toContain('yunbao_archive_waiting_segments 2\n')
  expect(body).not.toContain('yunbao_backup_last_success') // none was made yet
  expect((await server.inject({ url: '/metrics', headers: { 'x-forwarded-for': '10.0.0.1' } })).statusCode).toBe(404)
})
