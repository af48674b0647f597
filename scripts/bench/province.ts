import pg from 'pg'

/** A province in mid-review, with last year's plan carried out. */
export type Province = { cycleId: string; authorityId: string; organs: number; lines: number; year: number }

const code = '140000'
const linesOfOrgan = 30

/** What organs ask for: kind, thing, standard, economic code, unit, price in 分; a mix as the demonstration has it. */
const wishes = [
  ['N09', '台式计算机', 'item.desktop', '31002', '台', 480_000],
  ['N09', '便携式计算机', 'item.laptop', '31002', '台', 680_000],
  ['N09', 'A4黑白打印机', 'item.printer-a4-mono', '31002', '台', 115_000],
  ['N08', '物业管理费', null, '30209', '项', 11_310_000],
  ['N05', '公务用车运行维护费', null, '30231', '项', 6_660_000],
  ['N06', '公务接待费', null, '30217', '项', 710_000],
  ['N03', '办公用房日常维修', null, '30213', '项', 9_350_000],
  ['N07', '照明节能改造', null, '30213', '项', 4_800_000],
  ['N01', '办公费', null, '30201', '项', 6_990_000],
  ['N01', '差旅费', null, '30211', '项', 8_750_000],
  ['N01', '会议费', null, '30215', '项', 3_570_000],
  ['N01', '培训费', null, '30216', '项', 2_350_000],
  ['N01', '邮电费', null, '30207', '项', 1_710_000],
] as const

/**
 * Fills the tables as a year of work would have: organs, holdings, last year's plans and ledger, and this year's demands,
 * all submitted. Raw SQL, because it is what the measures stand on and not what they measure.
 */
export async function fillProvince(ownerUrl: string, organs: number): Promise<Province> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await filled(client, organs)
  } finally {
    await client.end()
  }
}

