import { Button, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { foreignCode, longestCode } from '#kernel/pure/foreign-code.ts'
import { Camera } from './Camera.tsx'
import { noCameraReason } from './camera-problem.ts'
import { useCamera } from './use-camera.ts'
import './camera.css'

/**
 * Where codes come in: the camera where there is one, a hand scanner that types and sends Enter, or fingers. After each code
 * the field is empty and ready for the next. What is plainly of another system is told and handed to nobody.
 * @param continuous the camera stays open from one code to the next
 */
export function CodeEntry({
  label,
  placeholder,
  submit,
  scan,
  continuous = false,
  autoFocus = false,
  onCode,
}: {
  label: string
  placeholder?: string
  /** Words of the button beside the field, and of the one that opens the camera. */
  submit: string
  scan: string
  continuous?: boolean
  autoFocus?: boolean
  onCode: (code: string) => void
}) {
  const camera = useCamera()
  const [scanning, setScanning] = useState(false)
  const [code, setCode] = useState('')
  const [foreign, setForeign] = useState<string | null>(null)
  const field = useRef<InputRef>(null)
  const take = (given: string) => {
    const what = foreignCode(given)
    setForeign(what)
    if (what !== null) return
    if (!continuous) setScanning(false)
    onCode(given.trim())
  }
  return (
    <div className="code-entry">
      {camera === 'some' &&
        (scanning ? (
          <Camera onCode={take} onStop={() => setScanning(false)} />
        ) : (
          <Button type="primary" size="large" block onClick={() => setScanning(true)}>
            {scan}
          </Button>
        ))}
      {foreign !== null && (
        <p className="camera-problem" role="alert">
          这是{foreign}，不是资产标签。请对准资产标签上的二维码，或输入编号。
        </p>
      )}
      <form
        className="row code-typed"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim() === '') return
          setCode('')
          field.current?.focus()
          take(code)
        }}
      >
        <Input
          ref={field}
          size="large"
          aria-label={label}
          placeholder={placeholder}
          value={code}
          maxLength={longestCode}
          autoComplete="off"
          autoFocus={autoFocus}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button size="large" htmlType="submit">
          {submit}
        </Button>
      </form>
      {(camera === 'none' || camera === 'insecure') && <p className="quiet">{noCameraReason(camera)}</p>}
    </div>
  )
}
