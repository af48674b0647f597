import type { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { contract, type AuditEntry } from '../contract.ts'
import { changedFields } from './changes.ts'
import { factWords } from './field-words.ts'
import './record.css'

/** 变更记录: who changed what, when, from what to what. */
export function ChangesPanel({
  subject,
  none = '没有变更记录。',
}: {
  subject: { kind: string; id: string }
  /** Said where nothing has changed. */
  none?: string
}) {
  const { items } = useFetched(contract.changes, { subjectKind: subject.kind, subjectId: subject.id })
  if (items.length === 0) return <p className="quiet">{none}</p>
  return (
    <ol className="changes">
      {items.map((entry) => (
        <ChangeEntry key={entry.id} entry={entry} />
      ))}
    </ol>
  )
}

export function ChangeEntry({ entry }: { entry: z.infer<typeof AuditEntry> }) {
  const fields = changedFields(entry, entry.before, entry.after)
  return (
    <li>
      <p>
        <b>{factWords(entry.fact)}</b>{' '}
        <span>
          {entry.organName} {entry.personName}
          {entry.byCommand && '（命令行）'}
        </span>{' '}
        <time className="quiet number" dateTime={entry.at}>
          {shortInstant(entry.at)}
        </time>
      </p>
      {fields.length > 0 && (
        <details>
          <summary className="quiet">{fields.length} 项内容</summary>
          <dl className="change-fields">
            {fields.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
