import { Button } from 'antd'
import { useState } from 'react'
import { download } from '#kernel/web/client.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'

/** Downloads a document as issued: editable .docx, or PDF. */
export function DocumentLinks({ documentId }: { documentId: string }) {
  const [busy, setBusy] = useState<'docx' | 'pdf' | null>(null)
  const fetchFile = (format: 'docx' | 'pdf') => {
    setBusy(format)
    void download(contract.documentFile, { documentId, format })
      .catch((error: unknown) => tell(error instanceof Error ? error.message : '下载未完成，请重试。'))
      .finally(() => setBusy(null))
  }
  return (
    <span className="row">
      <Button size="small" loading={busy === 'pdf'} onClick={() => fetchFile('pdf')}>
        PDF
      </Button>
      <Button size="small" loading={busy === 'docx'} onClick={() => fetchFile('docx')}>
        Word
      </Button>
    </span>
  )
}
