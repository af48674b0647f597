import { Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { contract, type ImportView } from '../contract.ts'
import { fieldLabels, workKindLabels, type LawText } from '../model.ts'
import { fieldsOfTitle } from '../rules/fields.ts'
import { openErrors } from '../rules/oddities.ts'
import { suggestedFacts } from '../rules/suggest.ts'

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** What people say of the text: filled in from what it says of itself, to be checked, and confirmed with it. */
export function ConfirmForm({
  view,
  law,
  source,
  confirmed,
  onDone,
}: {
  view: ImportView
  law: LawText
  source: string
  confirmed: readonly string[]
  onDone: (done: OutputOf<typeof contract.confirmImport>) => void
}) {
  const [initial] = useState(() => initialFacts(view, law))
  const [workId, setWorkId] = useState<string | null>(initial.workId)
  const versions = view.works.find(({ id }) => id === workId)?.versions ?? []
  const errors = openErrors(law.oddities, confirmed)
  return (
    <EntryForm
      operation={contract.confirmImport}
      fixed={{ importId: view.id, source, confirmed: [...confirmed] }}
      initial={initial}
      submit="确认导入"
      refusal={
        errors.length === 0
          ? null
          : errors.map(({ code, message, remedy }) => ({ code, message, remedy, basis: null, facts: {} }))
      }
      onValues={(values) => setWorkId(typeof values.workId === 'string' ? values.workId : null)}
      onDone={onDone}
    >
      <div className="law-facts">
        <Field name="title" label="标题">
          <Input maxLength={100} />
        </Field>
        <Field name="documentNumber" label="文号">
          <Input maxLength={100} />
        </Field>
        <Field name="issuer" label="制定机关">
          <Input maxLength={100} />
        </Field>
        <Field name="kind" label="效力层级">
          <Select options={optionsOf(workKindLabels)} />
        </Field>
        <Field name="fields" label="领域" help="在标准体系中列在哪些领域">
          <Select mode="multiple" options={optionsOf(fieldLabels)} optionFilterProp="label" />
        </Field>
        <Field name="issuedOn" label="印发日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="validFrom" label="施行日期">
          <LocalDateInput />
        </Field>
        <Field name="validUntil" label="失效日期" help="文中定有有效期的填写">
          <LocalDateInput />
        </Field>
        <Field name="workId" label="是哪一部制度的新版本" help="新收录的不选">
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            options={view.works.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Field>
        {versions.length > 0 && (
          <Field name="supersedes" label="被修订的版本" help="它将在新版本施行的前一天失效">
            <Select
              allowClear
              options={versions.map(({ id, validFrom, validUntil, documentNumber }) => ({
                value: id,
                label: `${validFrom} 至 ${validUntil ?? '今'}${documentNumber ? `（${documentNumber}）` : ''}`,
              }))}
            />
          </Field>
        )}
      </div>
    </EntryForm>
  )
}

/** A text of a title that the library holds is taken to be its next version. */
function initialFacts(view: ImportView, law: LawText) {
  const said = suggestedFacts(law)
  const work = view.works.find(({ title }) => title === said.title) ?? null
  return {
    title: said.title,
    documentNumber: said.documentNumber,
    issuer: said.issuer ?? '',
    fields: work?.fields ?? fieldsOfTitle(said.title),
    workId: work?.id ?? null,
    supersedes: work?.versions.find(({ validUntil }) => validUntil === null)?.id ?? null,
    validUntil: null,
    ...((work?.kind ?? said.kind) ? { kind: work?.kind ?? said.kind ?? 'normative-document' } : {}),
    ...(said.issuedOn ? { issuedOn: said.issuedOn } : {}),
    ...(said.validFrom ? { validFrom: said.validFrom } : {}),
  }
}
