import { Checkbox } from 'antd'
import type { ReactNode } from 'react'

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
