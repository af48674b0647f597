import { Button } from 'antd'
import { PictureButton } from '#kernel/web/camera/PictureButton.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { ThingRow } from '#kernel/web/thing/ThingRow.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { AssetStateTag } from '../AssetStateTag.tsx'
import { codeOf, type Row } from './session.ts'

/** One thing scanned: what it is, where, with whom, and whether the act can be done with it. */
export function ScanRow({
  row,
  marked,
  waits,
  already,
  onPicture,
  onRemove,
}: {
  row: Row
  /** Just scanned, or scanned once more. */
  marked: boolean
  /** The server has not said yet. */
  waits: boolean
  /** The card says so already. */
  already: boolean
  onPicture: () => void
  onRemove: () => void
}) {
  const { card, reasons, problem } = row
  const attach = useSend(contract.attachCardFile, { invalidates: ['assets'], onDone: onPicture })
  const name = card === null ? codeOf(row) : `${card.name} ${card.number}`
  return (
    <ThingRow
      label={name}
      marked={marked}
      acts={
        <>
          {card && (
            <PictureButton
              label={`${name} 照片`}
              busy={attach.sending}
              onPicture={(file) => attach.send({ cardId: card.id, file })}
            >
              拍照
            </PictureButton>
          )}
          <Button aria-label={`移出 ${name}`} onClick={onRemove}>
            移出
          </Button>
        </>
      }
    >
      <b>{card === null ? codeOf(row) : card.name}</b>
      {card && (
        <>
          <span className="row">
            <span className="number">{card.number}</span>
            <AssetStateTag state={card.state} />
          </span>
          <span className="quiet">
            {[card.model, card.place, card.department, card.custodianName].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
      {waits && <span className="quiet">待核对</span>}
      {problem !== null && <span className="field-error">{problem}</span>}
      {!waits &&
        (reasons ?? []).map((reason) => (
          <span key={`${reason.code}${reason.message}`} className="field-error">
            {reason.message}
            {reason.remedy}
          </span>
        ))}
      {!waits && already && <span className="quiet">本来如此，不会变更</span>}
      {row.pictures > 0 && <span className="scan-pictures">已存照片 {row.pictures} 张</span>}
      <Refusals of={attach.error} onRetry={attach.retry} />
    </ThingRow>
  )
}
