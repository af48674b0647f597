import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import type { InputOf, OutputOf } from '#kernel/pure/contract.ts'
import { RestoredDraft } from '#kernel/web/draft/use-draft.tsx'
import { forgetStored, readStored, writeStored } from '#kernel/web/draft/draft-store.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'
import './consultation.css'

type Entry = Partial<InputOf<(typeof contract)['openConsultation']>>
type Invitable = OutputOf<(typeof contract)['invitableOrgans']>['organs']

/** 发起征求意见: the draft, whom to ask, the last day. What is typed stays on this machine until it is sent. */
export default function OpenPage() {
  const { person, organ } = useMe()
  const key = `${person.id}.${organ?.id ?? ''}.consultation.new`
  const { organs, earliestLastDay, shortestWorkdays, citation } = useFetched(contract.invitableOrgans, {})
  const [stored] = useState(() => readStored<Entry>(key))
  const [begun, setBegun] = useState(0)
  const go = useGo()
  const fresh: Entry = {
    organIds: organs.filter(({ below }) => !below).map(({ id }) => id),
    opinionsUntil: earliestLastDay,
    namesShown: true,
  }
  const known = new Set(organs.map(({ id }) => id))
  const kept = begun === 0 && stored !== null ? stored.value : null
  const initial: Entry =
    kept === null ? fresh : { ...fresh, ...kept, organIds: (kept.organIds ?? []).filter((id) => known.has(id)) }
  return (
    <Page title="发起征求意见" trail={[{ label: '征求意见', path: '/consultation/consultations' }]}>
      <RestoredDraft
        stored={stored}
        onDiscard={() => {
          forgetStored(key)
          setBegun(begun + 1)
        }}
      />
      <Section>
        <div className="opening">
          <EntryForm
            key={begun}
            operation={contract.openConsultation}
            initial={initial}
            submit="发起"
            onValues={(value) => writeStored(key, { value, at: new Date().toISOString(), basis: null })}
            onDone={({ consultation }) => {
              forgetStored(key)
              tell(`已发起，${consultation.counts.invited} 个机关收到待办。可在“附件”中上传材料。`)
              go(`/consultation/consultations/${consultation.id}`, { replace: true })
            }}
            onCancel={() => go('/consultation/consultations')}
          >
            <Field name="title" label="标题">
              <Input maxLength={200} placeholder="例如 太原市机关办公设备配置标准（征求意见稿）" />
            </Field>
            <Field
              name="text"
              label="征求意见稿正文"
              help="每段一行；各机关可以对每一条、每一段提意见。不得填写涉密内容。"
            >
              <Input.TextArea autoSize={{ minRows: 8, maxRows: 24 }} maxLength={60_000} />
            </Field>
            <Field name="organIds" label="征求的机关">
              <OrganChoice organs={organs} />
            </Field>
            <Field
              name="opinionsUntil"
              label="反馈截止日"
              help={`至少 ${shortestWorkdays} 个工作日（${citation}），最早 ${earliestLastDay}。`}
            >
              <LocalDateInput min={earliestLastDay} />
            </Field>
            <Field name="namesShown" label="机关名称" optional={false}>
              <Shown />
            </Field>
          </EntryForm>
        </div>
      </Section>
    </Page>
  )
}

/** Organs of the level and authorities below it; whole groups at one stroke. */
function OrganChoice({
  id,
  value = [],
  onChange,
  organs,
}: {
  id?: string
  value?: string[]
  onChange?: (ids: string[]) => void
  organs: Invitable
}) {
  const own = organs.filter(({ below }) => !below)
  const lower = organs.filter(({ below }) => below)
  const options = [
    { label: '本级机关', options: own.map(({ id: organId, name }) => ({ value: organId, label: name })) },
    { label: '下级机关事务管理部门', options: lower.map(({ id: organId, name }) => ({ value: organId, label: name })) },
  ].filter((group) => group.options.length > 0)
  return (
    <div className="organ-choice">
      <div className="row">
        <Button size="small" onClick={() => onChange?.(own.map((organ) => organ.id))}>
          本级全部（{own.length}）
        </Button>
        {lower.length > 0 && (
          <Button size="small" onClick={() => onChange?.([...new Set([...value, ...lower.map((organ) => organ.id)])])}>
            加上下级机关事务管理部门（{lower.length}）
          </Button>
        )}
        <Button size="small" onClick={() => onChange?.([])}>
          清空
        </Button>
        <span className="quiet number">已选 {value.length} 个</span>
      </div>
      <Select
        {...(id === undefined ? {} : { id })}
        mode="multiple"
        aria-label="征求的机关"
        value={value}
        onChange={(ids) => onChange?.(ids)}
        options={options}
        optionFilterProp="label"
        maxTagCount={6}
        maxTagPlaceholder={(left) => `另 ${left.length} 个`}
        placeholder="输入名称查找"
      />
    </div>
  )
}

function Shown({ id, value, onChange }: { id?: string; value?: boolean; onChange?: (shown: boolean) => void }) {
  return (
    <Checkbox
      {...(id === undefined ? {} : { id })}
      checked={value ?? true}
      onChange={({ target }) => onChange?.(target.checked)}
    >
      办结后向各机关显示意见是哪个机关提出的
    </Checkbox>
  )
}
