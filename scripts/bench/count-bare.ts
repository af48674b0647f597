import type pg from 'pg'
import { timed } from './measure.ts'

/* The bare statements of a count's work, rolled back each time. */

/** The frozen book as one statement over the register. */
export async function bareFreeze(pool: pg.Pool, organId: string): Promise<number> {
  return rolledBack(pool, (client) =>
    client.query(
      `create temp table book as select id, number, name, model, serial_number, unit, quantity, cost_fen, department, place, user_name, custodian_name, state
        from assets.card where organ_id = $1 and removed_on is null`.replace('$1', `'${organId}'`),
    ),
  )
}

export async function bareSheet(pool: pg.Pool, id: string): Promise<number> {
  return rolledBack(pool, (client) =>
    client.query(
      `create temp table sheet as select * from stocktaking.item where count_id = '${id}' and result <> 'same'`,
    ),
  )
}

export async function bareMark(pool: pg.Pool, cardIds: readonly string[]): Promise<void> {
  await rolledBack(pool, (client) =>
    client.query(`update stocktaking.item set result = 'same' where card_id = any($1::uuid[])`, [cardIds]),
  )
}

async function rolledBack(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<unknown>): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const took = await timed(() => work(client))
    await client.query('rollback')
    return took
  } finally {
    client.release()
  }
}
