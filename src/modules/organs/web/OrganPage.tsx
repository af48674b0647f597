import { Input } from 'antd'
import { useState } from 'react'
import { statutoryPartLabels } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { organKindLabels, rankLabels, ranks } from '../model.ts'

type Open = 'change' | 'headcount' | 'close' | null

/** One organ: what it is, what it carries, its posts and people, and the names it has had. */
export default function OrganPage({ params: { organId } }: PageProps<'/organs/:organId'>) {
  const organ = useFetched(contract.viewOrgan, { organId })
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const posts = organ.headcount.reduce((sum, { approved }) => sum + approved, 0)
  const people = organ.headcount.reduce((sum, { inPost }) => sum + inPost, 0)
  return (
    <>
      <Record
        title={organ.name}
        kind={organKindLabels[organ.kind]}
        number={organ.creditCode}
        state={organ.validUntil ? <StateTag tone="refused" word={`已停用(${organ.validUntil})`} /> : null}
        trail={[{ label: '机关名录', path: '/organs' }]}
        facts={[
          { label: '简称', value: organ.shortName },
          { label: '法定职责', value: organ.parts.length > 0 ? organ.parts.map((part) => statutoryPartLabels[part]).join('、') : null },
          { label: '编制', value: organ.headcountHidden ? '不公开' : `${posts} 名`, note: organ.headcountHidden ? null : `实有 ${people} 人` },
          { label: '办公', value: organ.inCompound ? '集中办公区' : '独立办公' },
          { label: '预算编码', value: organ.budgetCode },
          { label: '承接机关', value: organ.successorName },
        ]}
        actions={
          <>
            <ActionButton refusal={organ.may.change} onClick={() => setOpen('change')}>修改登记</ActionButton>
            <ActionButton refusal={organ.may.setHeadcount} onClick={() => setOpen('headcount')}>登记编制</ActionButton>
            <ActionButton refusal={organ.may.close} onClick={() => setOpen('close')}>停用</ActionButton>
          </>
        }
        details={
          <>
            <Section title="编制和实有人数">
              {organ.headcountHidden ? (
                <p className="quiet">您的角色不能查看这个机关的编制和人数。</p>
              ) : (
                <Table
                  label="编制和实有人数" height="auto"
                  columns={[
                    { key: 'rank', title: '职级', value: ({ rank }) => rankLabels[rank] },
                    { key: 'approved', title: '编制', kind: 'number', unit: '名', value: ({ approved }) => approved, total: posts },
                    { key: 'people', title: '实有', kind: 'number', unit: '人', value: ({ inPost }) => inPost, total: people },
                  ]}
                  rows={organ.headcount} keyOf={({ rank }) => rank} empty={<Empty title="尚未登记编制" />}
                />
              )}
            </Section>
            <Section title="名称沿革">
              <Table
                label="名称沿革" height="auto"
                columns={[
                  { key: 'name', title: '名称', value: ({ name }) => name, width: 320 },
                  { key: 'from', title: '自', kind: 'date', value: ({ validFrom }) => validFrom },
                  { key: 'until', title: '至', kind: 'date', value: ({ validUntil }) => validUntil },
                  { key: 'document', title: '依据文件', value: ({ document }) => document ?? '', width: 260 },
                ]}
                rows={organ.names} keyOf={({ name, validFrom }) => `${name}${validFrom}`} empty={<Empty title="没有名称记录" />}
              />
            </Section>
          </>
        }
        changes={<ChangesPanel subject={{ kind: 'organs.organ', id: organ.id }} />}
      />
      {open === 'change' && (
        <Dialog title="修改登记" onClose={close}>
          <EntryForm
            operation={contract.changeOrgan} fixed={{ organId }} ifMatch={organ.version} submit="保存" onDone={close} onCancel={close}
            initial={{ name: organ.name, shortName: organ.shortName, budgetCode: organ.budgetCode, creditCode: organ.creditCode }}
          >
            <Field name="name" label="机关全称"><Input maxLength={100} /></Field>
            <Field name="shortName" label="简称"><Input maxLength={40} /></Field>
            <Field name="creditCode" label="统一社会信用代码"><Input maxLength={18} /></Field>
            <Field name="budgetCode" label="预算编码"><Input maxLength={30} /></Field>
            <Field name="document" label="依据文件"><Input maxLength={200} /></Field>
          </EntryForm>
        </Dialog>
      )}
      {open === 'headcount' && (
        <Dialog title="登记编制和实有人数" wide onClose={close}>
          <EntryForm
            operation={contract.setHeadcount} fixed={{ organId }} ifMatch={organ.version} submit="登记" onDone={close} onCancel={close}
            initial={{ from: todayHere(), headcount: (organ.headcount.length > 0 ? organ.headcount : ranks.slice(-3).map((rank) => ({ rank, approved: 0, inPost: 0 }))) as never }}
          >
            <Field name="from" label="自"><LocalDateInput /></Field>
            {(organ.headcount.length > 0 ? organ.headcount.map(({ rank }) => rank) : ranks.slice(-3)).map((rank, index) => (
              <div key={rank} className="row">
                <Field name={['headcount', index, 'approved']} label={`${rankLabels[rank]} 编制`}><QuantityInput unit="名" /></Field>
                <Field name={['headcount', index, 'inPost']} label="实有"><QuantityInput unit="人" /></Field>
              </div>
            ))}
            <Field name="document" label="依据文件"><Input maxLength={200} /></Field>
          </EntryForm>
        </Dialog>
      )}
      {open === 'close' && (
        <Dialog title="停用机关" onClose={close}>
          <EntryForm operation={contract.closeOrgan} fixed={{ organId }} ifMatch={organ.version} initial={{ lastDay: todayHere() }} submit="停用" onDone={close} onCancel={close}>
            <p>停用后该机关不再参加年度计划；名下事项须先办结或由承接机关接收。</p>
            <Field name="lastDay" label="最后一天"><LocalDateInput /></Field>
            <Field name="document" label="依据文件"><Input maxLength={200} /></Field>
          </EntryForm>
        </Dialog>
      )}
    </>
  )
}
