import { Button, Input, Select } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { newKey } from '#kernel/web/client.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { contract as standards } from '#modules/standards/contract.ts'
import { needKindLabels, needKinds } from '#modules/standards/model.ts'
import { entryOfLine, entryProblem, newEntry, type ChangeEntry } from './change-entry.ts'
import { LineChooser } from './LineChooser.tsx'
import './adjustment.css'

type Change = (key: string, change: Partial<ChangeEntry>) => void

/** What is changed, before and after, in 元: lines of the ledger, and matters the plan did not have. */
export function ChangeEditor({
  year,
  organId,
  entries,
  onChange,
}: {
  year: number
  organId: string
  entries: readonly ChangeEntry[]
  onChange: (entries: readonly ChangeEntry[]) => void
}) {
  const [choosing, setChoosing] = useState(false)
  const change: Change = (key, changed) =>
    onChange(entries.map((entry) => (entry.key === key ? { ...entry, ...changed } : entry)))
  const difference = entries.reduce(
    (sum, { beforeFen, afterFen }) => sum + (typeof afterFen === 'number' ? afterFen - beforeFen : 0),
    0,
  )
  return (
    <div className="adjusted-list">
      {entries.length === 0 && <p className="quiet">从台账选择要调整的事项，或新增计划中没有的事项。</p>}
      <ul>
        {entries.map((entry, index) => (
          <li key={entry.key}>
            <EntryFields
              entry={entry}
              index={index}
              year={year}
              onChange={change}
              onRemove={() => onChange(entries.filter(({ key }) => key !== entry.key))}
            />
          </li>
        ))}
      </ul>
      {entries.length > 0 && (
        <p>
          合计增减 <b className="number">{signedYuan(difference)}</b> 元
        </p>
      )}
      <div className="row">
        <Button onClick={() => setChoosing(true)}>从台账选择</Button>
        <Button onClick={() => onChange([...entries, newEntry(newKey())])}>新增事项</Button>
      </div>
      {choosing && (
        <LineChooser
          year={year}
          organId={organId}
          taken={new Set(entries.flatMap(({ lineId }) => lineId ?? []))}
          onChoose={(lines) => {
            onChange([...entries, ...lines.map(entryOfLine)])
            setChoosing(false)
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}

function EntryFields({
  entry,
  index,
  year,
  onChange,
  onRemove,
}: {
  entry: ChangeEntry
  index: number
  year: number
  onChange: Change
  onRemove: () => void
}) {
  const id = useId()
  const { key, lineId, itemName, economicCode, unit, beforeFen, beforeQuantity, afterFen, afterQuantity, usedFen } =
    entry
  const below = typeof afterFen === 'number' && afterFen < usedFen
  const problem = below
    ? `已支出和占用 ${yuanText(usedFen)} 元，不能低于此数。请先释放占用或冲销支出。`
    : entryProblem(entry)
  // What is still to be filled in is no mistake yet.
  const wrong = below || typeof afterFen === 'string' || typeof afterQuantity === 'string'
  return (
    <div role="group" className="adjusted" aria-labelledby={`${id}title`} aria-describedby={`${id}problem`}>
      <h3 id={`${id}title`}>
        {index + 1}. {lineId === null ? '新增事项' : itemName}
        {lineId !== null && (
          <small>
            {entry.needKind && needKindLabels[entry.needKind]} · 科目 {economicCode}
          </small>
        )}
      </h3>
      {lineId === null && <NewMatter entry={entry} year={year} onChange={onChange} />}
      <div className="adjusted-figures">
        <dl>
          <dt>调整前</dt>
          <dd className="number">
            {lineId === null ? '计划中没有此项' : `${quantityText(beforeQuantity)} ${unit}，${yuanText(beforeFen)} 元`}
          </dd>
          {usedFen > 0 && <dd className="quiet number">已支出和占用 {yuanText(usedFen)} 元</dd>}
        </dl>
        <Labelled label="调整后数量">
          {(field) => (
            <QuantityInput
              id={field}
              unit={unit}
              value={afterQuantity}
              onChange={(value) => onChange(key, { afterQuantity: value })}
            />
          )}
        </Labelled>
        <Labelled label="调整后金额">
          {(field) => (
            <MoneyInput
              id={field}
              value={afterFen}
              onChange={(value) => onChange(key, { afterFen: value })}
              aria-invalid={below}
            />
          )}
        </Labelled>
        <dl>
          <dt>增减</dt>
          <dd className="number">{typeof afterFen === 'number' ? `${signedYuan(afterFen - beforeFen)} 元` : '–'}</dd>
        </dl>
        <Button className="adjusted-remove" onClick={onRemove} aria-label={`移除第 ${index + 1} 项`}>
          移除
        </Button>
      </div>
      <p id={`${id}problem`} className={wrong ? 'field-error' : 'quiet'} role="status">
        {problem}
      </p>
    </div>
  )
}

function NewMatter({ entry, year, onChange }: { entry: ChangeEntry; year: number; onChange: Change }) {
  const { codes } = useFetched(standards.economicCodes, { year })
  const { key, itemName, needKind, economicCode, unit } = entry
  return (
    <div className="adjusted-matter">
      <Labelled label="事项名称">
        {(field) => (
          <Input
            id={field}
            value={itemName}
            maxLength={200}
            onChange={({ target }) => onChange(key, { itemName: target.value })}
          />
        )}
      </Labelled>
      <Labelled label="需求类别">
        {(field) => (
          <Select
            id={field}
            value={needKind}
            onChange={(value) => onChange(key, { needKind: value })}
            options={needKinds.map((value) => ({ value, label: needKindLabels[value] }))}
          />
        )}
      </Labelled>
      <Labelled label="经济科目">
        {(field) => (
          <Select
            id={field}
            showSearch={{ optionFilterProp: 'label' }}
            value={economicCode}
            onChange={(value) => onChange(key, { economicCode: value })}
            options={codes.map(({ code, title }) => ({ value: code, label: `${code} ${title}` }))}
          />
        )}
      </Labelled>
      <Labelled label="计量单位">
        {(field) => (
          <Input
            id={field}
            value={unit}
            maxLength={20}
            onChange={({ target }) => onChange(key, { unit: target.value })}
          />
        )}
      </Labelled>
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: (field: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="adjusted-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

/** `+1,000.00`, `−200.00`, `0.00`. */
export function signedYuan(fen: number): string {
  if (fen === 0) return yuanText(0)
  return `${fen > 0 ? '+' : '−'}${yuanText(Math.abs(fen))}`
}
