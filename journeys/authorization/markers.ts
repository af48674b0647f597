import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import type { World } from './doing.ts'
import type { Objects } from './objects.ts'
import { subjectLevel, subjectOrganId } from './places.ts'

/** Tables of which the level's department owns the rows. */
const levelOwned = [
  'consultation.consultation',
  'consultation.survey',
  'consultation.improvement',
  'drafting.draft',
  'drafting.expenditure_review',
  'plans.cycle',
  'whatif.scenario',
  'regulations.work',
  'regulations.import',
]
/** Objects that an operation asks for and no organ is written in. */
const others = ['calendar.noticeId', 'calendar.overrideId', 'people.sessionId', 'jobs.runId', 'duties.feedId'] as const

export type Markers = Readonly<{
  /** Ids of every record of the organ and of its people. */
  organ: ReadonlySet<string>
  /** Ids of what the level's departments own, such as consultations; other organs of the level may know of many. */
  level: ReadonlySet<string>
}>

/** What an answer must not hold where the object is not for the reader. */
export async function markersOf({ parts }: World, objects: Objects): Promise<Markers> {
  const markers = new Set<string>([subjectOrganId, ...others.map((name) => String(objects.get(name)))])
  const level = new Set<string>()
  await transaction(
    parts.db,
    async (tx) => {
      const { rows: columns } = await sql<{
        name: string
        organ: string
      }>`select n.nspname || '.' || c.relname as name, a.attname as organ
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_attribute a on a.attrelid = c.oid and a.attname in ('organ_id', 'holder_organ_id', 'applicant_organ_id', 'acting_organ_id')
          join pg_attribute i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'organs')`.execute(
        tx,
      )
      for (const { name, organ } of columns) {
        const { rows } = await sql<{
          id: string
        }>`select id from ${sql.table(name)} where ${sql.ref(organ)} = ${subjectOrganId}`.execute(tx)
        for (const { id } of rows) markers.add(id)
      }
      for (const name of levelOwned) {
        const { rows } = await sql<{
          id: string
        }>`select id from ${sql.table(name)} where jurisdiction_code = ${subjectLevel}`.execute(tx)
        for (const { id } of rows) level.add(id)
      }
    },
    { scope: systemScope },
  )
  return { organ: markers, level }
}
