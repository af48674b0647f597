import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicActor, systemActor, type ActingOrgan, type Actor, type Role } from '#kernel/pure/actor.ts'
import { openDatabase, transaction, type Database } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { beyondScope, scopeOf } from './scope.ts'

/**
 * Tables with an organ or a jurisdiction that are open on purpose; everything else with such a column is guarded.
 * A new table is guarded in its migration (`kernel.guard_rows`) or stands here with its reason.
 */
const open: Readonly<Record<string, string>> = {
  'kernel.audit_entry': 'append-only by grants; read through the policy of the record, by level and subject',
  'kernel.calendar_override': 'local arrangements of working days are public (Art. 37)',
  'machines.token':
    'looked up before it is known who asks; lists are of the own level by policy, and no row can be used',
  'organs.headcount': 'rules of every organ compare with it; restricted totals are withheld in code',
  'organs.organ': 'the directory of organs is open inside the system (Art. 7)',
  'organs.organ_name': 'the directory of organs is open inside the system (Art. 7)',
  'organs.organ_part': 'who is authority or finance must be known before anybody acts',
  'people.account': 'looked up before it is known who asks',
  'people.holding': 'looked up before it is known who asks',
  'people.person': 'colleagues and signers are chosen from all organs',
  'people.session': 'looked up before it is known who asks',
  'plans.holding': 'idle things are offered to every organ before anything is bought (Art. 23)',
  'standards.catalogue_entry': 'standards are public inside the system (Art. 15, 37)',
  'standards.snapshot': 'names which public standards were in force together',
  'standards.standard': 'standards are public inside the system (Art. 15, 37)',
}

let fresh: FreshDatabase
/** As the app connects in real life: no scope of its own. */
let app: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  app = openDatabase(fresh.appUrl, { max: 4 })
})
afterAll(async () => {
  await app?.close()
  await fresh?.drop()
})

const taiyuan = (parts: ActingOrgan['parts'] = []): ActingOrgan => ({
  id: newId(),
  name: '测试机关',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts,
})

describe('which tables are guarded', () => {
  test('G7 every table with an organ or a jurisdiction has forced row-level security, or a reason not to', async () => {
    const { rows } = await fresh.db.pool.query<{ name: string; guarded: boolean }>(`
      select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'jobs') and exists (
        select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname ~ '(organ_id|organ_ids|jurisdiction_code)$')
      order by 1`)
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter(({ guarded, name }) => !guarded && !(name in open)).map(({ name }) => name)).toEqual([])
    const unguarded = rows.filter(({ guarded }) => !guarded).map(({ name }) => name)
    expect(Object.keys(open).filter((name) => !unguarded.includes(name))).toEqual([])
  })

  test('G7 the app owns nothing, is no superuser and cannot pass by', async () => {
    const { rows } = await fresh.db.pool.query(
      `select rolsuper, rolbypassrls, (select count(*)::int from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = current_user`,
    )
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owns: 0 }])
  })

  test('functions that read past the wall are those named here, with a fixed search path', async () => {
    const { rows } = await fresh.db.pool.query<{ name: string; fixed: boolean }>(`
      select n.nspname || '.' || p.proname as name, coalesce('search_path=""' = any(p.proconfig), false) as fixed
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by 1`)
    expect(rows).toEqual([
      { name: 'assets.cards_with', fixed: true },
      { name: 'assets.seems_rare', fixed: true },
      { name: 'consultation.counts_of', fixed: true },
      { name: 'consultation.remarks_of', fixed: true },
      { name: 'consultation.scores_of', fixed: true },
      { name: 'consultation.survey_counts', fixed: true },
      { name: 'kernel.cases_asked_of_own_organ', fixed: true },
      { name: 'kernel.purge_audit', fixed: true },
      { name: 'kernel.withdraw_audit_content', fixed: true },
    ])
  })
})

/** A case of an organ, inserted as the system. */
async function insertCase(organ: ActingOrgan, jurisdictionCode = organ.jurisdictionCode): Promise<string> {
  const id = newId()
  await transaction(
    fresh.db,
    (tx) =>
      sql`insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party, entered_at, opened_at)
      values (${id}, 'test.filing', ${newId()}, '标记', ${organ.id}, ${jurisdictionCode}, 'made', 'applicant', now(), now())`.execute(
        tx,
      ),
    { scope: scopeOf(systemActor) },
  )
  return id
}

