import { shortInstant } from '#kernel/web/dates.ts'
import { addressOf } from '#kernel/web/client.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useSend } from '#kernel/web/fetching.ts'
import { FileUpload, sizeText } from '#kernel/web/form/FileUpload.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { Button } from 'antd'
import { contract } from '../contract.ts'
import type { CardView } from './CardPage.tsx'

/** Pictures and papers of the thing. */
export function CardFiles({ view: { card, files, may } }: { view: CardView }) {
  const queries = useQueryClient()
  const remove = useSend(contract.removeCardFile)
  return (
    <div className="stack">
      {may.change === null && (
        <FileUpload
          operation={contract.attachCardFile}
          input={{ cardId: card.id }}
          label="上传照片或单据"
          camera
          onUploaded={() => void queries.invalidateQueries({ queryKey: ['assets'] })}
        />
      )}
      <Refusals of={remove.error} onRetry={remove.retry} />
      {files.length === 0 && <p className="quiet">没有附件。</p>}
      <ul className="card-files">
        {files.map((file) => {
          const address = addressOf(contract.cardFile, { cardId: card.id, fileId: file.id })
          return (
            <li key={file.id}>
              {file.mediaType.startsWith('image/') && <img src={address} alt={file.fileName} loading="lazy" />}
              <a href={address} download>
                {file.fileName}
              </a>
              <span className="quiet">
                {sizeText(file.sizeBytes)} · {file.uploadedByName} · {shortInstant(file.uploadedAt)}
              </span>
              {file.mine && may.change === null && (
                <Button
                  size="small"
                  onClick={() => void remove.send({ cardId: card.id, fileId: file.id, reason: '上传有误' })}
                >
                  移除
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
