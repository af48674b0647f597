import type { FastifyInstance } from 'fastify'
import type { SealingState } from '../audit/sealer.ts'
import type { Database } from '../database.ts'

/** Throws unless the database answers in time; one that takes connections and says nothing is away too. */
async function answersWithin(db: Database, milliseconds: number): Promise<void> {
  const client = await db.pool.connect()
  const query = { text: 'select 1', query_timeout: milliseconds }
  await client.query(query).then(
    () => client.release(),
    (error: Error) => {
      client.release(true) // what did not answer now would give its answer to the next question
      throw error
    },
  )
}

/**
 * `/health/live` (the process), `/health/ready` (database and record), `/metrics` for Prometheus on this machine. A
 * record that is not sealed is no reason to send people away: their work goes on and is recorded, so ready says it and
 * stays 200.
 */
export function healthRoutes(
  server: FastifyInstance,
  { db, sealing }: { db: Database; sealing: () => SealingState },
): void {
  server.get('/health/live', () => ({ status: 'live' }))
  server.get('/health/ready', async (_, reply) => {
    try {
      await answersWithin(db, 3000)
    } catch {
      return reply.code(503).header('retry-after', '5').send({ status: 'database-away' })
    }
    const { working, lagSeconds } = sealing()
    return { status: 'ready', audit: { sealing: working ? 'working' : 'stopped', lagSeconds } }
  })
  server.get('/metrics', async (request, reply) => {
    // Behind a proxy every request comes from this machine; those it passes on say so.
    const local = /^(127\.|::1$|::ffff:127\.)/.test(request.ip) && request.headers['x-forwarded-for'] === undefined
    if (!local) return reply.code(404).send()
    const { working, lagSeconds, sealed } = sealing()
    return reply.type('text/plain; version=0.0.4').send(
      [
        ['yunbao_audit_sealing_working', 'gauge', '1 while the audit record is being sealed', working ? 1 : 0],
        ['yunbao_audit_sealing_lag_seconds', 'gauge', 'since when rows wait without one being sealed', lagSeconds],
        ['yunbao_audit_sealed_rows_total', 'counter', 'rows sealed by this process', sealed],
      ]
        .map(([name, type, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
        .join(''),
    )
  })
}
