import type pg from 'pg'

/** Levels of the register; the first, a city, holds a quarter of all cards. */
const levels = `'{140100,140000,140200,140300,140400,140500,140600,140700,140800,140900,141000,141100}'::text[]`
const tables = ['card', 'card_text', 'event', 'holding'] as const

/**
 * A card for each n: organ by organ in turn, so that no organ's cards lie together; every organ has things of each class. Ids
 * go up with n, as UUIDv7 would.
 */
const made = (from: number, until: number) => `(
  select (lpad(to_hex(n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id, n,
    o.id as organ_id, o.level, t.*, 'ZC-' || n as number, 'SN' || (100000 + n % 800000) as serial, '主楼' || n % 900 as place,
    case when n % 5000 = 0 then '鸾凤' when n % 79 = 0 then '段晋祠' else '王丽娟' end as keeper,
    t.fen + n % 900 * 100 as cost_fen, date '2014-01-15' + (n * 37 % 4600)::int as booked
  from generate_series(${from}::bigint, ${until}) n join office o on o.i = n % (select count(*) from office)
    join thing t on t.i = n / (select count(*) from office) % 8) m`

/**
 * Cards as an office would have them, by SQL over sets: what the measures stand on and not what they measure. Texts and
 * pairs are as the register makes them; indexes are built after the rows, two at a time.
 */
export async function fillCards(pool: pg.Pool, cards: number): Promise<void> {
  const clients = [await pool.connect(), await pool.connect()]
  try {
    for (const client of clients) await prepare(client)
    const [first] = clients as [pg.PoolClient, pg.PoolClient]
    const indexes = await laterIndexes(first)
    for (const table of tables) await first.query(`alter table assets.${table} set (autovacuum_enabled = off)`)
    const half = Math.floor(cards / 2)
    await Promise.all([rows(clients[0] as pg.PoolClient, 1, half), rows(clients[1] as pg.PoolClient, half + 1, cards)])
    await first.query(`insert into assets.book (organ_id, jurisdiction_code, opened_in, closed_through)
      select id, level, date '2026-01-01', date '2026-10-01' from office`)
    await first.query(`insert into assets.class_sum select organ_id, jurisdiction_code, class_code, class_edition, count(*), sum(quantity),
      coalesce(sum(quantity) filter (where state = 'idle'), 0), sum(cost_fen), sum(accumulated_fen) from assets.card group by 1, 2, 3, 4`)
    await Promise.all(
      clients.map(async (client) => {
        for (let index = indexes.shift(); index !== undefined; index = indexes.shift()) await client.query(index)
      }),
    )
    await Promise.all(
      [
        ['card', 'event'],
        ['card_text', 'holding', 'class_sum'],
      ].map(async (of, at) => {
        for (const table of of) await clients[at]?.query(`vacuum analyze assets.${table}`)
      }),
    )
    // The office at work, not the hour after a takeover of millions: nothing of the filling is left to be written or cleared.
    for (const table of tables) await first.query(`alter table assets.${table} reset (autovacuum_enabled)`)
    await first.query('checkpoint')
  } finally {
    for (const client of clients) {
      await client.query(`set session_replication_role = origin`)
      client.release()
    }
  }
}

