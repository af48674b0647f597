import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract, type WorkView } from '../contract.ts'
import { linkText } from './BesideArticle.tsx'

/** Ties an article to one of this or another text; shows those there are, to be taken off. */
export function LinkDialog({ view, onClose }: { view: WorkView; onClose: () => void }) {
  const [wanted, setWanted] = useState<string | null>(null)
  const works = useFetchedLater(contract.works, { limit: 200 })
  const target = useFetchedLater(contract.viewWork, wanted === null ? null : { workId: wanted })
  const remove = useSend(contract.removeLink, { onDone: () => tell('已取消关联。') })
  const labelOf = new Map(view.law.articles.map(({ key, label }) => [key, label]))
  const links = view.beside.flatMap(({ article, links: own }) => own.map((link) => ({ ...link, from: article })))
  return (
    <Dialog title="关联条文" onClose={onClose}>
      <Refusals of={remove.error} onRetry={remove.retry} />
      {links.length > 0 && (
        <ul className="law-links">
          {links.map(({ id, from, workTitle, article, createdByName }) => (
            <li key={id} className="row">
              {labelOf.get(from)} → {linkText(workTitle, article)}
              <span className="quiet">{createdByName}</span>
              <Button size="small" onClick={() => void remove.send({ linkId: id })}>
                取消关联
              </Button>
            </li>
          ))}
        </ul>
      )}
      <EntryForm
        operation={contract.addLink}
        fixed={{ versionId: view.shownVersionId }}
        submit="关联"
        onValues={(values) => setWanted(typeof values.toWorkId === 'string' ? values.toWorkId : null)}
        onDone={() => {
          tell('已关联。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="article" label="本制度的条文">
          <Select
            showSearch
            optionFilterProp="label"
            options={view.law.articles.map(({ key, label }) => ({ value: key, label }))}
          />
        </Field>
        <Field name="toWorkId" label="关联到">
          <Select
            showSearch
            optionFilterProp="label"
            loading={works.fetching}
            options={(works.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Field>
        <Field name="toArticle" label="其中的条文" optional help="不选为整部制度">
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            loading={target.fetching && wanted !== null}
            options={
              wanted === null ? [] : (target.data?.law.articles ?? []).map(({ key, label }) => ({ value: key, label }))
            }
          />
        </Field>
        <Field name="note" label="说明" help="如“细化本条”“例外情形”">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** A version is repealed: its last day and the document that says so. */
export function EndVersionDialog({ version, onClose }: { version: WorkView['versions'][number]; onClose: () => void }) {
  return (
    <Dialog title="登记失效" onClose={onClose}>
      <p>
        《{version.title}》自{version.validFrom}
        起施行。废止而没有新版本的，登记失效日期；修订的，请导入新版本，原版本自动失效。
      </p>
      <EntryForm
        operation={contract.endVersion}
        fixed={{ versionId: version.id }}
        submit="登记失效"
        onDone={() => {
          tell('已登记失效日期。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="lastDay" label="最后有效日">
          <LocalDateInput min={version.validFrom} />
        </Field>
        <Field name="document" label="依据文件" help="文号和标题">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
