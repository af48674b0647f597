import { Button, Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { useKept } from '#kernel/web/draft/use-kept.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { LocalDateInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import {
  conditionLabels,
  conditions,
  disposalFormLabels,
  disposalForms,
  paperLabels,
  type Condition,
  type DisposalForm,
  type Item,
  type Paper,
  type PaperKind,
} from '../model.ts'
import { PathBox } from './PathBox.tsx'
import './disposal.css'

export type View = OutputOf<(typeof contract)['viewApplication']>

const formHelp: Record<DisposalForm, string> = {
  D1: '划给其他机关，按账面值转账，双方签字。',
  D2: '捐给公益性单位，不收取价款。',
  D3: '须评估并公开交易，收入上缴国库。',
  D4: '双方资产都须评估，差额上缴国库。',
  D5: '已满最低使用年限或者经技术鉴定不能使用。',
  D6: '盘亏、毁损、灭失等损失，须认定责任。',
}

const none: readonly Paper[] = []

/** An application as a keeper writes it, with its path and what it still needs while it is written. */
export function DraftForm({
  cardIds,
  form: asked,
  view = null,
  onChangeCards,
  onLeave,
}: {
  cardIds: readonly string[]
  form: DisposalForm
  /** The draft that is changed; null for a new one. */
  view?: View | null
  /** Back to choosing; the cards kept. */
  onChangeCards: (cardIds: readonly string[]) => void
  /** Sent or given up: what was chosen before is not needed any more. */
  onLeave?: () => void
}) {
  const go = useGo()
  const [form, setForm] = useState<DisposalForm>(asked)
  const [conditionOf, setConditions] = useState<Readonly<Record<string, Condition>>>(
    Object.fromEntries((view?.items ?? []).map(({ cardId, condition }) => [cardId, condition])),
  )
  // A copy of what was typed over an older version is not taken up again.
  const place = view ? `disposal.${view.application.id}.${view.application.version}` : `disposal.new.${asked}`
  const keep = useKeptForm(place)
  const [papers, setPapers] = useKept<readonly Paper[]>(`${place}.papers`, view?.papers ?? none)
  const { data: preview, error } = useFetchedLater(contract.previewApplication, { form, cardIds: [...cardIds] })
  const items = (preview?.items ?? []).map((item) => ({
    ...item,
    condition: conditionOf[item.cardId] ?? item.condition,
  }))
  const given = {
    items: items.map(({ cardId, condition }) => ({ cardId, condition })),
    papers: papers.filter(({ number }) => number.trim() !== ''),
  }
  const forget = () => setPapers(() => view?.papers ?? none)
  const done = ({ application }: View) => {
    forget()
    onLeave?.()
    tell(view ? '已保存。' : '已拟订申请，请核对材料后提交。')
    go(`/disposal/applications/${application.id}`)
  }
  const fields = (
    <DraftFields
      form={form}
      lines={
        <>
          <ItemLines
            items={items}
            onCondition={(cardId, condition) => setConditions((before) => ({ ...before, [cardId]: condition }))}
            onRemove={(cardId) => onChangeCards(cardIds.filter((id) => id !== cardId))}
          />
          <PaperLines
            form={form}
            judged={preview?.judgement.papers ?? []}
            papers={papers}
            onChange={(kind, changes) => setPapers((before) => withPaper(before, kind, changes))}
          />
        </>
      }
    />
  )
  if (error) return <p className="quiet">{error.message}</p>
  return (
    <div className="draft-form">
      {preview ? <PathBox items={items.length} judgement={withoutPapers(preview.judgement)} /> : <Skeleton lines={3} />}
      {view === null ? (
        <EntryForm
          keep={keep}
          operation={contract.draftApplication}
          fixed={given}
          initial={{ form }}
          submit="拟订申请"
          onValues={(values) => setForm(values.form ?? form)}
          onDone={done}
          onCancel={() => {
            forget()
            onLeave?.()
            go('/disposal/applications')
          }}
        >
          {fields}
        </EntryForm>
      ) : (
        <EntryForm
          keep={keep}
          operation={contract.changeApplication}
          fixed={{ ...given, applicationId: view.application.id, version: view.application.version }}
          initial={{
            form,
            reason: view.application.reason,
            encumbered: view.application.encumbered,
            receiverOrganId: view.application.receiverOrganId,
            counterparty: view.application.counterparty,
          }}
          submit="保存"
          onValues={(values) => setForm(values.form ?? form)}
          onDone={done}
          onCancel={() => {
            forget()
            go(`/disposal/applications/${view.application.id}`)
          }}
        >
          {fields}
        </EntryForm>
      )}
    </div>
  )
}

/** Papers are asked for beside their lines; the box says the rest. */
function withoutPapers<J extends { findings: readonly { rule: string }[] }>(judgement: J): J {
  const findings = judgement.findings.filter(({ rule }) => !rule.endsWith('-papers') && !rule.endsWith('-receiver'))
  return { ...judgement, findings }
}

function withPaper(before: readonly Paper[], kind: PaperKind, changes: Partial<Paper>): Paper[] {
  const known = before.find((paper) => paper.kind === kind)
  const next = { kind, number: '', issuer: '', issuedOn: todayHere(), ...known, ...changes }
  return known ? before.map((paper) => (paper.kind === kind ? next : paper)) : [...before, next]
}

