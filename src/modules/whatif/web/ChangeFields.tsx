import { Checkbox, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { levelLabels, levels } from '#kernel/pure/actor.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { organKindLabels } from '#modules/organs/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { Scope } from '../model.ts'
import { centralisedLabels } from '../rules/assumptions.ts'
import { standardInForce, type ChangeDraft, type DraftOf, type Grounds, type Typed } from './change-draft.ts'

type FieldsProps<K extends ChangeDraft['kind']> = {
  draft: DraftOf<K>
  grounds: Grounds
  scope: Scope
  put: (draft: ChangeDraft) => void
}

const optionsOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** Things by how often they are asked for; what nobody asks for says so, because a change of it moves nothing. */
const thingOptions = ({ items }: Grounds) =>
  items.map(({ code, title, lines }) => ({ value: code, label: lines === 0 ? `${title}（本年无申请）` : title }))

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="whatif-field">
      <span className="whatif-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

function ThingSelect({
  label,
  value,
  onChange,
  options,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value?: string; label: string; title?: string; options?: { value: string; label: string }[] }[]
}) {
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  )
}

/** A standard's cap, number and years; what stays as in force changes nothing. */
export function StandardFields({ draft, grounds, scope, put }: FieldsProps<'standard'>) {
  return (
    <>
      <Labelled label="标准">
        <ThingSelect
          label="标准"
          value={draft.code}
          onChange={(code) => put({ ...draft, ...standardInForce(code, grounds), level: draft.level })}
          options={thingOptions(grounds)}
        />
      </Labelled>
      {scope === 'province' && (
        <Labelled label="层级">
          <LevelSelect value={draft.level} onChange={(level) => put({ ...draft, level })} />
        </Labelled>
      )}
      <Labelled label="单价上限">
        <MoneyInput
          aria-label="单价上限"
          value={draft.priceCapFen}
          onChange={(priceCapFen) => put({ ...draft, priceCapFen })}
        />
      </Labelled>
      <LimitFields draft={draft} put={put} />
      <Labelled label="最低使用年限">
        <QuantityInput
          unit="年"
          aria-label="最低使用年限"
          value={draft.minimumYears}
          onChange={(minimumYears) => put({ ...draft, minimumYears })}
        />
      </Labelled>
    </>
  )
}

/** The figures of a quantity standard in the form it has; a quota on record has none to move. */
function LimitFields({ draft, put }: Pick<FieldsProps<'standard'>, 'draft' | 'put'>) {
  const limit = draft.limit as Record<string, Typed> & { basis: string }
  const field = (name: string, label: string, unit: string) => (
    <Labelled label={label}>
      <QuantityInput
        unit={unit}
        aria-label={label}
        value={limit[name] ?? null}
        onChange={(value) => put({ ...draft, limit: { ...limit, [name]: value } })}
      />
    </Labelled>
  )
  switch (limit.basis) {
    case 'percent-of-staff':
      return field('percent', '数量占人数', '%')
    case 'per-person':
      return field('pieces', '每人数量', '件')
    case 'one-per-group':
      return (
        <>
          {field('first', '第一段人数', '人')}
          {field('each', '段内每多少人1件', '人')}
          {field('beyondEach', '超出每多少人1件', '人')}
        </>
      )
    default:
      return null
  }
}

