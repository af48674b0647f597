import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import {
  approverLabels,
  fitOutGradeLabels,
  termUnits,
  vehicleBodyLabels,
  type Bound,
  type QuantityLimit,
  type StandardForm,
} from '#modules/standards/model/value.ts'
import { Choice, LinesInput, RowsInput, YesNo, type RowColumn } from './controls.tsx'

const at = (...path: string[]) => ['content', 'value', ...path]

const boundLabels: Record<Bound, string> = { 'at-most': '不超过', 'at-least': '不少于', exactly: '等于（测算用）' }
const limitLabels: Record<QuantityLimit['basis'], string> = {
  'percent-of-staff': '按编制内实有人数的百分比',
  'one-per-group': '按人数分段',
  'per-person': '每人若干',
  'per-room': '每间若干',
  'approved-quota': '按核定编制',
  none: '不限数量',
}

/** The fields of a value, by its form: clear labels and units, never raw data. */
export function ValueFields({ form }: { form: StandardForm }): ReactNode {
  switch (form) {
    case 'item':
      return <ItemFields />
    case 'area':
      return (
        <>
          <BoundField />
          <Field name={at('areaM2')} label="面积">
            <QuantityInput unit="㎡" />
          </Field>
          <Text name="per" label="计量对象" help="每人、每间、每辆等。" />
        </>
      )
    case 'linear-per-person':
      return <LinearFields />
    case 'percent':
      return (
        <>
          <BoundField />
          <Field name={at('percent')} label="比例">
            <QuantityInput unit="%" />
          </Field>
          <Text name="of" label="基数" help="比例所依据的数，例如编制内实有人数。" />
        </>
      )
    case 'amount':
      return (
        <>
          <BoundField />
          <Field name={at('amountFen')} label="金额">
            <MoneyInput />
          </Field>
          <Text name="per" label="计量对象" help="人·年、人·天、㎡·月等。" />
        </>
      )
    case 'quantity':
      return (
        <>
          <BoundField />
          <Field name={at('amount')} label="数量">
            <QuantityInput unit="" />
          </Field>
          <Text name="unit" label="单位" />
        </>
      )
    case 'years':
      return (
        <>
          <Whole name="minimumYears" label="最低年限" unit="年" />
          <Whole name="maximumYears" label="最高年限" unit="年" optional />
          <Flag name="mustBeExceeded" label="须超过年限" help="“超过8年”与“满8年”不同。" />
        </>
      )
    case 'term':
      return (
        <>
          <Whole name="amount" label="期限" unit="" />
          <Field name={at('unit')} label="单位" help="工作日和自然日不能混用。">
            <Choice labels={termUnits} />
          </Field>
        </>
      )
    case 'yearly-date':
      return (
        <>
          <Text name="fromDay" label="起始月日" help="例如 06-01；只有截止日的留空。" optional nullable />
          <Text name="lastDay" label="截止月日" help="例如 03-31。" />
          <Field name={at('yearOffset')} label="所在年度">
            <YearOffset />
          </Field>
        </>
      )
    case 'brackets':
      return <BracketFields />
    case 'vehicle-cap':
      return <VehicleFields />
    case 'grades':
      return (
        <Field name={at('rooms')} label="各类用房的装修等级">
          <RowsInput columns={gradeColumns} blank={{ room: '', title: '', allowed: [] }} add="增加一类用房" />
        </Field>
      )
    case 'tiers':
      return (
        <Field name={at('rows')} label="限额分级" help="自起点（含）至下一级起点。">
          <RowsInput columns={tierColumns} blank={{ key: '', title: '', fromFen: null, path: '' }} add="增加一级" />
        </Field>
      )
    case 'texts':
      return (
        <Field name={at('texts')} label="条款" help="每行一条。">
          <LinesInput />
        </Field>
      )
    case 'authority':
      return (
        <>
          <Field name={at('approver')} label="审批机关">
            <Choice labels={approverLabels} />
          </Field>
          <Text name="reviewedBy" label="审核机关" optional />
          <Field name={at('delegableTo')} label="可以委托" optional>
            <Choice labels={approverLabels} none="不得委托" />
          </Field>
        </>
      )
    case 'switch':
      return <Flag name="on" label="启用" />
    case 'ladder':
      return (
        <>
          <Whole name="sequence" label="层次序号" unit="" />
          <Text name="grades" label="职务层次" />
          <Field name={at('zhiji')} label="对应职级" help="每行一个。" optional>
            <LinesInput />
          </Field>
          <Field name={at('furniture')} label="家具标准">
            <Choice labels={{ separate: '另行规定', bureau: '厅局级', division: '处级及以下' }} />
          </Field>
        </>
      )
  }
}