function DraftFields({ form, lines }: { form: DisposalForm; lines: ReactNode }) {
  return (
    <>
      <Field name="form" label="处置形式" help={formHelp[form]}>
        <Select options={disposalForms.map((value) => ({ value, label: disposalFormLabels[value] }))} />
      </Field>
      {form === 'D1' && (
        <Field name="receiverOrganId" label="接收机关" optional={false} help="批复后由接收机关核对签收。">
          <ReceiverSelect />
        </Field>
      )}
      {(form === 'D2' || form === 'D4' || form === 'D3') && (
        <Field
          name="counterparty"
          label={form === 'D2' ? '受赠方' : form === 'D4' ? '置换对方' : '意向受让方'}
          optional={form === 'D3'}
        >
          <Input maxLength={120} autoComplete="off" />
        </Field>
      )}
      <Field name="reason" label="处置原因" help="不填写涉密内容；处理过涉密信息的设备通过保密渠道处置。">
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      {lines}
      <Field name="encumbered" label="对外投资、抵押、担保" optional>
        <YesBox>所列资产中有对外投资、抵押或者提供担保的</YesBox>
      </Field>
    </>
  )
}

/** An organ of the own level, or of another. */
function ReceiverSelect({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: string | null
  onChange?: (value: string | null) => void
}) {
  const { organ } = useMe()
  const [code, setCode] = useState(organ?.jurisdictionCode ?? '')
  const { data: places } = useFetchedLater(organs.jurisdictions, {})
  const { data, fetching } = useFetchedLater(contract.receivers, { jurisdictionCode: code })
  return (
    <div className="row">
      <Select
        aria-label="接收机关所在行政区划"
        style={{ width: 200 }}
        showSearch
        optionFilterProp="label"
        value={code}
        onChange={(next) => {
          setCode(next)
          onChange?.(null)
        }}
        options={(places?.items ?? []).map((place) => ({ value: place.code, label: place.name }))}
      />
      <Select
        {...(id === undefined ? {} : { id })}
        aria-label="接收机关"
        style={{ width: 300 }}
        showSearch
        optionFilterProp="label"
        loading={fetching}
        value={value ?? null}
        onChange={(next) => onChange?.(next)}
        options={(data?.items ?? []).map(({ id: organId, name }) => ({ value: organId, label: name }))}
      />
    </div>
  )
}

function ItemLines({
  items,
  onCondition,
  onRemove,
}: {
  items: readonly Item[]
  onCondition: (cardId: string, condition: Condition) => void
  onRemove: (cardId: string) => void
}) {
  return (
    <div className="draft-lines">
      <h3>处置的资产</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">资产</th>
            <th scope="col">取得日期</th>
            <th scope="col" className="number-cell">
              原值（元）
            </th>
            <th scope="col" className="number-cell">
              净值（元）
            </th>
            <th scope="col">状况</th>
            <th scope="col">
              <span className="sr-only">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.cardId}>
              <td>
                {item.name}
                <small>
                  {item.number} {item.model} {item.place}
                </small>
              </td>
              <td data-label="取得日期">{item.acquiredOn}</td>
              <td className="number-cell number" data-label="原值（元）">
                {yuanText(item.costFen)}
              </td>
              <td className="number-cell number" data-label="净值（元）">
                {yuanText(item.netFen)}
              </td>
              <td>
                <Select
                  aria-label={`${item.number}的状况`}
                  style={{ width: 190 }}
                  value={item.condition}
                  onChange={(condition) => onCondition(item.cardId, condition)}
                  options={conditions.map((value) => ({ value, label: conditionLabels[value] }))}
                />
              </td>
              <td>
                {items.length > 1 && (
                  <Button size="small" onClick={() => onRemove(item.cardId)}>
                    去掉
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PaperLines({
  form,
  judged,
  papers,
  onChange,
}: {
  form: DisposalForm
  judged: readonly { kind: PaperKind; required: boolean; why: string }[]
  papers: readonly Paper[]
  onChange: (kind: PaperKind, changes: Partial<Paper>) => void
}) {
  const crossLevel = { kind: 'receiver-level' as const, required: false, why: '跨级次划转的填写' }
  const asked =
    form === 'D1' && !judged.some(({ kind }) => kind === 'receiver-level') ? [...judged, crossLevel] : judged
  return (
    <div className="draft-lines">
      <h3>材料</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">材料</th>
            <th scope="col">文号或编号</th>
            <th scope="col">出具单位</th>
            <th scope="col">日期</th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ kind, required, why }) => {
            const paper = papers.find((one) => one.kind === kind)
            const title = paperLabels[kind]
            return (
              <tr key={kind}>
                <td>
                  {title}
                  {!required && <span className="field-optional">（选填）</span>}
                  <small>{why}</small>
                </td>
                <td>
                  <Input
                    aria-label={`${title}的文号`}
                    placeholder="文号或编号"
                    maxLength={120}
                    value={paper?.number ?? ''}
                    onChange={(event) => onChange(kind, { number: event.target.value })}
                  />
                </td>
                <td>
                  <Input
                    aria-label={`${title}的出具单位`}
                    placeholder="出具单位"
                    maxLength={120}
                    value={paper?.issuer ?? ''}
                    onChange={(event) => onChange(kind, { issuer: event.target.value })}
                  />
                </td>
                <td>
                  <LocalDateInput
                    aria-label={`${title}的日期`}
                    max={todayHere()}
                    value={paper?.issuedOn ?? ''}
                    onChange={(issuedOn) => onChange(kind, { issuedOn: issuedOn ?? todayHere() })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <small>扫描件在保存后的“附件”中上传。</small>
    </div>
  )
}
