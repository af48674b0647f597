import { Input, Select } from 'antd'
import { useState } from 'react'
import { levelLabels } from '#kernel/pure/actor.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { rankLabels } from '#modules/organs/model.ts'
import { contract as standards } from '#modules/standards/contract.ts'
import { centralisedLabels, needKindLabels } from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import { standardFormLabels } from '#modules/standards/model/value.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { contract } from '../contract.ts'
import { changeActLabels, type CatalogueChange, type ChangeContent, type StandardChange } from '../model.ts'
import { nameWithScope } from '../rules/wording.ts'
import type { View, ViewedChange } from './view.ts'
import { Choice, YesNo } from './value/controls.tsx'
import { ValueFields } from './value/ValueFields.tsx'
import './drafting.css'

type Props = { view: View; onClose: () => void }

/** One proposed row in a form of its own: what the definition of the standard asks for, with labels and units. */
export function ChangeDialog({
  view: { draft },
  content,
  change,
  onClose,
}: Props & { content: ChangeContent; change: ViewedChange | null }) {
  const onDone = () => {
    tell(change === null ? '已拟定一行。' : '已修改。')
    onClose()
  }
  const seen = { draftId: draft.id, version: draft.version }
  const fields =
    content.subject === 'standard' ? <StandardFields content={content} /> : <CatalogueFields content={content} />
  return (
    <Dialog
      title={`${changeActLabels[content.act]}：${content.subject === 'standard' ? nameWithScope(content) : needKindLabels[content.needKind]}`}
      wide
      onClose={onClose}
    >
      {change === null ? (
        <EntryForm
          operation={contract.addChange}
          fixed={seen}
          initial={{ content } as never}
          submit="拟定"
          onDone={onDone}
          onCancel={onClose}
        >
          {fields}
        </EntryForm>
      ) : (
        <EntryForm
          operation={contract.saveChange}
          fixed={{ ...seen, changeId: change.id }}
          initial={{ content } as never}
          submit="保存"
          onDone={onDone}
          onCancel={onClose}
        >
          {fields}
        </EntryForm>
      )}
    </Dialog>
  )
}

function StandardFields({ content }: { content: StandardChange }) {
  const definition = definitionOf(content.code)
  const money = content.kind === 'expenditure-quota' || content.kind === 'spending-standard'
  const form = definition?.form ?? content.value?.form ?? 'texts'
  return (
    <>
      {content.act === 'end' ? (
        <p>废止后自施行日期起不再适用；上级有规定的，适用上级标准。</p>
      ) : (
        <>
          {content.title === '' && (
            <Field name={['content', 'title']} label="标准名称">
              <Input />
            </Field>
          )}
          {content.act === 'add' && definition?.dimensions.includes('level') && (
            <Field name={['content', 'level']} label="适用机关级别" optional>
              <Choice labels={levelLabels} none="各级机关" />
            </Field>
          )}
          {content.act === 'add' && definition?.dimensions.includes('rank') && (
            <Field name={['content', 'rank']} label="职务层次" optional>
              <Choice labels={rankLabels} none="不区分" />
            </Field>
          )}
          <h3 className="draft-change-form">{standardFormLabels[form]}</h3>
          <ValueFields form={form} />
          {money && (
            <Field
              name={['content', 'restsOn']}
              label="依据的实物定额或者服务标准"
              help="支出定额和开支标准根据实物定额和服务标准制定（条例第九条第二款）。"
            >
              <QuotaChoice />
            </Field>
          )}
          <Field name={['content', 'until']} label="试行截止日" help="正式标准留空。" optional>
            <LocalDateInput />
          </Field>
          <Field name={['content', 'localDecision']} label="下级可以另行规定" help="选是的，下级可以宽于本标准。">
            <YesNo />
          </Field>
          <Field name={['content', 'citation']} label="所在条款" help="例如 第三条；留空则引用整个文件。" optional>
            <Input />
          </Field>
          <Field name={['content', 'note']} label="说明" optional>
            <Input.TextArea autoSize />
          </Field>
        </>
      )}
      <Field
        name={['content', 'reason']}
        label="理由"
        help="测算依据或者情况变化；下级制定的，写明与上级标准不同的原因。"
      >
        <OpinionBox maxLength={500} phrases={['市场价格下降', '配备需要增加', '国家标准调整']} />
      </Field>
    </>
  )
}

/** Chooses quotas and service standards by their names. */
function QuotaChoice({ id, value, onChange }: { id?: string; value?: string[]; onChange?: (codes: string[]) => void }) {
  const [text, setText] = useState('')
  const quotas = useFetchedLater(standards.overview, {
    kind: 'physical-quota',
    limit: 200,
    ...(text === '' ? {} : { text }),
  })
  const services = useFetchedLater(standards.overview, {
    kind: 'service-standard',
    limit: 200,
    ...(text === '' ? {} : { text }),
  })
  const options = [...(quotas.data?.items ?? []), ...(services.data?.items ?? [])]
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value ?? []}
      onChange={(codes) => onChange?.(codes)}
      onSearch={setText}
      filterOption={false}
      loading={quotas.fetching || services.fetching}
      options={options.map(({ code, title, rows }) => ({
        value: code,
        label: `${title}（${rows[0] ? valueText(rows[0].value) : code}）`,
      }))}
    />
  )
}

/** Chooses things of the equipment standards by their names. */
function ItemChoice({ id, value, onChange }: { id?: string; value?: string[]; onChange?: (codes: string[]) => void }) {
  const { data, fetching } = useFetchedLater(standards.overview, {
    field: 'equipment',
    kind: 'physical-quota',
    limit: 200,
  })
  const things = (data?.items ?? []).filter(({ code }) => code.startsWith('item.'))
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value ?? []}
      onChange={(codes) => onChange?.(codes)}
      optionFilterProp="label"
      loading={fetching}
      options={things.map(({ code, title }) => ({ value: code, label: title }))}
    />
  )
}

function CatalogueFields({ content }: { content: CatalogueChange }) {
  return (
    <>
      {content.act === 'end' ? (
        <p>废止后自施行日期起适用上级目录。</p>
      ) : (
        <>
          <Field name={['content', 'centralised']} label="管理方式">
            <Choice labels={centralisedLabels} />
          </Field>
          <Field name={['content', 'provided']} label="由机关事务管理部门统一提供">
            <YesNo />
          </Field>
          {content.needKind === 'N09' && (
            <Field
              name={['content', 'items']}
              label="统一提供的物品"
              help="只统一提供其中一部分设备家具的，逐项选择；不选为全部（条例第二十二条）。"
              optional
            >
              <ItemChoice />
            </Field>
          )}
          <Field name={['content', 'note']} label="范围说明" optional>
            <Input.TextArea autoSize />
          </Field>
          <Field name={['content', 'citation']} label="所在条款" optional>
            <Input />
          </Field>
        </>
      )}
      <Field name={['content', 'reason']} label="理由">
        <OpinionBox maxLength={500} />
      </Field>
    </>
  )
}
