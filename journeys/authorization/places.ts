import { sql } from 'kysely'
import type { ActingOrgan, Actor, Role } from '#kernel/pure/actor.ts'
import type { DispatchParts } from '#kernel/server/dispatch.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { demonstrationOrganId } from '#modules/organs/reference/demonstration.ts'

/**
 * Where somebody stands to the object asked for, which is 太原市教育局's or its level's: at that organ (the person whose
 * object it is, or a colleague), at another organ of the level, at a department of the level, at the authority of another
 * level. In the last three the authority is taken because none stands stronger there.
 */
export const relations = [
  'own',
  'colleague',
  'other',
  'authority',
  'finance',
  'audit',
  'sibling',
  'parent',
  'child',
] as const
export type Relation = (typeof relations)[number]

export type Place = Readonly<{ relation: Relation; organ: ActingOrgan; personId: string; name: string }>
export type Places = Readonly<Record<Relation, Place>>

export const subjectOrganId = demonstrationOrganId('taiyuan-education')
export const subjectLevel = '140100'

/** Id of the authority of a sibling jurisdiction (大同), which the demonstration does not have. */
export const siblingOrganId = '0192b000-0000-7000-8000-000000000001'

const organKeys: Readonly<Record<Exclude<Relation, 'sibling'>, string>> = {
  own: 'taiyuan-education',
  colleague: 'taiyuan-education',
  other: 'taiyuan-organisation',
  authority: 'taiyuan-authority',
  finance: 'taiyuan-finance',
  audit: 'taiyuan-audit',
  parent: 'province-authority',
  child: 'qingxu-authority',
}

/** People whose roles are taken from them here, so that each place is held by somebody known to the database. */
const usernames: Readonly<Record<Exclude<Relation, 'sibling'>, string>> = {
  own: 'shi.education.jingban',
  colleague: 'shi.education.zhigong',
  other: 'shi.organisation.jingban',
  authority: 'shi.jingban',
  finance: 'shi.caizheng-jingban',
  audit: 'shi.shenji',
  parent: 'sheng.jingban',
  child: 'xian.jingban',
}

/** Adds what the demonstration lacks and finds who stands where. */
export async function findPlaces({ db }: Pick<DispatchParts, 'db'>): Promise<Places> {
  return transaction(
    db,
    async (tx) => {
      await sql`insert into organs.organ (id, jurisdiction_code, name, short_name, kind, in_compound, secret_unit, trade_union, valid_from, version)
        values (${siblingOrganId}, '140200', '大同市机关事务管理局', '市机关事务局', 'K03', true, false, false, '2020-01-01', 1)
        on conflict do nothing`.execute(tx)
      await sql`insert into organs.organ_name (organ_id, name, short_name, valid_from)
        select ${siblingOrganId}, '大同市机关事务管理局', '市机关事务局', '2020-01-01'
        where not exists (select from organs.organ_name where organ_id = ${siblingOrganId})`.execute(tx)
      await sql`insert into organs.organ_part (organ_id, jurisdiction_code, part, valid_from)
        select ${siblingOrganId}, '140200', 'authority', '2020-01-01'
        where not exists (select from organs.organ_part where organ_id = ${siblingOrganId})`.execute(tx)
      await sql`insert into people.person (id, name, organ_id, version) values (${siblingOrganId}, '大同某人', ${siblingOrganId}, 1)
        on conflict do nothing`.execute(tx)
      await sql`insert into people.account (person_id, username, state, password_hash, password_set_at, must_change, credential_version, last_organ_id)
        select ${siblingOrganId}, 'datong.mouren', 'active', password_hash, now(), false, 1, ${siblingOrganId} from people.account
        where username = 'shi.jihua' on conflict do nothing`.execute(tx)
      const found: Partial<Record<Relation, Place>> = {
        sibling: {
          relation: 'sibling',
          organ: {
            id: siblingOrganId,
            name: '大同市机关事务管理局',
            jurisdictionCode: '140200',
            jurisdictionName: '大同市',
            level: 'city',
            parts: ['authority'],
          },
          personId: siblingOrganId,
          name: '大同某人',
        },
      }
      for (const [relation, key] of Object.entries(organKeys) as [keyof typeof organKeys, string][]) {
        const { rows } = await sql<ActingOrgan & { personId: string; personName: string }>`select o.id, o.name,
            o.jurisdiction_code as "jurisdictionCode", j.name as "jurisdictionName", j.level,
            array(select part from organs.organ_part p where p.organ_id = o.id and p.valid_until is null) as parts,
            p.id as "personId", p.name as "personName"
          from organs.organ o join organs.jurisdiction j on j.code = o.jurisdiction_code,
            people.account a join people.person p on p.id = a.person_id
          where o.id = ${demonstrationOrganId(key)} and a.username = ${usernames[relation]}`.execute(tx)
        const [row] = rows
        if (!row) throw new Error(`the demonstration has nobody at ${relation}`)
        const { personId, personName, ...organ } = row
        found[relation] = { relation, organ, personId, name: personName }
      }
      return found as Places
    },
    { scope: systemScope },
  )
}

/** An organ of the level that has no part in any matter of the object's organ. */
export function bystander({ other }: Places): Place {
  const organ = { ...other.organ, id: demonstrationOrganId('taiyuan-party'), name: '中国民主建国会太原市委员会' }
  return { ...other, organ, personId: other.organ.id }
}

/** Somebody at the place who holds these roles and no others. */
export function actorAt({ organ, personId, name }: Place, roles: readonly Role[]): Actor {
  return { kind: 'person', personId, name, organ, roles }
}