function LevelSelect({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  return (
    <Select
      aria-label="层级"
      value={value ?? ''}
      onChange={(chosen: string) => onChange(chosen === '' ? null : chosen)}
      options={[
        { value: '', label: '所有层级' },
        ...levels.map((level) => ({ value: level, label: levelLabels[level] })),
      ]}
    />
  )
}

function BySelect<B extends string>({
  value,
  onChange,
  labels,
}: {
  value: B
  onChange: (value: B) => void
  labels: Readonly<Record<B, string>>
}) {
  return (
    <Select<B>
      aria-label="变化方式"
      value={value}
      onChange={onChange}
      options={optionsOf(labels) as { value: B; label: string }[]}
    />
  )
}

/** Dearer or cheaper, of a thing or of a whole kind of need. */
export function PriceFields({ draft, grounds, put }: FieldsProps<'price'>) {
  return (
    <>
      <Labelled label="对象">
        <ThingSelect
          label="对象"
          value={draft.target}
          onChange={(target) => put({ ...draft, target })}
          options={[
            { label: '需求类别', title: '需求类别', options: optionsOf(needKindLabels) },
            {
              label: '物品',
              title: '物品',
              options: thingOptions(grounds),
            },
          ]}
        />
      </Labelled>
      <Labelled label="变化方式">
        <BySelect
          value={draft.by}
          onChange={(by) => put({ ...draft, by })}
          labels={{ percent: '按幅度', amount: '按每单位金额' }}
        />
      </Labelled>
      {draft.by === 'percent' ? (
        <Labelled label="涨跌幅度">
          <QuantityInput
            unit="%"
            aria-label="涨跌幅度"
            value={draft.percent}
            onChange={(percent) => put({ ...draft, percent })}
          />
        </Labelled>
      ) : (
        <Labelled label="每单位加减">
          <MoneyInput aria-label="每单位加减" value={draft.addFen} onChange={(addFen) => put({ ...draft, addFen })} />
        </Labelled>
      )}
    </>
  )
}

const whoLabels = { all: '所有机关', level: '一个层级', kind: '一类机关', organs: '选定机关' } as const

/** More or fewer people, of whom. */
export function HeadcountFields({ draft, scope, put }: FieldsProps<'headcount'>) {
  const { level: _, ...ofJurisdiction } = whoLabels
  const started = (who: DraftOf<'headcount'>['who']): Partial<DraftOf<'headcount'>> =>
    who === 'level' ? { level: 'county' } : who === 'kind' ? { level: null, organKind: 'K03' } : { level: null }
  return (
    <>
      <Labelled label="范围">
        <Select
          aria-label="范围"
          value={draft.who}
          onChange={(who) => put({ ...draft, who, ...started(who) })}
          options={
            optionsOf(scope === 'province' ? whoLabels : ofJurisdiction) as { value: typeof draft.who; label: string }[]
          }
        />
      </Labelled>
      {draft.who === 'kind' && (
        <Labelled label="机关类别">
          <Select
            aria-label="机关类别"
            value={draft.organKind}
            onChange={(organKind) => put({ ...draft, organKind })}
            options={optionsOf(organKindLabels)}
          />
        </Labelled>
      )}
      {(draft.who === 'level' || (draft.who === 'kind' && scope === 'province')) && (
        <Labelled label="层级">
          <LevelSelect value={draft.level} onChange={(level) => put({ ...draft, level })} />
        </Labelled>
      )}
      {draft.who === 'organs' && (
        <Labelled label="机关">
          <OrgansSelect value={draft.organIds} scope={scope} onChange={(organIds) => put({ ...draft, organIds })} />
        </Labelled>
      )}
      <Labelled label="变化方式">
        <BySelect
          value={draft.by}
          onChange={(by) => put({ ...draft, by })}
          labels={{ percent: '按幅度', people: '按人数' }}
        />
      </Labelled>
      {draft.by === 'percent' ? (
        <Labelled label="增减幅度">
          <QuantityInput
            unit="%"
            aria-label="增减幅度"
            value={draft.percent}
            onChange={(percent) => put({ ...draft, percent })}
          />
        </Labelled>
      ) : (
        <Labelled label="每个机关增减">
          <QuantityInput
            unit="人"
            aria-label="每个机关增减"
            value={draft.people}
            onChange={(people) => put({ ...draft, people })}
          />
        </Labelled>
      )}
    </>
  )
}

/** Organs by name, asked for while one types: a level may have thousands. */
function OrgansSelect({
  value,
  scope,
  onChange,
}: {
  value: readonly string[]
  scope: Scope
  onChange: (ids: string[]) => void
}) {
  const me = useMe()
  const [text, setText] = useState('')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const { data } = useFetchedLater(organs.organs, {
    ...(scope === 'province' ? {} : { jurisdictionCode: me.organ?.jurisdictionCode ?? '' }),
    ...(text === '' ? {} : { text }),
    limit: 50,
  })
  const listed = data?.items ?? []
  const nameOf = (id: string) => listed.find((organ) => organ.id === id)?.name ?? names.get(id) ?? '已选机关'
  return (
    <Select
      mode="multiple"
      aria-label="机关"
      value={[...value]}
      placeholder="输入名称查找"
      maxTagCount={6}
      showSearch={{ filterOption: false, onSearch: (typed: string) => setText(typed.trim().slice(0, 60)) }}
      onChange={(ids: string[]) => {
        setNames(new Map(ids.map((id) => [id, nameOf(id)])))
        onChange(ids)
      }}
      options={[
        ...listed.map(({ id, name }) => ({ value: id, label: name })),
        ...value
          .filter((id) => !listed.some((organ) => organ.id === id))
          .map((id) => ({ value: id, label: nameOf(id) })),
      ]}
    />
  )
}

export function CatalogueFields({ draft, grounds, put }: FieldsProps<'catalogue'>) {
  return (
    <>
      <Labelled label="需求类别">
        <Select
          aria-label="需求类别"
          value={draft.needKind}
          onChange={(needKind) => {
            const entry = grounds.catalogue.find((one) => one.needKind === needKind)
            put({
              ...draft,
              needKind,
              centralised: entry?.centralised ?? 'no',
              provided: entry?.provided ?? false,
            })
          }}
          options={optionsOf(needKindLabels)}
        />
      </Labelled>
      <Labelled label="是否集中">
        <Select
          aria-label="是否集中"
          value={draft.centralised}
          onChange={(centralised) => put({ ...draft, centralised })}
          options={optionsOf(centralisedLabels)}
        />
      </Labelled>
      {draft.centralised === 'where-provided' && (
        <Checkbox checked={draft.provided} onChange={(event) => put({ ...draft, provided: event.target.checked })}>
          已具备集中保障的条件
        </Checkbox>
      )}
    </>
  )
}

export function ParameterFields({ draft, grounds, put }: FieldsProps<'parameter'>) {
  const known = grounds.parameters.find(({ code }) => code === draft.code)
  return (
    <>
      <Labelled label="参数">
        <Select
          aria-label="参数"
          value={draft.code}
          onChange={(code) =>
            put({ ...draft, code, value: grounds.parameters.find((one) => one.code === code)?.value ?? null })
          }
          options={grounds.parameters.map(({ code, title }) => ({ value: code, label: title }))}
        />
      </Labelled>
      <Labelled label="数值">
        <QuantityInput
          unit={known?.unit ?? ''}
          aria-label="数值"
          value={draft.value}
          onChange={(value) => put({ ...draft, value })}
        />
      </Labelled>
    </>
  )
}
