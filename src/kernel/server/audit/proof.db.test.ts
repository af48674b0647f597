import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sql } from 'kysely'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction } from '../database.ts'
import { record } from '../record.ts'
import { proofOf, verifyProof, type AuditProof } from './proof.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let fresh: FreshDatabase
const signer = testSigner()
let proof: AuditProof
beforeAll(async () => {
  fresh = await freshDatabase()
  for (let index = 0; index < 11; index++)
    await transaction(fresh.db, (tx) =>
      record(testAct({ tx }), 'test.done', {
        subject: { kind: 'test', id: String(index) },
        before: { askedFen: index },
        after: { askedFen: index + 1 },
      }),
    )
  expect(await sealUntil(fresh.db, signer, 11)).toBe(11)
  proof = (await proofFor('6')) as AuditProof
})
afterAll(() => fresh.drop())

const proofFor = (id: string, shows: Parameters<typeof proofOf>[2] = () => true) =>
  transaction(fresh.db, async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from kernel.audit_entry where subject_id = ${id}`.execute(tx)
    return proofOf(tx, rows[0]?.id ?? 0, shows)
  })

test('a proof verifies by itself; whose key it is must be known elsewhere', () => {
  const sent = JSON.parse(JSON.stringify(proof)) as unknown
  expect(verifyProof(sent, [])).toMatchObject({ faults: [], keyKnown: null })
  expect(verifyProof(sent, [signer])).toMatchObject({ faults: [], keyKnown: true })
  expect(verifyProof(sent, [testSigner()])).toMatchObject({ faults: [], keyKnown: false })
})

test('parts that are not shown stay behind their commitments, and the proof holds', async () => {
  const shy = await proofFor('6', (part) => part === 'person')
  expect(Object.keys(shy?.entry.parts ?? {})).toEqual(['person'])
  expect(JSON.stringify(shy)).not.toContain('askedFen')
  expect(verifyProof(shy, [])).toMatchObject({ faults: [] })
})

test('whatever is changed in a proof, it no longer verifies', () => {
  /** Every value in the proof that stands for something, by its path. */
  const leaves: (string | number)[][] = []
  const walk = (value: unknown, path: (string | number)[]) => {
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value))
        walk(member, [...path, Array.isArray(value) ? Number(key) : key])
    else leaves.push(path)
  }
  walk(proof, [])
  expect(leaves.length).toBeGreaterThan(30)
  fc.assert(
    fc.property(fc.constantFrom(...leaves), fc.nat(), (path, at) => {
      const forged = structuredClone(proof) as unknown as Record<string, unknown>
      let holder = forged
      for (const key of path.slice(0, -1)) holder = holder[key as string] as Record<string, unknown>
      const last = path.at(-1) as string
      const old = holder[last]
      if (typeof old === 'number') holder[last] = old + 1
      else if (typeof old === 'string') {
        const text = old === '' ? '0' : old
        const place = at % text.length
        const other = text[place] === '1' ? '2' : '1'
        holder[last] = old === '' ? other : `${text.slice(0, place)}${other}${text.slice(place + 1)}`
      } else holder[last] = 'x'
      // Base64 has more than one text for the same bytes.
      const bytes = (text: unknown) => Buffer.from(String(text), 'base64').toString('hex')
      fc.pre(path[0] !== 'key' || bytes(holder[last]) !== bytes(old))
      expect(verifyProof(forged, []).faults.length, path.join('.')).toBeGreaterThan(0)
    }),
    { numRuns: 500 },
  )
})

test('what is no proof is told so, whatever it is', () =>
  fc.assert(
    fc.property(fc.anything(), (nonsense) => {
      expect(verifyProof(nonsense, []).faults).toHaveLength(1)
    }),
  ))

test('a row that waits for sealing has no proof yet', async () => {
  await transaction(fresh.db, (tx) => record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id: 'new' } }))
  expect(await proofFor('new')).toBeNull()
})
