import { Button } from 'antd'
import { download } from '#kernel/web/client.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { paragraphsOf } from '../rules/places.ts'
import './consultation.css'

type Draft = {
  id: string
  text: string
  files: readonly { id: string; fileName: string; sizeBytes: number }[]
  documents: readonly { id: string; number: string; title: string }[]
}

/** The draft by paragraphs; whoever answers begins an opinion at the paragraph it is about. */
export function DraftText({ draft, onPlace }: { draft: Draft; onPlace?: (place: string) => void }) {
  return (
    <div className="draft-text">
      {paragraphsOf(draft.text).map(({ place, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- paragraphs never change their order
        <div key={index} className="draft-paragraph">
          <p>{text}</p>
          {onPlace && (
            <button
              type="button"
              className="draft-place"
              aria-label={`对${place}提意见`}
              onClick={() => onPlace(place)}
            >
              提意见
            </button>
          )}
        </div>
      ))}
      <DraftPapers draft={draft} />
    </div>
  )
}

/** Files and official documents that belong to the draft. */
function DraftPapers({ draft: { id, files, documents } }: { draft: Draft }) {
  if (files.length + documents.length === 0) return null
  const failed = (error: unknown) => tell(error instanceof Error ? error.message : '下载未完成，请重试。')
  return (
    <div className="draft-papers">
      <h3>附件</h3>
      <ul className="paper-list">
        {documents.map(({ id: documentId, number, title }) => (
          <li key={documentId}>
            <span>
              {number} {title}
            </span>
            <span className="row">
              {(['pdf', 'docx'] as const).map((format) => (
                <Button
                  key={format}
                  size="small"
                  onClick={() =>
                    void download(contract.consultationDocument, { consultationId: id, documentId, format }).catch(
                      failed,
                    )
                  }
                >
                  {format === 'pdf' ? 'PDF' : 'Word'}
                </Button>
              ))}
            </span>
          </li>
        ))}
        {files.map(({ id: fileId, fileName, sizeBytes }) => (
          <li key={fileId}>
            <button
              type="button"
              className="link-button"
              onClick={() => void download(contract.consultationFile, { consultationId: id, fileId }).catch(failed)}
            >
              {fileName}
            </button>
            <span className="quiet">{(sizeBytes / 1024).toFixed(0)} KB</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