async function prepare(client: pg.PoolClient): Promise<void> {
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '768MB'; set work_mem = '64MB';
    set max_parallel_maintenance_workers = 0; set synchronous_commit = off`)
  await client.query(`create temp table office as select id, i, case when i % 4 = 0 then (${levels})[1] else (${levels})[2 + i / 4 % 11] end as level
    from (select id, row_number() over (order by id) - 1 as i from organs.organ) o`)
  await client.query(`create temp table thing as select * from (values
    (0, 'A02010105', '台式计算机', '联想启天', 72, 450000), (1, 'A02010108', '便携式计算机', '华为擎云', 72, 650000),
    (2, 'A02021003', 'A4黑白打印机', '奔图', 72, 115000), (3, 'A02020100', '复印机', '震旦', 72, 2900000),
    (4, 'A02061804', '空调机', '格力', 60, 420000), (5, 'A05010201', '办公桌', '钢木', 180, 210000),
    (6, 'A05010301', '办公椅', '网布', 180, 62000), (7, 'A05010502', '文件柜', '钢制', 180, 78000)) as t(i, code, name, model, months, fen)`)
  await client.query(`analyze office; analyze thing`)
}

/** Takes away what is built better after the rows. @returns statements that build it again, the longest first */
async function laterIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows: found } = await client.query<{ name: string; constraint: string | null; built: string }>(
    `select i.indexrelid::regclass::text as name, c.conname as constraint,
       coalesce('alter table ' || i.indrelid::regclass || ' add constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as built
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('u', 'x', 'p')
     where i.indrelid = any($1::regclass[]) and not i.indisprimary`,
    [tables.map((table) => `assets.${table}`)],
  )
  for (const { name, constraint, built } of found)
    await client.query(
      constraint === null ? `drop index ${name}` : `alter table ${built.split(' ')[2]} drop constraint ${constraint}`,
    )
  return found.map(({ built }) => built).toSorted((a, b) => weight(b) - weight(a))
}

// Adding a constraint locks its table: first of all, while nothing else is built on it.
const weight = (built: string): number => (built.startsWith('alter') ? 2 : built.includes('gin') ? 3 : 1)

async function rows(client: pg.PoolClient, from: number, until: number): Promise<void> {
  const closed = `assets.accumulated_through(cost_fen, months, date_trunc('month', booked)::date, 0, null, '2026-10-01')`
  await client.query(`insert into assets.card (id, organ_id, jurisdiction_code, number, class_code, class_edition, name, model, serial_number, unit,
      quantity, value_kind, cost_fen, fiscal_fen, other_fen, acquired_on, acquired_by, booked_on, depreciation_months, state, department, place,
      custodian_name, base_fen, base_months, base_in, base_before_fen, opening_fen, accumulated_fen, registered_on)
    select id, organ_id, level, number, code, '2022', name, model, serial, '台', 1, 'cost', cost_fen, cost_fen, 0, booked, 'purchase', booked, months,
      case when n % 40 = 0 then 'idle' else 'in-use' end, '办公室', place, keeper, cost_fen, months, date_trunc('month', booked)::date, 0,
      ${closed}, ${closed}, booked from ${made(from, until)}`)
  // Pairs of what many cards share are cut once, those of numbers card by card; looked up, not joined: cards come in in their order.
  await client.query(`create temp table shared as
    select t.i, p.place, k.keeper, array(select distinct substr(line, at, 2) from unnest(array[lower(t.name), t.model, p.place, '办公室', k.keeper, lower(t.code)]) line,
        generate_series(1, length(line) - 1) at where substr(line, at, 2) !~ '^\\d\\d$') || array(select distinct substr(run, at, 4) from unnest(array[lower(t.code)]) run, generate_series(1, length(run) - 3) at) as pairs
    from thing t, (select '主楼' || i as place from generate_series(0, 899) i) p, unnest(array['鸾凤', '段晋祠', '王丽娟']) k(keeper)`)
  await client.query(`create index on shared (i, place, keeper); analyze shared`)
  const cut = (text: string, size: number) =>
    `array(select substr(${text}, at, ${size}) from generate_series(1, length(${text}) - ${size - 1}) at where substr(${text}, at, ${size}) !~ '^\\d\\d$')`
  await client.query(`insert into assets.card_text (card_id, organ_id, jurisdiction_code, words, pairs)
    select id, organ_id, level, lower(concat_ws(E'\\n', name, number, model, serial, m.place, '办公室', m.keeper, code)),
      (select s.pairs from shared s where s.i = m.i and s.place = m.place and s.keeper = m.keeper) || ${cut('lower(number)', 2)} || ${cut('lower(serial)', 2)} || ${cut('lower(number)', 4)} || ${cut('lower(serial)', 4)} || ('@' || level)
    from ${made(from, until)}`)
  await client.query(`insert into assets.event (card_id, organ_id, jurisdiction_code, kind, effective_on, recorded_at, changes, person_name)
    select id, organ_id, level, 'registered', booked, now(), jsonb_build_object('organId', organ_id, 'number', number, 'name', name, 'place', place,
      'costFen', cost_fen, 'bookedOn', booked, 'custodianName', keeper), '测算' from ${made(from, until)}`)
  await client.query(`insert into assets.holding (card_id, organ_id, jurisdiction_code, custodian_name, during)
    select id, organ_id, level, keeper, daterange(booked, null) from ${made(from, until)}`)
}
