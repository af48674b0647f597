/**
 * What can go wrong between app and database that is nobody's mistake. Violated constraints and time limits keep the
 * error of `pg` with its SQLSTATE in `code`.
 */

/** 503: the database cannot be reached or is shutting down; nothing of the transaction was kept. */
export class DatabaseAway extends Error {
  readonly code = 'database-away'
  constructor(cause: unknown) {
    super('数据库暂时无法连接，本次未作任何改动。请稍后重试。', { cause })
    this.name = 'DatabaseAway'
  }
}

/** 503: too many at once, for a connection or for the same rows; nothing was kept, the same request may be sent again. */
export class RetryLater extends Error {
  readonly code = 'retry'
  constructor(cause: unknown) {
    super('同时办理的人较多，本次未作任何改动。请稍后重试。', { cause })
    this.name = 'RetryLater'
  }
}

/**
 * 503: the connection broke while COMMIT was under way, so nobody knows whether it took effect. Only a request with an
 * idempotency key may be repeated; the answer must not claim that nothing was changed.
 */
export class OutcomeUnknown extends Error {
  readonly code = 'outcome-unknown'
  constructor(cause: unknown) {
    super('提交时与数据库的连接中断，暂不能确定是否已生效。请稍后用原来的操作重试，系统不会重复办理。', { cause })
    this.name = 'OutcomeUnknown'
  }
}

/** Could not serialise, deadlock: PostgreSQL undid the transaction and asks for another try. */
export function asksForRetry(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

/**
 * PostgreSQL's own word that COMMIT failed and the transaction is undone (conflict, deferred constraint or trigger). An
 * error that also ends the session says nothing of the kind: it may come after the commit was written.
 */
export function saysUndone(error: unknown): boolean {
  return (error as { severity?: string }).severity === 'ERROR' || /^(40|23|P0)/.test(codeOf(error))
}

/** SQLSTATE or system error code; empty when there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

const awayCodes = /^(ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[1-5]|08)/
/** `pg` reports lost connections without a code. */
const awayMessages =
  /Connection terminated|connection error and is not queryable|Client was closed|Query read timeout|Connection ended/
const crowdedMessages = /timeout exceeded when trying to connect/

/** True when the connection cannot be used any more. */
export function isConnectionLost(error: unknown): boolean {
  return awayCodes.test(codeOf(error)) || (error instanceof Error && awayMessages.test(error.message))
}

/** Errors of driver and pool in our own words; every other error is returned as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof DatabaseAway || error instanceof RetryLater || error instanceof OutcomeUnknown) return error
  // An address with several families fails with all errors in one.
  if (error instanceof AggregateError && error.errors.some(isConnectionLost)) return new DatabaseAway(error)
  if (isConnectionLost(error)) return new DatabaseAway(error)
  if (codeOf(error) === '53300' || (error instanceof Error && crowdedMessages.test(error.message)))
    return new RetryLater(error)
  return error
}
