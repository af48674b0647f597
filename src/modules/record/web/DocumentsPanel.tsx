import { useFetched } from '#kernel/web/fetching.ts'
import { contract, documentKindLabels } from '../contract.ts'
import { DocumentLinks } from './DocumentLinks.tsx'
import './record.css'

/** Official documents issued in a matter. */
export function DocumentsPanel({ subject }: { subject: { kind: string; id: string } }) {
  const { items } = useFetched(contract.subjectDocuments, { subjectKind: subject.kind, subjectId: subject.id })
  if (items.length === 0) return <p className="quiet">还没有生成公文。</p>
  return (
    <ul className="paper-list">
      {items.map(({ id, kind, number, title, issuedOn, issuedBy }) => (
        <li key={id}>
          <div>
            <b>{number}</b> {title}
            <p className="quiet">
              {documentKindLabels[kind] ?? ''} {issuedOn} {issuedBy}
            </p>
          </div>
          <DocumentLinks documentId={id} />
        </li>
      ))}
    </ul>
  )
}
