import { Checkbox, Input } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { quantityText, readNumber, readYuan, yuanText } from '../money.ts'

/** What a form gives its control: the value, or what was typed when it could not be read (the schema then says so). */
type Bound<T> = {
  id?: string
  value?: T | string | null
  onChange?: (value: T | string | null) => void
  disabled?: boolean
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false'
  'aria-required'?: boolean | 'true' | 'false'
}

function useTyped(value: number | string | null | undefined, show: (value: number) => string) {
  const shown = typeof value === 'number' ? show(value) : (value ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  useEffect(() => setTyped(null), [value === undefined]) // eslint-disable-line react-hooks/exhaustive-deps -- form reset
  return { text: typed ?? shown, setTyped }
}

type NumberText = { unit: string; show: (value: number) => string; read: (typed: string) => number | null }

/** What cannot be read as a number is handed on as it was typed, so that the form can say what is wrong with it. */
function NumberInput({ value, onChange, unit, show, read, ...rest }: Bound<number> & NumberText) {
  const { text, setTyped } = useTyped(value, show)
  return (
    <Input
      {...rest}
      className="number-input"
      inputMode="decimal"
      autoComplete="off"
      suffix={unit}
      value={text}
      onChange={(event) => {
        const now = event.target.value
        setTyped(now)
        onChange?.(now.trim() === '' ? null : (read(now) ?? now))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

/** Money: typed in yuan (separators, 万 understood), kept as integer 分. */
export function MoneyInput(props: Bound<number>) {
  return <NumberInput {...props} unit="元" show={yuanText} read={readYuan} />
}

/** A number with its unit: 台, ㎡, 公里. */
export function QuantityInput(props: Bound<number> & { unit: string }) {
  return <NumberInput {...props} show={quantityText} read={readNumber} />
}

/** A law date as YYYY-MM-DD, by the browser's own date field. */
export function LocalDateInput({ value, onChange, min, max, ...rest }: Bound<string> & { min?: string; max?: string }) {
  return (
    <Input
      {...rest}
      type="date"
      className="date-input"
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
    />
  )
}

/** An opinion: phrases of the office to press, free text beside them. */
export function OpinionBox({
  id,
  value,
  onChange,
  phrases = [],
  rows = 3,
  maxLength = 1000,
  ...rest
}: Bound<string> & { phrases?: readonly string[]; rows?: number; maxLength?: number }) {
  const text = value ?? ''
  return (
    <div>
      {phrases.length > 0 && (
        <div className="phrases" role="group" aria-label="常用意见">
          {phrases.map((phrase) => (
            <button
              key={phrase}
              type="button"
              className="phrase"
              onClick={() => onChange?.(text.trim() === '' ? phrase : `${text.replace(/[。；;\s]*$/, '')}；${phrase}`)}
            >
              {phrase}
            </button>
          ))}
        </div>
      )}
      <Input.TextArea
        {...rest}
        {...(id === undefined ? {} : { id })}
        rows={rows}
        maxLength={maxLength}
        showCount={text.length > maxLength * 0.8}
        value={text}
        onChange={(event) => onChange?.(event.target.value)}
      />
    </div>
  )
}

/** A tick as a form's field: yes or no. */
export function YesBox({
  value,
  onChange,
  id,
  children,
}: {
  value?: boolean
  onChange?: (value: boolean) => void
  id?: string
  children: ReactNode
}) {
  return (
    <Checkbox {...(id ? { id } : {})} checked={value === true} onChange={({ target }) => onChange?.(target.checked)}>
      {children}
    </Checkbox>
  )
}
