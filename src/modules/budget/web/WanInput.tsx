import { Input } from 'antd'
import { useState } from 'react'
import { readWan, wanEntry } from './wan.ts'

/** Money typed in 万元, kept as integer 分; what cannot be read stays as typed and the schema says so. */
export function WanInput({
  value,
  onChange,
  ...rest
}: {
  id?: string
  value?: number | string | null
  onChange?: (value: number | string | null) => void
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false'
}) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <Input
      {...rest}
      className="number-input"
      inputMode="decimal"
      autoComplete="off"
      suffix="万元"
      value={typed ?? (typeof value === 'number' ? wanEntry(value) : (value ?? ''))}
      onChange={(event) => {
        const now = event.target.value
        setTyped(now)
        onChange?.(now.trim() === '' ? null : (readWan(now) ?? now))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
