import { Checkbox, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { InputOf, OutputOf } from '#kernel/pure/contract.ts'
import { call } from '#kernel/web/client.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import type { KeptForm } from '#kernel/web/form/kept-form.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import {
  methodLabels,
  methods,
  organisationLabels,
  organisations,
  purchaseKindLabels,
  purchaseKinds,
  PurchaseRequest,
  reservedFor,
  reservedLabels,
  type Judgement,
} from '../model.ts'
import { ItemsEntry } from './ItemsEntry.tsx'
import { JudgementPanel } from './JudgementPanel.tsx'
import './procurement.css'

export type Planned = OutputOf<(typeof contract)['plannedItems']>
type Request = z.input<typeof PurchaseRequest>

const options = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }))

/** The fields of a request beside what the rules say of it; the method follows the proposal until another is chosen. */
export function RequestForm({
  operation,
  fixed = {},
  planned,
  initial,
  submit,
  keep,
}: {
  operation: (typeof contract)['draftPurchase'] | (typeof contract)['savePurchase']
  fixed?: { purchaseId?: string; version?: number }
  planned: Planned
  initial: Partial<Request>
  submit: string
  /** Of one that is not saved yet. */
  keep?: KeptForm
}) {
  const go = useGo()
  const [values, setValues] = useState<Partial<Request>>(initial)
  const judgement = useJudgement(values, fixed.purchaseId)
  const [first] = values.items ?? []
  const kind = planned.items.find(({ ledgerLineId }) => ledgerLineId === first?.ledgerLineId)?.kind
  const emergency = values.intentionExemption === 'emergency'
  return (
    <div className="request">
      <Section>
        <EntryForm
          {...(keep ? { keep } : {})}
          operation={operation as (typeof contract)['savePurchase']}
          fixed={fixed as Partial<InputOf<(typeof contract)['savePurchase']>>}
          initial={initial as Partial<InputOf<(typeof contract)['savePurchase']>>}
          submit={submit}
          onValues={(now) => setValues(now)}
          onDone={({ purchase }) => {
            tell(`已保存 ${purchase.number}，核对后提交审批。`)
            go(`/procurement/purchases/${purchase.id}`, { replace: true })
          }}
          onCancel={() => go('/procurement/purchases')}
        >
          <Field name="items" label="采购内容" help="从计划行选取，名称、单位、数量、单价自计划预填。">
            <ItemsEntry
              planned={planned.items}
              classes={planned.classes}
              assets={(values.kind ?? kind ?? 'goods') === 'goods'}
            />
          </Field>
          <Field name="title" label="采购项目名称">
            <Input maxLength={120} placeholder="例如 2026年台式计算机采购" autoComplete="off" />
          </Field>
          <Field name="kind" label="采购类别">
            <Proposed proposal={kind} options={options(purchaseKinds, purchaseKindLabels)} label="采购类别" />
          </Field>
          <Field name="requirement" label="采购需求概况" help="采购意向按此公开。不得填写涉密内容。">
            <Input.TextArea rows={3} maxLength={1000} />
          </Field>
          <Field name="expectedOn" label="预计采购时间">
            <LocalDateInput />
          </Field>
          <Field name="catalogueItem" label="集中采购目录品目" help="有配置标准的自动对应，不必填写。">
            <Select
              allowClear
              showSearch
              placeholder="不在目录内"
              options={planned.catalogue.map((name) => ({ value: name, label: name }))}
            />
          </Field>
          <Field name="method" label="采购方式" help={judgement && `建议：${methodLabels[judgement.proposedMethod]}`}>
            <Proposed proposal={judgement?.proposedMethod} options={options(methods, methodLabels)} label="采购方式" />
          </Field>
          <Field name="organisation" label="采购组织形式">
            <Proposed
              proposal={judgement?.proposedOrganisation}
              options={options(organisations, organisationLabels)}
              label="采购组织形式"
            />
          </Field>
          <Field name="methodGround" label="采购方式的理由" help="采用建议以外的方式、单一来源或者紧急采购时填写。">
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
          <Field name="intentionExemption" label="采购意向" optional={false}>
            <Emergency checked={emergency} />
          </Field>
          <Field name="stockReason" label="不能调剂的理由" help="公物仓或者使用单位有可用的闲置资产时填写。">
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
          <Field name="priceApproval" label="超标准价格的批准文号">
            <Input maxLength={100} autoComplete="off" />
          </Field>
          {values.items?.some(({ standardCode }) => standardCode?.endsWith('-colour')) && (
            <Field
              name="colourConsent"
              label="资产管理部门负责人同意的文号"
              help="彩色打印机原则上不配备，确需配备的填写。"
            >
              <Input maxLength={100} autoComplete="off" />
            </Field>
          )}
          {values.kind === 'services' && (
            <Field name="securityGround" label="安全保密理由" help="后勤服务不公开选定机构时填写，不写具体内容。">
              <Input maxLength={300} autoComplete="off" />
            </Field>
          )}
          <Field name="reservedFor" label="中小企业预留">
            <Select options={options(reservedFor, reservedLabels)} />
          </Field>
        </EntryForm>
      </Section>
      <JudgementPanel judgement={judgement} />
    </div>
  )
}

