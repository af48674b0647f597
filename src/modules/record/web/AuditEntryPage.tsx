import type { z } from 'zod'
import { roleLabels, type Role } from '#kernel/pure/actor.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract, type AuditDetail } from '../contract.ts'
import { AuditProofPanel } from './AuditProofPanel.tsx'
import { kindWord, resultTones, resultWords } from './audit-words.ts'
import { factWords, fieldWord, shown } from './field-words.ts'
import './record.css'

/** One row of the audit record: who, when, what, with which result, and the proof that it is in the log. */
export default function AuditEntryPage({ params: { entryId } }: PageProps<'/record/audit/:entryId'>) {
  const row = useFetched(contract.auditEntry, { entryId: Number(entryId) })
  return (
    <Page
      title={`${factWords(row.fact)} · 审计记录 ${row.id}`}
      lead={<StateTag tone={resultTones[row.result]} word={resultWords[row.result]} />}
      trail={[{ label: '审计记录', path: '/record/audit' }]}
    >
      <Section>
        <Facts
          of={[
            { label: '时间', value: shortInstant(row.at) },
            {
              label: '人员',
              value: row.personName,
              note: row.roles.map((role) => roleLabels[role as Role] ?? role).join('、') || null,
            },
            { label: '机关', value: row.organName },
            { label: '来源', value: row.source },
            { label: '操作', value: row.operationName ?? row.operation, note: row.operationName && row.operation },
            { label: '对象', value: kindWord(row.subjectKind), note: row.subjectId },
            { label: '请求编号', value: row.requestId },
            { label: '原因代码', value: row.reasons.length > 0 ? row.reasons.join('、') : null },
          ]}
        />
      </Section>
      {row.result !== 'denied' && <Changes row={row} />}
      {row.grounds.length > 0 && (
        <Section title="依据">
          <ul className="audit-grounds">
            {row.grounds.map(({ code, said, citation }) => (
              <li key={`${code} ${citation}`}>
                {said ?? code}
                {said && <span className="quiet"> {code}</span>}
                {citation && <span className="quiet"> {citation}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <AuditProofPanel entryId={row.id} seal={row.seal} />
    </Page>
  )
}

function Changes({ row }: { row: z.infer<typeof AuditDetail> }) {
  return (
    <Section title="变更内容">
      {row.withdrawn ? (
        <p className="quiet">内容已按第四十四条撤除，只留存在证明。</p>
      ) : row.changes.length === 0 ? (
        <p className="quiet">这一行为没有变更内容。</p>
      ) : (
        <table className="audit-changes">
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col">变更前</th>
              <th scope="col">变更后</th>
            </tr>
          </thead>
          <tbody>
            {row.changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{fieldWord(row, field)}</th>
                <td>{before === null ? '–' : shown(row, field, before)}</td>
                <td>{after === null ? '–' : shown(row, field, after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {row.changes.some(({ hidden }) => hidden) && (
        <p className="quiet">业务内容和个人信息对安全审计员遮蔽；内容有无变化以存在证明为准。</p>
      )}
    </Section>
  )
}
