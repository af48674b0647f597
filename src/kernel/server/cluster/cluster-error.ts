export type ClusterFault =
  | 'in-use'
  | 'no-binaries'
  | 'no-service-user'
  | 'no-permission'
  | 'init-failed'
  | 'start-failed'
  | 'version'
  | 'secrets'

/** Why the embedded database cannot run; the message is for the person at the console and names the remedy. */
export class ClusterError extends Error {
  readonly fault: ClusterFault
  constructor(fault: ClusterFault, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ClusterError'
    this.fault = fault
  }
}

/** Ways out that every fault offers, since an outside PostgreSQL needs none of this. */
export const externalDatabaseRemedy = '也可以设置 DATABASE_URL，改用已有的 PostgreSQL（15 或更高版本）。'
