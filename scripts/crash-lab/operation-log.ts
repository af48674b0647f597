import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** `ok`: acknowledged. `fail`: refused, or said to have changed nothing. `unknown`: no certain answer. */
export type Outcome = 'ok' | 'fail' | 'unknown'

/** One act of one client: written before it is sent, and again with what became of it. */
export type OperationRecord = {
  /** Stands in a text of the act where it has one, so that its effect can be found. */
  id: string
  client: number
  /** `<module>.<operation>` */
  operation: string
  username: string
  key: string
  input: Record<string, unknown>
  outcome: Outcome
  /** Of the last answer; null when none came. */
  status: number | null
  code: string | null
  /** What of the answer the checker compares with. */
  gist: Record<string, unknown> | null
  attempts: number
  startedAt: number
  endedAt: number
}

export type OperationLog = {
  records: OperationRecord[]
  /** To disk before anything is sent: what a client may have asked for is known whatever happens to it. */
  sending: (record: OperationRecord) => void
  answered: (record: OperationRecord) => void
}

export function openOperationLog(folder: string, client: number): OperationLog {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `client-${String(client).padStart(3, '0')}.jsonl`)
  const records: OperationRecord[] = []
  const write = (event: 'sending' | 'answered', record: OperationRecord) =>
    appendFileSync(path, `${JSON.stringify({ event, ...record })}\n`)
  return {
    records,
    sending: (record) => {
      records.push(record)
      write('sending', record)
    },
    answered: (record) => write('answered', record),
  }
}