const casesSeen = (actor: Actor | null) =>
  transaction(
    app,
    async (tx) => (await sql<{ id: string }>`select id from kernel.case_item`.execute(tx)).rows.map(({ id }) => id),
    actor ? { scope: scopeOf(actor) } : {},
  )

describe('what is seen without any predicate of the code', () => {
  test('G7 no scope, the public, the three administrators, staff: nothing of others', async () => {
    const own = taiyuan()
    const id = await insertCase(own)
    expect(await casesSeen(null)).toEqual([])
    expect(await casesSeen(publicActor)).toEqual([])
    const authority = taiyuan(['authority'])
    for (const role of [
      'system-administrator',
      'security-administrator',
      'audit-administrator',
      'driver',
      'staff',
    ] as const)
      expect(await casesSeen(testActor(authority, [role])), role).toEqual([])
    expect(await casesSeen(testActor(own, ['organ-clerk']))).toEqual([id])
    expect(await casesSeen(testActor(taiyuan(), ['organ-clerk']))).toEqual([])
  })

  test('Art. 6 authority, finance and audit read their own level, no other', async () => {
    const id = await insertCase(taiyuan())
    const of = (jurisdictionCode: string, parts: ActingOrgan['parts'], role: Role) =>
      casesSeen(testActor({ ...taiyuan(parts), jurisdictionCode }, [role]))
    expect(await of('140100', ['authority'], 'plan-reviewer')).toContain(id)
    expect(await of('140100', ['finance'], 'finance-reviewer')).toContain(id)
    expect(await of('140100', ['audit'], 'supervisor')).toContain(id)
    expect(await of('140000', ['authority'], 'plan-reviewer')).not.toContain(id)
    expect(await of('140121', ['authority'], 'plan-reviewer')).not.toContain(id)
    expect(await of('140200', ['authority'], 'plan-reviewer')).not.toContain(id)
    expect(await of('140100', ['natural-resources'], 'supervisor')).not.toContain(id)
  })

  test('who is asked to sign sees the case, its steps and nothing else of that organ', async () => {
    const applicant = taiyuan()
    const [asked, other] = [await insertCase(applicant), await insertCase(applicant)]
    const signer = taiyuan()
    await transaction(
      fresh.db,
      (tx) =>
        sql`insert into kernel.case_signature (id, case_id, step, kind, organ_id, question, asked_by, asked_by_name, asked_at)
        values (${newId()}, ${asked}, 0, 'co-sign', ${signer.id}, '请会签', ${newId()}, '张三', now())`.execute(tx),
      { scope: scopeOf(systemActor) },
    )
    const seen = await casesSeen(testActor(signer, ['organ-head']))
    expect(seen).toEqual([asked])
    expect(seen).not.toContain(other)
  })

  test('nothing can be written for another organ', async () => {
    const mine = taiyuan()
    const theirs = taiyuan()
    const id = await insertCase(theirs)
    const scope = scopeOf(testActor(mine, ['organ-clerk']))
    const changed = await transaction(
      app,
      async (tx) =>
        (await sql`update kernel.case_item set title = '改' where id = ${id} returning id`.execute(tx)).rows.length,
      { scope },
    )
    expect(changed).toBe(0)
    const insert = transaction(
      app,
      (tx) =>
        sql`insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party, entered_at, opened_at)
        values (${newId()}, 'test.filing', ${newId()}, '冒名', ${theirs.id}, '140100', 'made', 'applicant', now(), now())`.execute(
          tx,
        ),
      { scope },
    )
    await expect(insert).rejects.toThrow(/row-level security/)
  })

  test('G7 fifty users on four connections, interleaved: each transaction sees its own organ alone', async () => {
    const organs = await Promise.all(Array.from({ length: 50 }, async () => taiyuan()))
    const cases = new Map(await Promise.all(organs.map(async (organ) => [organ.id, await insertCase(organ)] as const)))
    let wrong = 0
    const user = async () => {
      for (let round = 0; round < 1250; round++) {
        const organ = organs[(round * 13) % organs.length] as ActingOrgan
        const nobody = round % 7 === 0
        const seen = await casesSeen(nobody ? null : testActor(organ, ['organ-clerk']))
        const expected = nobody ? [] : [cases.get(organ.id)]
        if (seen.length !== expected.length || seen[0] !== expected[0]) wrong++
      }
    }
    await Promise.all(Array.from({ length: 8 }, user))
    expect(wrong).toBe(0)
  }, 60_000)
})

