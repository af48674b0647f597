import { sql } from 'kysely'
import type { Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '../context.ts'
import { found, permit } from '../errors.ts'
import { newId } from '../identifier.ts'
import { record } from '../record.ts'
import { beyondScope } from '../scope.ts'
import { boundTo, type SealedColumn } from './sealed-column.ts'

/**
 * What must be kept apart from the matter it belongs to and opened by few: who a reporter is, what somebody asks to have
 * corrected. The content is sealed, the row can be read by nobody through the second wall but here, and each opening
 * leaves a row in the record.
 */
export const sealedRecordColumn: SealedColumn = {
  table: 'kernel.sealed_record',
  key: 'id',
  column: 'content',
  purpose: 'sealed-record',
}

/**
 * Seals content for a matter of a module, once for each kind and matter.
 * @param kept.kind `<module>.<what it is>`, e.g. `people.correction`
 */
export async function keepSealed(act: Act, kept: { kind: string; subjectId: string; content: unknown }): Promise<void> {
  const id = newId()
  const content = act.keyring.seal(
    sealedRecordColumn.purpose,
    JSON.stringify(kept.content),
    boundTo(sealedRecordColumn, id),
  )
  await sql`insert into kernel.sealed_record (id, kind, subject_id, content, made_at)
    values (${id}, ${kept.kind}, ${kept.subjectId}, ${content}, ${act.now})`.execute(act.tx)
}

/**
 * Opens sealed content for whom the owning module's policy admits, and records who opened it and for what.
 * @param asked.verdict the policy's answer for this actor and matter; without yes nothing is opened
 * @throws Forbidden unless allowed; Missing when there is none, or its content was withdrawn
 */
export async function openSealed(
  act: Act,
  asked: { kind: string; subjectId: string; organId: string | null; verdict: Verdict; purpose: string },
): Promise<unknown> {
  permit(asked.verdict)
  const content = found(await contentOf(act, asked), '封存内容')
  await record(act, 'kernel.sealed-record-opened', {
    subject: { kind: asked.kind, id: asked.subjectId },
    organId: asked.organId,
    basis: { purpose: asked.purpose },
  })
  return content
}

/** Withdraws the content for good (Art. 44, or when its purpose has ended); that it was there stays known. */
export async function withdrawSealed(
  act: Act,
  { kind, subjectId }: { kind: string; subjectId: string },
): Promise<void> {
  await beyondScope(act, 'withdrawing sealed content', () =>
    sql`update kernel.sealed_record set content = null, withdrawn_at = ${act.now}
      where kind = ${kind} and subject_id = ${subjectId} and content is not null`.execute(act.tx),
  )
}

async function contentOf(act: Act, { kind, subjectId }: { kind: string; subjectId: string }): Promise<unknown> {
  const row = await beyondScope(act, 'a sealed record is opened for whom its module admits', async () => {
    const { rows } = await sql<{ id: string; content: string | null }>`select id, content from kernel.sealed_record
      where kind = ${kind} and subject_id = ${subjectId}`.execute(act.tx)
    return rows[0]
  })
  if (!row || row.content === null) return null
  return JSON.parse(act.keyring.open(sealedRecordColumn.purpose, row.content, boundTo(sealedRecordColumn, row.id)))
}
