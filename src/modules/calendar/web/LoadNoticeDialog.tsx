import { Button, Input, Select } from 'antd'
import { useRef, useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { NoticeDraft } from '../model.ts'
import { noticeFindings } from '../rules.ts'
import { readNotice } from '../rules/notice-text.ts'
import { FindingList, HolidayTable } from './NoticePanel.tsx'

type Typed = Partial<Record<'year' | 'document' | 'issuedOn' | 'text', unknown>>

/** Enters a notice by its own text; what was read and what is odd shows at once, by the server's own rules. */
export function LoadNoticeDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const [typed, setTyped] = useState<Typed>({ year })
  const years = Array.from({ length: 5 }, (_, index) => year - 2 + index)
  return (
    <Dialog title="录入放假安排通知" wide onClose={onClose}>
      <EntryForm
        operation={contract.loadNotice}
        initial={{ year }}
        submit="提交复核"
        onValues={(values) => setTyped(values as Typed)}
        onDone={() => {
          tell('已录入，待另一位有权限的人员复核后生效。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="year" label="年度">
          <Select options={years.map((value) => ({ value, label: `${value} 年` }))} />
        </Field>
        <Field name="document" label="文号" help="如“国办发明电〔2025〕7号”">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="issuedOn" label="印发日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field
          name="text"
          label="通知正文"
          optional={false}
          help="粘贴通知全文即可；也可以粘贴或选择带“日期，类型，名称”表头的表格，类型为“放假”或“上班”。"
        >
          <NoticeTextBox />
        </Field>
        <Reading typed={typed} />
      </EntryForm>
    </Dialog>
  )
}

/** Text typed or pasted, or taken from a text or CSV file. */
function NoticeTextBox({ id, value, onChange }: { id?: string; value?: string; onChange?: (text: string) => void }) {
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (file) onChange?.(decoded(await file.arrayBuffer()))
    if (chooser.current) chooser.current.value = ''
  }
  return (
    <div className="stack">
      <Input.TextArea
        {...(id === undefined ? {} : { id })}
        rows={8}
        maxLength={20_000}
        value={value ?? ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <div>
        <Button onClick={() => chooser.current?.click()}>从文件读取（CSV 或文本）</Button>
        <input
          ref={chooser}
          type="file"
          style={{ display: 'none' }}
          aria-hidden="true"
          tabIndex={-1}
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </div>
    </div>
  )
}

/** Spreadsheets on Chinese Windows write GB 18030; everything else is UTF-8. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** What was read of the text so far. */
function Reading({ typed }: { typed: Typed }) {
  const text = typeof typed.text === 'string' ? typed.text : ''
  const year = Number(typed.year)
  if (text.trim() === '') return null
  const { holidays, problems } = readNotice(text, year)
  const draft = NoticeDraft.safeParse({ ...typed, holidays })
  return (
    <div className="calendar-reading" aria-live="polite">
      <h3>读出的安排</h3>
      {problems.length > 0 && (
        <ul className="calendar-findings field-error">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {holidays.length > 0 && <HolidayTable holidays={holidays} />}
      {draft.success && problems.length === 0 && <FindingList findings={noticeFindings(draft.data, todayHere())} />}
    </div>
  )
}
