import { Button, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { Camera, canReadCodes } from './Camera.tsx'
import './camera.css'

/**
 * Where codes come in: the camera where the browser reads them, a hand scanner that types and sends Enter, or fingers.
 * After each code the field is empty and ready for the next.
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
  const [scanning, setScanning] = useState(false)
  const [code, setCode] = useState('')
  const field = useRef<InputRef>(null)
  return (
    <div className="code-entry">
      {canReadCodes() &&
        (scanning ? (
          <Camera
            continuous={continuous}
            onCode={(found) => {
              if (!continuous) setScanning(false)
              onCode(found)
            }}
            onStop={() => setScanning(false)}
          />
        ) : (
          <Button type="primary" size="large" block onClick={() => setScanning(true)}>
            {scan}
          </Button>
        ))}
      <form
        className="row code-typed"
        onSubmit={(event) => {
          event.preventDefault()
          const given = code.trim()
          if (given === '') return
          setCode('')
          field.current?.focus()
          onCode(given)
        }}
      >
        <Input
          ref={field}
          size="large"
          aria-label={label}
          placeholder={placeholder}
          value={code}
          maxLength={100}
          autoComplete="off"
          autoFocus={autoFocus}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button size="large" htmlType="submit">
          {submit}
        </Button>
      </form>
    </div>
  )
}
