import { generateKeyPairSync, sign } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { sealAudit } from '#kernel/server/audit/seal.ts'
import type { AuditSigner } from '#kernel/server/audit/signing-key.ts'
import { verifyAudit } from '#kernel/server/audit/verify.ts'
import { transaction, type Database } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record, recordAll } from '#kernel/server/record.ts'
import { testAct } from '#kernel/testing/act.ts'
import { alternating, timed, type Bench, type Measure } from './measure.ts'

const writers = 8

/** The audit record: written by acts with and without the sealer at work, sealed, verified; beside bare inserts. */
export async function* auditMeasures({ db, ground, scale }: Bench): AsyncGenerator<Measure> {
  await prepare(ground.ownerUrl)
  const batch = Math.max(100, Math.round(1000 * scale))
  const parallel = (one: () => Promise<unknown>) => async () => {
    let left = batch
    await Promise.all(
      Array.from({ length: writers }, async () => {
        while (left-- > 0) await one()
      }),
    )
  }
  const ours = parallel(() => transaction(db, (tx) => record(testAct({ tx }), 'bench.written', content())))
  const raw = parallel(() => transaction(db, rawRow))
  const rounds = Math.max(3, Math.round(7 * scale))
  const signer = benchSigner()
  const without = await alternating(rounds, ours, raw)
  yield rows('audit: rows written, 8 at once', batch, without)
  let sealing = true
  const sealer = (async () => {
    while (sealing) await transaction(db, (tx) => sealAudit(tx, { signer, now: new Date() }))
  })()
  const beside = await alternating(rounds, ours, raw)
  sealing = false
  await sealer
  yield rows('audit: rows written while being sealed, 8 at once', batch, beside)

  const count = Math.round(200_000 * scale)
  await fill(db, count)
  let sealed = 0
  const took = await timed(async () => {
    for (let round = 1; round > 0; sealed += round)
      round = (await transaction(db, (tx) => sealAudit(tx, { signer, now: new Date() }))).sealed
  })
  yield { ...rate('audit: rows sealed into the tree, both hashes', sealed / (took / 1000)), rawValue: null }
  const verdict = await verifyAudit({ url: ground.readerUrl, keys: [signer], anchors: [] })
  const read = await timed(async () => {
    for (let after = 0; ;) {
      const page = await transaction(
        db,
        async (tx) =>
          (
            await sql<{
              id: number
            }>`select * from kernel.audit_entry where id > ${after} order by id limit 4000`.execute(tx)
          ).rows,
      )
      after = page.at(-1)?.id ?? after
      if (page.length < 4000) return
    }
  })
  yield {
    ...rate(`audit: rows verified, of ${verdict.checked}`, verdict.checked / verdict.seconds),
    rawValue: verdict.checked / (read / 1000),
    target: 50_000,
  }
}

function rows(name: string, batch: number, took: { ours: number; raw: number }): Measure {
  return { ...rate(name, (batch / took.ours) * 1000), rawValue: (batch / took.raw) * 1000 }
}

function rate(name: string, value: number): Measure {
  return { name, value, unit: 'rows/s', rawValue: null, target: null, lowerIsBetter: false }
}

function content() {
  return {
    subject: { kind: 'bench', id: newId() },
    before: { state: 'draft', askedFen: 1_200_000, lines: 12 },
    after: { state: 'submitted', askedFen: 1_150_000, lines: 11, note: '按标准核减' },
  }
}

async function fill(db: Database, count: number): Promise<void> {
  for (let done = 0; done < count; done += 5000)
    await transaction(db, (tx) =>
      recordAll(
        testAct({ tx }),
        Array.from({ length: Math.min(5000, count - done) }, () => ({ fact: 'bench.written', ...content() })),
      ),
    )
}

/** An empty record, and a table like it for the bare rows, which are no record. */
async function prepare(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client
    .query(
      `create table kernel.bench_raw (like kernel.audit_entry including all);
       truncate kernel.audit_entry, kernel.audit_leaf, kernel.audit_node, kernel.audit_checkpoint, kernel.audit_key`,
    )
    .finally(() => client.end())
}

/** The same content as one bare INSERT, without commitments or digest. */
async function rawRow(tx: Parameters<typeof sealAudit>[0]): Promise<void> {
  const { subject, before, after } = content()
  await sql`insert into kernel.bench_raw (form, at, request_id, actor_kind, person_name, roles, fact, subject_kind, subject_id, before, after, digest)
    values (1, now(), 'raw', 'system', 'raw', '{}', 'bench.raw', ${subject.kind}, ${subject.id}, ${JSON.stringify(before)}, ${JSON.stringify(after)}, '')`.execute(
    tx,
  )
}

function benchSigner(): AuditSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    algorithm: 'ed25519',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(12),
    sign: (data) => sign(null, data, privateKey),
  }
}