const offsets = { '-2': '前两年', '-1': '上一年', '0': '当年', '1': '次年', '2': '第三年' } as const

function YearOffset({ value, onChange }: { value?: number; onChange?: (value: number) => void }) {
  return (
    <Choice
      labels={offsets}
      value={String(value ?? 0) as keyof typeof offsets}
      onChange={(chosen) => onChange?.(Number(chosen ?? 0))}
    />
  )
}

function BoundField() {
  return (
    <Field name={at('bound')} label="约束">
      <Choice labels={boundLabels} />
    </Field>
  )
}

type Given = { name: string; label: string; help?: string; optional?: boolean }

/** `nullable`: an empty text is nothing at all. */
function Text({ name, label, help, optional = false, nullable = false }: Given & { nullable?: boolean }) {
  return (
    <Field name={at(name)} label={label} help={help} optional={optional}>
      {nullable ? <NullableText /> : <Input />}
    </Field>
  )
}

function NullableText({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: string | null
  onChange?: (value: string | null) => void
}) {
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value.trim() === '' ? null : event.target.value.trim())}
    />
  )
}

function Whole({ name, label, unit, help, optional = false }: Given & { unit: string }) {
  return (
    <Field name={at(name)} label={label} help={help} optional={optional}>
      <QuantityInput unit={unit} />
    </Field>
  )
}

function Flag({ name, label, help }: Given) {
  return (
    <Field name={at(name)} label={label} help={help}>
      <YesNo />
    </Field>
  )
}

function ItemFields() {
  const basis = Form.useWatch(at('limit', 'basis'), { preserve: true } as never) as QuantityLimit['basis'] | undefined
  return (
    <>
      <Text name="unit" label="计量单位" />
      <Field name={at('limit', 'basis')} label="数量上限">
        <Choice labels={limitLabels} />
      </Field>
      {basis === 'percent-of-staff' && (
        <Field name={at('limit', 'percent')} label="百分比">
          <QuantityInput unit="%" />
        </Field>
      )}
      {(basis === 'per-person' || basis === 'per-room') && (
        <Field name={at('limit', 'pieces')} label={basis === 'per-person' ? '每人' : '每间'}>
          <QuantityInput unit="" />
        </Field>
      )}
      {basis === 'one-per-group' && (
        <>
          <Field name={at('limit', 'first')} label="分段人数">
            <QuantityInput unit="人" />
          </Field>
          <Field name={at('limit', 'each')} label="分段以内，每几人配一">
            <QuantityInput unit="人" />
          </Field>
          <Field name={at('limit', 'beyondEach')} label="超出部分，每几人配一">
            <QuantityInput unit="人" />
          </Field>
        </>
      )}
      <Field name={at('priceCapFen')} label="单价上限" help="不限价的留空。" optional>
        <MoneyInput />
      </Field>
      <Whole name="minimumYears" label="最低使用年限" unit="年" help="没有规定的留空。" optional />
      <Flag name="yearsMustBeExceeded" label="须超过年限" help="“超过8年”选是，“满6年”选否。" />
      <Flag name="exceptionAllowed" label="经批准可以超出" />
    </>
  )
}

