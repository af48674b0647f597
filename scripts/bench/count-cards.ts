import type pg from 'pg'

/** Cards of the count lie past those of any other group, which may be in the same database. */
const first = 100_000_001

/**
 * The register of one organ, by SQL over sets: three buildings of twelve floors and 25 rooms, and one card in ten moved after
 * the base day, so that the book is not simply what the register says today.
 */
export async function fillOrgan(pool: pg.Pool, organId: string, cards: number, moved: string): Promise<void> {
  const client = await pool.connect()
  const made = `(select (lpad(to_hex(n), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id, n,
      (array['主楼', '东楼', '西楼'])[1 + n % 3] || 1 + n / 3 % 12 || lpad((1 + n / 36 % 25)::text, 2, '0') as place,
      date '2014-01-15' + (n * 37 % 4600)::int as booked, 62000 + n % 900 * 1000 as cost_fen
    from generate_series(${first}::bigint, ${first + cards - 1}) n) m`
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into assets.card (id, organ_id, jurisdiction_code, number, class_code, class_edition, name, model, serial_number, unit, quantity,
        value_kind, cost_fen, fiscal_fen, other_fen, acquired_on, acquired_by, booked_on, depreciation_months, state, department, place, custodian_name,
        base_fen, base_months, base_in, base_before_fen, opening_fen, accumulated_fen, registered_on)
      select id, $1, '140100', 'PC-' || n, 'A02010105', '2022', '台式计算机', '联想启天', 'SP' || n, '台', 1, 'cost', cost_fen, cost_fen, 0, booked,
        'purchase', booked, 72, case when n % 40 = 0 then 'idle' else 'in-use' end, '办公室', place, '王丽娟', cost_fen, 72,
        date_trunc('month', booked)::date, 0, 0, 0, booked from ${made}`,
      [organId],
    )
    await client.query(
      `insert into assets.event (card_id, organ_id, jurisdiction_code, kind, effective_on, recorded_at, changes, person_name)
      select c.id, c.organ_id, c.jurisdiction_code, 'registered', c.booked_on, now(), jsonb_build_object('organId', c.organ_id, 'jurisdictionCode', c.jurisdiction_code,
        'number', c.number, 'classCode', c.class_code, 'classEdition', c.class_edition, 'name', c.name, 'model', c.model, 'serialNumber', c.serial_number,
        'unit', c.unit, 'quantity', c.quantity, 'valueKind', c.value_kind, 'costFen', c.cost_fen, 'fiscalFen', c.fiscal_fen, 'otherFen', c.other_fen,
        'acquiredOn', c.acquired_on, 'acquiredBy', c.acquired_by, 'bookedOn', c.booked_on, 'depreciationMonths', c.depreciation_months, 'state', c.state,
        'department', c.department, 'place', c.place, 'userName', '', 'custodianId', null, 'custodianName', c.custodian_name)
        || '{"supplier": "", "contractNumber": "", "invoiceNumber": "", "voucherNumber": "", "warrantyUntil": null, "inspectionDue": null, "note": "", "detail": {}}', '测算' from assets.card c where c.organ_id = $1 and c.number like 'PC-%'`,
      [organId],
    )
    await client.query(
      `insert into assets.event (card_id, organ_id, jurisdiction_code, kind, effective_on, recorded_at, changes, person_name)
      select c.id, c.organ_id, c.jurisdiction_code, 'place', $2, now(), jsonb_build_object('place', '东配楼101'), '测算'
      from assets.card c where c.organ_id = $1 and c.number like 'PC-%0'`,
      [organId, moved],
    )
    await client.query(`update assets.card set place = '东配楼101' where organ_id = $1 and number like 'PC-%0'`, [
      organId,
    ])
    await client.query(
      `insert into assets.holding (card_id, organ_id, jurisdiction_code, custodian_name, during)
      select id, organ_id, jurisdiction_code, custodian_name, daterange(booked_on, null) from assets.card where organ_id = $1 and number like 'PC-%'`,
      [organId],
    )
    await client.query(
      `insert into assets.class_sum select organ_id, jurisdiction_code, class_code, class_edition, count(*), sum(quantity),
        coalesce(sum(quantity) filter (where state = 'idle'), 0), sum(cost_fen), sum(accumulated_fen) from assets.card where organ_id = $1 group by 1, 2, 3, 4
      on conflict do nothing`,
      [organId],
    )
    await client.query(
      `insert into assets.book (organ_id, jurisdiction_code, opened_in, closed_through) values ($1, '140100', '2026-01-01', '2026-10-01') on conflict do nothing`,
      [organId],
    )
    await client.query('vacuum analyze assets.card')
    await client.query('vacuum analyze assets.event')
    await client.query('vacuum analyze assets.holding')
  } finally {
    await client.query(`set session_replication_role = origin`)
    client.release()
  }
}

/** Keepers of the organ with sessions as signing in makes them. @returns their cookies */
export async function signedIn(
  pool: pg.Pool,
  now: Date,
  people: readonly { personId: string; organId: string }[],
  token: () => { token: string; digest: string; id: string },
): Promise<string[]> {
  const cookies: string[] = []
  for (const { personId, organId } of people) {
    const made = token()
    await pool.query(
      `insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, expires_at, proved_at, second_proof)
        select $1, $2, person_id, credential_version, $4, $5, $5, $5::timestamptz + interval '12 hours', $5, 'code' from people.account where person_id = $3`,
      [made.id, made.digest, personId, organId, now],
    )
    cookies.push(`yunbao_session=${made.token}`)
  }
  return cookies
}
