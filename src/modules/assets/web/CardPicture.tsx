import { PictureButton } from '#kernel/web/camera/PictureButton.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

/** One press where one has just scanned the label: a picture of the thing, among the files of its card. */
export function CardPicture({ cardId }: { cardId: string }) {
  const attach = useSend(contract.attachCardFile, { invalidates: ['assets'], onDone: () => tell('照片已存入附件。') })
  return (
    <>
      <PictureButton label="资产照片" busy={attach.sending} onPicture={(file) => attach.send({ cardId, file })}>
        拍照
      </PictureButton>
      <Refusals of={attach.error} onRetry={attach.retry} />
    </>
  )
}
