import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { digestOfSecret } from '#kernel/server/identifier.ts'

/** So many keepers count at once. */
export const keepers = 20

export const newToken = () => {
  const token = randomBytes(32).toString('base64url')
  return { token, digest: digestOfSecret(token), id: randomUUID() }
}

export async function castOf(pool: pg.Pool) {
  const of = async (username: string) => {
    const { rows } = await pool.query<{ personId: string; organId: string }>(
      `select p.id as "personId", p.organ_id as "organId" from people.account a join people.person p on p.id = a.person_id where a.username = $1`,
      [username],
    )
    return rows[0] as { personId: string; organId: string }
  }
  const clerk = await of('shi.education.jingban')
  return {
    organId: clerk.organId,
    head: await of('shi.education.fuze'),
    reviewer: await of('shi.zichan'),
    finance: await of('shi.caizheng'),
  }
}

/** Twenty keepers of the organ. */
export async function moreKeepers(pool: pg.Pool, organId: string): Promise<string[]> {
  const ids = Array.from({ length: keepers }, () => randomUUID())
  for (const [at, id] of ids.entries()) {
    await pool.query(`insert into people.person (id, name, organ_id) values ($1, $2, $3)`, [
      id,
      `盘点员${at + 1}`,
      organId,
    ])
    await pool.query(
      `insert into people.account (person_id, username, state, password_hash, password_set_at, must_change) values ($1, $2, 'active', 'none', now(), false)`,
      [id, `pandian-${at + 1}`],
    )
    await pool.query(
      `insert into people.holding (id, person_id, organ_id, role, valid_from) values ($1, $2, $3, 'asset-keeper', '2024-01-01')`,
      [randomUUID(), id, organId],
    )
  }
  return ids
}
