import { Button } from 'antd'
import { useRef } from 'react'
import { smallPicture } from './small-picture.ts'

/** Takes a picture with the phone's camera (a file at the desk), made smaller before it goes anywhere. */
export function PictureButton({
  label,
  children,
  large = false,
  busy = false,
  onPicture,
}: {
  /** What the chooser is called for screen readers: 盘点照片. */
  label: string
  children: string
  large?: boolean
  busy?: boolean
  onPicture: (picture: File) => unknown
}) {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size={large ? 'large' : 'middle'} loading={busy} onClick={() => chooser.current?.click()}>
        {children}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={label}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void smallPicture(file).then(onPicture)
          event.target.value = ''
        }}
      />
    </>
  )
}