describe('scopes', () => {
  test('only who reads the level has a level; nobody but the system has all', () => {
    fc.assert(
      fc.property(
        fc.subarray(['organ-clerk', 'staff', 'plan-reviewer', 'system-administrator', 'finance-reviewer'] as const),
        fc.subarray(['authority', 'finance', 'audit', 'statistics'] as const),
        (roles, parts) => {
          const scope = scopeOf(testActor(taiyuan(parts), roles))
          const office = roles.some(
            (role) => role === 'organ-clerk' || role === 'plan-reviewer' || role === 'finance-reviewer',
          )
          const reading = parts.some((part) => part !== 'statistics')
          expect(scope.all).toBe('')
          expect(scope.level).toBe(office && reading ? '140100' : '')
        },
      ),
    )
    expect(scopeOf(systemActor).all).toBe('on')
  })

  test('reading beyond the own scope ends with the work, and every place that does it is known', async () => {
    const id = await insertCase(taiyuan())
    const actor = testActor(taiyuan(), ['organ-clerk'])
    const [during, after] = await transaction(
      app,
      async (tx) => {
        const count = async () =>
          (await sql<{ n: number }>`select count(*)::int as n from kernel.case_item where id = ${id}`.execute(tx))
            .rows[0]?.n
        return [await beyondScope({ tx }, 'test', count), await count()]
      },
      { scope: scopeOf(actor) },
    )
    expect([during, after]).toEqual([1, 0])
    const root = join(import.meta.dirname, '..', '..')
    const callers = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('scope.ts'))
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('beyondScope('))
    expect(callers.toSorted()).toEqual(callersBeyond)
  })

  test('a scope left by nobody is none: the setting does not outlive its transaction', async () => {
    const client = new pg.Client({ connectionString: fresh.appUrl })
    await client.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.all', 'on', true)`)
      await client.query('commit')
      const { rows } = await client.query<{ n: number }>('select count(*)::int as n from kernel.case_item')
      expect(rows[0]?.n).toBe(0)
    } finally {
      await client.end()
    }
  })
})

/** Each has its reason in the call. */
const callersBeyond: readonly string[] = [
  'kernel/server/sealing/sealed-record.ts',
  'modules/assets/actions/depreciating.ts',
  'modules/assets/actions/lending.ts',
  'modules/assets/actions/moving.ts',
  'modules/consultation/actions/answering.ts',
  'modules/consultation/actions/papers.ts',
  'modules/disposal/actions/consenting.ts',
  'modules/drafting/actions/impact.ts',
  'modules/drafting/actions/review.ts',
  'modules/duties/actions/feed.ts',
  'modules/duties/actions/overdue.ts',
  'modules/duties/actions/reach.ts',
  'modules/plans/actions/holdings.ts',
  'modules/procurement/actions/carding.ts',
  'modules/record/actions.ts',
  'modules/repairs/actions/upkeep.ts',
  'modules/warehouse/actions/bodies.ts',
  'modules/warehouse/actions/clearing.ts',
  'modules/warehouse/actions/ended.ts',
  'modules/warehouse/actions/handing.ts',
  'modules/warehouse/actions/level-asking.ts',
  'modules/warehouse/actions/level-offers.ts',
  'modules/warehouse/actions/level-receipt.ts',
  'modules/warehouse/actions/levels.ts',
  'modules/warehouse/actions/measuring.ts',
  'modules/warehouse/actions/requests.ts',
  'modules/warehouse/offers.ts',
  'modules/whatif/actions/computing.ts',
]
