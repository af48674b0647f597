import pg from 'pg'
import type { ClusterSecrets } from './secrets.ts'

/** Names of the roles; migrations refer to app and reader by name. */
export const superuserRole = 'postgres'
export const ownerRole = 'yunbao_owner'
export const appRole = 'yunbao_app'
export const readerRole = 'yunbao_reader'
export const databaseName = 'yunbao'

/**
 * Makes the three roles and the database where they are missing. The owner runs migrations, the app owns nothing, the
 * reader only reads; none is a superuser, for whom row-level security would not exist.
 */
export async function prepareRoles(superuserUrl: string, secrets: ClusterSecrets): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    // Passwords stand in the statements below: keep them out of the server's log, whatever happens.
    await client.query(
      `set log_min_error_statement = panic; set log_statement = 'none'; set log_min_duration_statement = -1`,
    )
    const passwords = {
      [ownerRole]: secrets.ownerPassword,
      [appRole]: secrets.appPassword,
      [readerRole]: secrets.readerPassword,
    }
    const present = await client.query<{ rolname: string }>('select rolname from pg_roles')
    for (const [role, password] of Object.entries(passwords))
      if (!present.rows.some(({ rolname }) => rolname === role))
        await client.query(
          `create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password ${client.escapeLiteral(password)}`,
        )
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerRole}`)
    await client.query(`revoke all on database ${databaseName} from public;
      grant connect, temporary on database ${databaseName} to ${appRole}, ${readerRole}`)
  } finally {
    await client.end()
  }
}
