import { Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { StatutoryPart, statutoryPartLabels } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { OrganKind, organKindLabels } from '../model.ts'

const Filters = z.object({ text: z.string().optional(), kind: OrganKind.optional() })
const kinds = OrganKind.options.map((value) => ({ value, label: organKindLabels[value] }))

/** The register of organs one may see (Art. 2), with posts and people. */
export default function OrgansPage() {
  const me = useMe()
  const go = useGo()
  const [{ text, kind }, change] = useFilters(Filters)
  const [registering, setRegistering] = useState(false)
  const pages = usePages(contract.organs, { ...(text ? { text } : {}), ...(kind ? { kind } : {}), ...(me.organ ? { jurisdictionCode: me.organ.jurisdictionCode } : {}), limit: 100 })
  const may = pages.first?.may
  return (
    <Page
      title="机关名录"
      lead="条例第二条所列各类机关，及其法定职责、编制和实有人数。"
      actions={may && <ActionButton primary refusal={may.register} onClick={() => setRegistering(true)}>登记机关</ActionButton>}
    >
      <Table
        label="机关名录"
        columns={[
          { key: 'name', title: '机关', value: ({ name }) => name, width: 300 },
          { key: 'short', title: '简称', value: ({ shortName }) => shortName, width: 160 },
          { key: 'kind', title: '类别', value: (organ) => organKindLabels[organ.kind], width: 180 },
          { key: 'parts', title: '法定职责', value: ({ parts }) => parts.map((part) => statutoryPartLabels[part]).join('、'), width: 180 },
          { key: 'posts', title: '编制', kind: 'number', unit: '名', value: ({ approvedPosts }) => approvedPosts, width: 90 },
          { key: 'staff', title: '实有', kind: 'number', unit: '人', value: ({ staffInPost }) => staffInPost, width: 90 },
          { key: 'place', title: '办公', value: ({ inCompound }) => (inCompound ? '集中办公区' : '独立办公'), width: 110 },
          { key: 'budget', title: '预算编码', value: ({ budgetCode }) => budgetCode ?? '', width: 110 },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/organs/${id}`}
        tools={
          <>
            <Input.Search aria-label="名称、简称或预算编码" placeholder="名称、简称或预算编码" allowClear defaultValue={text ?? ''} style={{ width: 240 }} onSearch={(value) => change({ text: value.trim() || undefined })} />
            <Select<'' | OrganKind> aria-label="类别" style={{ width: 200 }} value={kind ?? ''} onChange={(value) => change({ kind: value === '' ? undefined : value })} options={[{ value: '', label: '全部类别' }, ...kinds]} />
          </>
        }
        empty={<Empty title="没有符合条件的机关">请换一个名称或类别。</Empty>}
      />
      {registering && me.organ && (
        <Dialog title="登记机关" onClose={() => setRegistering(false)}>
          <EntryForm
            operation={contract.registerOrgan}
            fixed={{ jurisdictionCode: me.organ.jurisdictionCode }}
            initial={{ validFrom: todayHere(), kind: 'K03', parts: [] }}
            submit="登记"
            onDone={({ organ }) => go(`/organs/${organ.id}`)}
            onCancel={() => setRegistering(false)}
          >
            <Field name="name" label="机关全称"><Input maxLength={100} /></Field>
            <Field name="shortName" label="简称"><Input maxLength={40} /></Field>
            <Field name="kind" label="类别"><Select options={kinds} /></Field>
            <Field name="parts" label="法定职责" help="承担条例规定职责的部门才需选择。">
              <Select mode="multiple" options={StatutoryPart.options.map((value) => ({ value, label: statutoryPartLabels[value] }))} />
            </Field>
            <Field name="creditCode" label="统一社会信用代码"><Input maxLength={18} /></Field>
            <Field name="budgetCode" label="预算编码"><Input maxLength={30} /></Field>
            <Field name="validFrom" label="自"><LocalDateInput /></Field>
            <Field name="document" label="依据文件"><Input maxLength={200} /></Field>
          </EntryForm>
        </Dialog>
      )}
    </Page>
  )
}
