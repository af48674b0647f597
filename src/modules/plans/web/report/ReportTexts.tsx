import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import type { ReportView } from './ReportStateTag.tsx'

const parts = {
  overview: '总体情况',
  problems: '存在的问题',
  savings: '节约措施和成效',
  proposals: '下一年度建议',
} as const
type Part = keyof typeof parts

/** The text parts, proposed from the figures and edited by people. */
export function ReportTexts({ view: { report, texts, may } }: { view: ReportView }) {
  const [editing, setEditing] = useState<ReportView['texts'] | null>(null)
  const save = useSend(contract.saveReport, { onDone: () => (tell('已保存。'), setEditing(null)) })
  return (
    <Section
      title="文字部分"
      actions={
        editing ? (
          <>
            <Button
              type="primary"
              loading={save.sending}
              onClick={() => void save.send({ reportId: report.id, version: report.version, texts: editing })}
            >
              保存
            </Button>
            <Button onClick={() => setEditing(null)}>取消</Button>
          </>
        ) : (
          <ActionButton refusal={may.edit} onClick={() => setEditing(texts)}>
            修改文字
          </ActionButton>
        )
      }
    >
      <Refusals of={save.error} onRetry={save.retry} />
      {(Object.keys(parts) as Part[]).map((part) => (
        <div key={part} className="report-part">
          <h3 id={`report-${part}`}>{parts[part]}</h3>
          {editing ? (
            <Input.TextArea
              aria-labelledby={`report-${part}`}
              autoSize={{ minRows: 3 }}
              maxLength={20_000}
              value={editing[part]}
              onChange={(event) => setEditing({ ...editing, [part]: event.target.value })}
            />
          ) : (
            texts[part]
              .split('\n')
              .map((line, index) => <p key={index}>{line || <span className="quiet">（未填写）</span>}</p>)
          )}
        </div>
      ))}
    </Section>
  )
}