async function filled(client: pg.Client, organs: number): Promise<Province> {
  const year = 2027
  const one = async (query: string, values: unknown[]) =>
    (await client.query<{ id: string }>(query, values)).rows[0]?.id as string
  const authorityId = await one(
    `select organ_id as id from organs.organ_part where jurisdiction_code = $1 and part = 'authority' and valid_until is null`,
    [code],
  )
  await client.query(
    `create temp table wish (place integer, kind text, item text, standard text, economic text, unit text, price bigint)`,
  )
  for (const [place, wish] of wishes.entries())
    await client.query(`insert into wish values ($1, $2, $3, $4, $5, $6, $7)`, [place, ...wish])
  await client.query(`create temp table organ as select gen_random_uuid() as id, gen_random_uuid() as plan_id,
    gen_random_uuid() as demand_id, gen_random_uuid() as case_id, i from generate_series(1, ${organs}) i`)
  await client.query(`create temp table line as select o.id as organ_id, o.plan_id, o.demand_id, gen_random_uuid() as ledger_id,
      gen_random_uuid() as line_id, o.i, n, w.*, 1 + (o.i + n) % 6 as quantity
    from organ o, generate_series(1, ${linesOfOrgan}) n join wish w on w.place = n % ${wishes.length}`)
  const cycle = (of: number, state: string) =>
    one(
      `insert into plans.cycle (id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on, review_until, plan_until, standards_on, opened_on)
        values (gen_random_uuid(), $1, $2, $3, make_date($2 - 1, 9, 1), make_date($2 - 1, 11, 30), make_date($2 - 1, 12, 20),
          make_date($2 - 1, 12, 30), make_date($2 - 1, 9, 1), make_date($2 - 1, 9, 1)) returning id`,
      [code, of, state],
    )
  const lastCycle = await cycle(year - 1, 'in-force')
  const cycleId = await cycle(year, 'open')
  for (const query of [
    `insert into organs.organ (id, jurisdiction_code, name, short_name, kind, valid_from)
      select id, '${code}', '测算机关' || lpad(i::text, 5, '0'), '测算' || i, 'K03', '2021-01-01' from organ`,
    `insert into organs.organ_name (organ_id, name, short_name, valid_from)
      select id, '测算机关' || lpad(i::text, 5, '0'), '测算' || i, '2021-01-01' from organ`,
    `insert into organs.headcount (organ_id, rank, approved, in_post, valid_from)
      select id, 'clerk', 20 + i % 40, 18 + i % 40, '2021-01-01' from organ`,
    `insert into plans.holding (organ_id, standard_code, title, unit, quantity, usable_quantity, over_life_quantity, idle_quantity, as_of)
      select o.id, w.standard, w.item, w.unit, 20 + o.i % 20, 18 + o.i % 20, 2, 0, '2026-10-01' from organ o, wish w where w.standard is not null`,
    `insert into plans.plan (id, cycle_id, jurisdiction_code, year, organ_id, kind, state, texts, line_count, total_fen)
      select plan_id, '${lastCycle}', '${code}', ${year - 1}, id, 'organ', 'in-force', '{}', ${linesOfOrgan}, 1 from organ`,
    `insert into plans.plan_line (plan_id, plan_version, id, line_no, number, ledger_line_id, centralised, served_organ_id, need_kind,
        item_name, economic_code, unit, quantity, amount_fen, from_month, to_month)
      select plan_id, 1, line_id, n, 'JH-' || i || '-' || n, ledger_id, false, organ_id, kind, item, economic, unit, quantity,
        quantity * price, 1, 12 from line`,
    `insert into ledger.line (id, jurisdiction_code, year, number, plan_id, holder_organ_id, served_organ_id, need_kind, item_name,
        economic_code, unit, centralised, planned_fen, executed_fen, planned_quantity)
      select ledger_id, '${code}', ${year - 1}, 'JH-' || i || '-' || n, plan_id, organ_id, organ_id, kind, item, economic, unit, false,
        quantity * price, quantity * price * 8 / 10, quantity from line`,
    `insert into ledger.entry (line_id, kind, amount_fen, quantity, note, source_kind, source_id, occurred_on, posted_at, posted_by)
      select ledger_id, e.kind, quantity * price * e.tenths / 10, case e.kind when 'open' then quantity else 0 end, e.note, 'bench',
        ledger_id::text, e.day, now(), '测算' from line,
        (values ('open', 10, '列入计划', date '2026-01-20'), ('execute', 8, '支付', date '2026-06-01')) as e(kind, tenths, note, day)`,
    `insert into plans.demand (id, cycle_id, case_id, jurisdiction_code, organ_id, year, number, state, contact, declared_not_secret,
        submitted_on, line_count, asked_fen)
      select demand_id, '${cycleId}', case_id, '${code}', id, ${year}, 'XQ-2027-' || i, 'submitted', '测算', true,
        date '2026-10-01' + i % 40, ${linesOfOrgan}, 1 from organ`,
    `insert into plans.demand_line (id, demand_id, cycle_id, line_no, need_kind, item_name, standard_code, economic_code, quantity, unit,
        unit_price_fen, amount_fen, fund_source, reason, note, store_query)
      select gen_random_uuid(), demand_id, '${cycleId}', n, kind, item, standard, economic, quantity, unit, price, quantity * price,
        'general-budget', '按实际需要', '', case when standard is not null then jsonb_build_object('number', 'GWC-2027-' || i || '-' || n,
          'askedOn', date '2026-10-01' + i % 40 - 5, 'usableQuantity', 0) end from line`,
    `insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party,
        waiting_roles, entered_at, due_on, opened_at)
      select case_id, 'plans.demand', demand_id, '2027年度需求申请', id, '${code}', 'submitted', 'authority', array['plan-reviewer'],
        now(), date '2026-12-01' + i % 20, now() from organ`,
    // What months of work would have told the planner by themselves.
    'analyze',
  ])
    await client.query(query)
  return { cycleId, authorityId, organs, lines: organs * linesOfOrgan, year }
}
