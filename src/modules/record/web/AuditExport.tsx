import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { InputOf } from '#kernel/pure/contract.ts'
import { download } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'

type Filters = Omit<InputOf<typeof contract.exportAudit>, 'format' | 'purpose'>

/** Exports exactly what is filtered; who, when and what for stand in the file and in the record. */
export function AuditExport({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [purpose, setPurpose] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const send = () => {
    setBusy(true)
    setProblem(null)
    download(contract.exportAudit, { ...filters, format, ...(purpose.trim() ? { purpose: purpose.trim() } : {}) })
      .then(() => {
        tell('已导出。导出行为已记入审计记录。')
        onClose()
      })
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : '导出未完成，请重试。'))
      .finally(() => setBusy(false))
  }
  return (
    <Dialog
      title="导出审计记录"
      onClose={onClose}
      actions={
        <>
          <Button type="primary" loading={busy} onClick={send}>
            导出
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <p>导出当前条件下的记录，不含业务内容。文件首行写明导出人、时间和用途。</p>
      <p className="audit-export-line">
        <label htmlFor="audit-purpose">用途（1,000 条以内选填）</label>
        <Input
          id="audit-purpose"
          maxLength={200}
          value={purpose}
          aria-describedby={problem ? 'audit-export-problem' : undefined}
          onChange={(event) => setPurpose(event.target.value)}
        />
      </p>
      <Radio.Group
        aria-label="格式"
        value={format}
        onChange={(event) => setFormat(event.target.value as 'xlsx' | 'csv')}
        options={[
          { value: 'xlsx', label: 'Excel 工作簿' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
      {problem && (
        <p id="audit-export-problem" role="alert" className="audit-problem">
          {problem}
        </p>
      )}
    </Dialog>
  )
}
