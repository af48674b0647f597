import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { classNameOf } from '../model/classes.ts'
import { customFieldKindLabels, type CustomField } from '../model/custom-field.ts'
import { CustomFieldDialog, RetireFieldDialog } from './CustomFieldDialog.tsx'
import './assets.css'

export type ListedField = OutputOf<typeof contract.customFields>['items'][number]
type Open = { act: 'define' } | { act: 'revise' | 'retire'; field: ListedField }

/** What the authority asks cards of a class to say beside the core; versions from a day on, nothing is ever deleted. */
export default function CustomFieldsPage() {
  const { items, may } = useFetched(contract.customFields, {})
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  return (
    <Page
      title="自定义字段"
      lead="本级机关登记某一类资产时，在国家规定的项目之外还要填写的内容。"
      actions={
        <ActionButton primary refusal={may.define} onClick={() => setOpen({ act: 'define' })}>
          新建字段
        </ActionButton>
      }
    >
      {items.length === 0 ? (
        <Empty title="还没有自定义字段">新建的字段自起用之日出现在登记、修改、导入导出和查询中。</Empty>
      ) : (
        <ul className="custom-fields">
          {items.map((field) => (
            <li key={field.id}>
              <div className="custom-field-head">
                <h2>{field.name}</h2>
                {stateOf(field)}
                <span className="custom-field-acts">
                  <ActionButton refusal={field.may.revise} onClick={() => setOpen({ act: 'revise', field })}>
                    修改
                  </ActionButton>
                  <ActionButton refusal={field.may.revise} onClick={() => setOpen({ act: 'retire', field })}>
                    停用
                  </ActionButton>
                </span>
              </div>
              <p>
                {classNameOf('2022', field.classPrefix)} {field.classPrefix} · {termsText(field)}
              </p>
              <Versions field={field} />
            </li>
          ))}
        </ul>
      )}
      {(open?.act === 'define' || open?.act === 'revise') && (
        <CustomFieldDialog field={open.act === 'revise' ? open.field : null} onClose={close} />
      )}
      {open?.act === 'retire' && <RetireFieldDialog field={open.field} onClose={close} />}
    </Page>
  )
}

function stateOf({ retired, from }: CustomField) {
  if (retired) return <StateTag tone="refused" word="已停用" />
  return from > todayHere() ? <StateTag tone="waiting" word="待起用" /> : <StateTag tone="done" word="在用" />
}

/** `数字（GB），必填，自 2026-11-01 起`. */
function termsText(field: CustomField): string {
  return [
    `${customFieldKindLabels[field.kind]}${field.unit ? `（${field.unit}）` : ''}`,
    field.required ? '必填' : '选填',
    ...(field.choices.length > 0 ? [`选项：${field.choices.join('、')}`] : []),
    `自 ${field.from} 起${field.retired ? '停用' : ''}`,
  ].join('，')
}

function Versions({ field }: { field: ListedField }) {
  const [shown, setShown] = useState(false)
  return (
    <>
      <Button type="link" size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? '收起历次设置' : `历次设置（${field.earlier.length + 1}）`}
      </Button>
      {shown && (
        <ol className="custom-field-versions">
          {[field, ...field.earlier].map((version) => (
            <li key={version.version}>
              第 {version.version} 版 {version.name}：{termsText(version)}
              <span className="quiet">
                {' '}
                {version.setByName} 于 {shortInstant(version.setAt)}，原因：{version.reason}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