function LinearFields() {
  return (
    <>
      <Whole name="lowerPersons" label="人数下限" unit="人" />
      <Whole name="areaM2AtLower" label="下限及以下的人均面积" unit="㎡" />
      <Whole name="upperPersons" label="人数上限" unit="人" />
      <Whole name="areaM2AtUpper" label="上限及以上的人均面积" unit="㎡" />
      <Whole
        name="minuend"
        label="公式被减数"
        unit=""
        help="人均面积 =（被减数 − 人数）÷ 除数，两端须与上下限的面积衔接。"
      />
      <Whole name="divisor" label="公式除数" unit="" />
    </>
  )
}

function BracketFields() {
  return (
    <>
      <Field name={at('measure')} label="分档依据">
        <Choice labels={{ areaM2: '面积（㎡）', persons: '人数', vehicles: '车辆数' }} />
      </Field>
      <Field name={at('figureUnit')} label="数值单位">
        <Choice labels={{ fenPerM2: '分/㎡', areaM2PerUnit: '㎡/单位' }} />
      </Field>
      <Field name={at('applies')} label="计算方式">
        <Choice labels={{ whole: '全部按所在档', marginal: '分段累计' }} />
      </Field>
      <Field name={at('rows')} label="各档" help="上限含本数；末档上限留空。">
        <RowsInput columns={bracketColumns} blank={{ upTo: null, figure: null }} add="增加一档" />
      </Field>
    </>
  )
}

function VehicleFields() {
  return (
    <>
      <Field name={at('base', 'bodies')} label="车身类型">
        <VehicleBodies />
      </Field>
      <Field name={at('base', 'priceCapFen')} label="价格上限" help="裸车价，不含车辆购置税。">
        <MoneyInput />
      </Field>
      <Field name={at('base', 'displacementCapMl')} label="排气量上限" help="不限的留空。" optional>
        <QuantityInput unit="毫升" />
      </Field>
      <Field name={at('special')} label="特殊情况" optional>
        <RowsInput
          columns={capColumns}
          blank={{ bodies: [], priceCapFen: null, displacementCapMl: null }}
          add="增加一种"
        />
      </Field>
    </>
  )
}

function VehicleBodies({ value, onChange }: { value?: string[]; onChange?: (value: string[]) => void }) {
  return (
    <div className="row">
      {Object.entries(vehicleBodyLabels).map(([body, label]) => (
        <label key={body}>
          <input
            type="checkbox"
            checked={(value ?? []).includes(body)}
            onChange={(event) =>
              onChange?.(event.target.checked ? [...(value ?? []), body] : (value ?? []).filter((one) => one !== body))
            }
          />{' '}
          {label}
        </label>
      ))}
    </div>
  )
}

const gradeColumns: readonly RowColumn[] = [
  { kind: 'text', key: 'room', label: '编码' },
  { kind: 'text', key: 'title', label: '用房' },
  { kind: 'choices', key: 'allowed', label: '允许的等级', labels: fitOutGradeLabels },
]
const tierColumns: readonly RowColumn[] = [
  { kind: 'text', key: 'key', label: '编码' },
  { kind: 'text', key: 'title', label: '名称' },
  { kind: 'money', key: 'fromFen', label: '起点' },
  { kind: 'text', key: 'path', label: '办理方式' },
]
const bracketColumns: readonly RowColumn[] = [
  { kind: 'number', key: 'upTo', label: '上限', unit: '' },
  { kind: 'number', key: 'figure', label: '数值', unit: '' },
]
const capColumns: readonly RowColumn[] = [
  { kind: 'choices', key: 'bodies', label: '车身类型', labels: vehicleBodyLabels },
  { kind: 'money', key: 'priceCapFen', label: '价格上限' },
  { kind: 'number', key: 'displacementCapMl', label: '排气量上限', unit: '毫升' },
]
