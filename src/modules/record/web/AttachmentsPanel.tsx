import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { download } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import './record.css'

/** 附件 of a case: upload with progress, download, removal by who uploaded. */
export function AttachmentsPanel({ caseId }: { caseId: string }) {
  const { items, may } = useFetched(contract.attachments, { caseId })
  const queries = useQueryClient()
  const [removing, setRemoving] = useState<string | null>(null)
  const remove = useSend(contract.removeAttachment, {
    invalidates: [contract.attachments],
    onDone: () => setRemoving(null),
  })
  const fetchFile = (attachmentId: string) =>
    void download(contract.attachmentFile, { attachmentId }).catch((error: unknown) =>
      tell(error instanceof Error ? error.message : '下载未完成，请重试。'),
    )
  return (
    <div className="stack">
      {items.length === 0 && <p className="quiet">没有附件。</p>}
      <ul className="paper-list">
        {items.map(({ id, fileName, sizeBytes, uploadedByName, uploadedAt, may: own }) => (
          <li key={id}>
            <div>
              <button type="button" className="link-button" onClick={() => fetchFile(id)}>
                {fileName}
              </button>
              <p className="quiet">
                {(sizeBytes / 1024).toFixed(0)} KB {uploadedByName} {shortInstant(uploadedAt)}
              </p>
            </div>
            <ActionButton refusal={own.remove} onClick={() => setRemoving(id)}>
              移除
            </ActionButton>
          </li>
        ))}
      </ul>
      {may.attach === null ? (
        <FileUpload
          operation={contract.attach}
          input={{ caseId }}
          label="上传附件"
          accept=".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.txt,.csv"
          onUploaded={() => void queries.invalidateQueries({ queryKey: ['record', 'attachments'] })}
        />
      ) : (
        <ActionButton refusal={may.attach} onClick={() => undefined}>
          上传附件
        </ActionButton>
      )}
      {removing && (
        <OpinionDialog
          title="移除附件"
          label="移除原因"
          required
          submit="移除"
          error={remove.error}
          onRetry={remove.retry}
          onClose={() => setRemoving(null)}
          onSend={(reason) => remove.send({ attachmentId: removing, reason })}
        />
      )}
    </div>
  )
}
