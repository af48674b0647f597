import type pg from 'pg'

/** Cities of the province; the first holds a quarter of all cards. */
const levels = [
  '140100',
  '140000',
  '140200',
  '140300',
  '140400',
  '140500',
  '140600',
  '140700',
  '140800',
  '140900',
  '141000',
  '141100',
]

/**
 * Cards as an office would have them, by SQL over sets: what the measures stand on and not what they measure. Texts and
 * pairs are as the register makes them; indexes of pairs are built after the rows.
 */
export async function fillCards(pool: pg.Pool, cards: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(`set maintenance_work_mem = '512MB'`)
    await client.query(`drop index assets.card_text_pairs`)
    await client.query(
      `create temp table level_of as select i, code from unnest($1::text[]) with ordinality as l(code, i)`,
      [levels],
    )
    await client.query(
      `create temp table office as select id, row_number() over (order by id) - 1 as i from organs.organ`,
    )
    await client.query(`create temp table thing as select * from (values
      (0, 'A02010105', '台式计算机', '联想启天', 72, 450000), (1, 'A02010108', '便携式计算机', '华为擎云', 72, 650000),
      (2, 'A02021003', 'A4黑白打印机', '奔图', 72, 115000), (3, 'A02020100', '复印机', '震旦', 72, 2900000),
      (4, 'A02061804', '空调机', '格力', 60, 420000), (5, 'A05010201', '办公桌', '钢木', 180, 210000),
      (6, 'A05010301', '办公椅', '网布', 180, 62000), (7, 'A05010502', '文件柜', '钢制', 180, 78000)) as t(i, code, name, model, months, fen)`)
    await client.query(`create temp table made as
      select gen_random_uuid() as seed, n, o.id as organ_id, case when n % 4 = 0 then '140100' else l.code end as level,
        t.*, date '2014-01-15' + (n * 37 % 4600)::int as booked
      from generate_series(1, ${cards}) n
        join office o on o.i = n % (select count(*) from office) join thing t on t.i = n % 8
        join level_of l on l.i = 1 + n / 4 % ${levels.length}`)
    // Ids in the order of the rows, as UUIDv7 would be.
    await client.query(
      `create temp table card_made as select (lpad(to_hex(n), 12, '0') || '7' || substr(replace(seed::text, '-', ''), 14))::uuid as id, made.* from made`,
    )
    await client.query(`insert into assets.card (id, organ_id, jurisdiction_code, number, class_code, class_edition, name, model, serial_number, unit,
        quantity, value_kind, cost_fen, fiscal_fen, other_fen, acquired_on, acquired_by, booked_on, depreciation_months, state, department, place,
        custodian_name, base_fen, base_months, base_in, base_before_fen, opening_fen, accumulated_fen, registered_on)
      select id, organ_id, level, 'ZC-' || n, code, '2022', name, model, 'SN' || (100000 + n % 800000), '台', 1, 'cost', fen + n % 900 * 100,
        fen + n % 900 * 100, 0, booked, 'purchase', booked, months, case when n % 40 = 0 then 'idle' else 'in-use' end, '办公室', '主楼' || n % 900,
        case when n % 5000 = 0 then '鸾凤' else '王丽娟' end, fen + n % 900 * 100, months, date_trunc('month', booked)::date, 0,
        assets.accumulated_through(fen + n % 900 * 100, months, date_trunc('month', booked)::date, 0, '2026-10-01'),
        assets.accumulated_through(fen + n % 900 * 100, months, date_trunc('month', booked)::date, 0, '2026-10-01'), booked from card_made`)
    await client.query(`insert into assets.card_text (card_id, organ_id, jurisdiction_code, words, pairs)
      select id, organ_id, level, words, array(select distinct substr(line, at, 2) from unnest(string_to_array(words, E'\\n')) line,
        generate_series(1, length(line) - 1) at)
      from (select *, lower(concat_ws(E'\\n', name, 'zc-' || n, model, 'sn' || (100000 + n % 800000), '主楼' || n % 900, '办公室',
        case when n % 5000 = 0 then '鸾凤' else '王丽娟' end, code)) as words from card_made) m`)
    await client.query(`insert into assets.event (card_id, organ_id, jurisdiction_code, kind, effective_on, recorded_at, changes, person_name)
      select id, organ_id, level, 'registered', booked, now(), '{}', '测算' from card_made`)
    await client.query(`insert into assets.book (organ_id, jurisdiction_code, opened_in, closed_through)
      select distinct on (organ_id) organ_id, level, date '2026-01-01', date '2026-10-01' from card_made`)
    await client.query(`create index card_text_pairs on assets.card_text using gin (pairs)`)
    await client.query(`set session_replication_role = origin`)
    await client.query(`vacuum analyze assets.card`)
    await client.query(`vacuum analyze assets.card_text`)
    await client.query(`analyze assets.event`)
  } finally {
    client.release()
  }
}