/** What the rules say of what is typed so far; null while it cannot be judged. */
function useJudgement(values: Partial<Request>, purchaseId: string | undefined): Judgement | null {
  const [judgement, setJudgement] = useState<Judgement | null>(null)
  const asked = JSON.stringify(judged(values))
  useEffect(() => {
    if (asked === 'null') return undefined
    const request = JSON.parse(asked) as Request
    const stop = new AbortController()
    const later = setTimeout(() => {
      call(contract.judgeRequest, { ...request, ...(purchaseId ? { purchaseId } : {}) }, { signal: stop.signal })
        .then(setJudgement)
        .catch(() => undefined) // the server says it again when the request is saved
    }, 350)
    return () => {
      clearTimeout(later)
      stop.abort()
    }
  }, [asked, purchaseId])
  return asked === 'null' ? null : judgement
}

/** Enough to judge: items that can be read; what is not typed yet stands in for itself. */
function judged(values: Partial<Request>): Request | null {
  const parsed = PurchaseRequest.safeParse({
    ...values,
    title: values.title?.trim() || '（未填写）',
    requirement: values.requirement && values.requirement.trim().length >= 4 ? values.requirement : '（未填写）',
    kind: values.kind ?? 'goods',
    method: values.method ?? 'internal',
    organisation: values.organisation ?? 'self',
  })
  return parsed.success ? parsed.data : null
}

/** A choice that follows the proposal until somebody chooses otherwise. */
function Proposed({
  id,
  value,
  onChange,
  proposal,
  options: choices,
  label,
}: {
  id?: string
  value?: string
  onChange?: (value: string) => void
  proposal: string | undefined
  options: { value: string; label: string }[]
  label: string
}) {
  const followed = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (proposal === undefined) return
    if (value === undefined || value === followed.current) onChange?.(proposal)
    followed.current = proposal
  }, [proposal]) // eslint-disable-line react-hooks/exhaustive-deps -- only a new proposal moves the choice
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      {...(value === undefined ? {} : { value })}
      placeholder="填写采购内容后给出建议"
      onChange={(chosen: string) => onChange?.(chosen)}
      options={choices}
    />
  )
}

function Emergency({
  id,
  checked,
  onChange,
}: {
  id?: string
  checked: boolean
  onChange?: (value: 'emergency' | null) => void
}) {
  return (
    <Checkbox
      {...(id === undefined ? {} : { id })}
      checked={checked}
      onChange={({ target }) => onChange?.(target.checked ? 'emergency' : null)}
    >
      不可预见的紧急采购，不公开采购意向
    </Checkbox>
  )
}
