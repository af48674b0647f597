import { Button, Input } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { contract as standards } from '#modules/standards/contract.ts'
import { needKindLabels, needKinds, type CatalogueEntry, type Standard } from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { nameWithScope } from '../rules/wording.ts'
import { kindsOfMatter, type ChangeAct, type ChangeContent } from '../model.ts'
import { blankValue } from './value/blank.ts'
import type { View } from './view.ts'

type Props = { view: View; onPick: (content: ChangeContent) => void; onClose: () => void }

/** Which standard the next row is about: one in force to revise or end, or a new one. */
export function PickDialog(props: Props) {
  return (
    <Dialog title="拟定哪一项标准" wide onClose={props.onClose}>
      {props.view.draft.matter === 'catalogue' ? <PickEntry {...props} /> : <PickStandard {...props} />}
    </Dialog>
  )
}

function PickStandard({ view: { draft }, onPick }: Props) {
  const [text, setText] = useState('')
  const kinds = kindsOfMatter[draft.matter]
  const { data } = useFetchedLater(standards.overview, {
    jurisdictionCode: draft.jurisdictionCode,
    limit: 100,
    ...(kinds.length === 1 && kinds[0] ? { kind: kinds[0] } : {}),
    ...(text === '' ? {} : { text }),
  })
  const rows = (data?.items ?? []).filter(({ kind }) => kinds.includes(kind)).flatMap((group) => group.rows)
  return (
    <div className="stack">
      <Input.Search
        aria-label="查找标准"
        placeholder="名称或编码"
        allowClear
        onSearch={(value) => setText(value.trim())}
      />
      {data === undefined ? (
        <Skeleton lines={4} />
      ) : (
        <ul className="pick-list">
          {rows.map((row) => (
            <li key={row.id}>
              <div>
                <p>{nameWithScope(row)}</p>
                <p className="quiet">{valueText(row.value)}</p>
              </div>
              <PickActs row={row} own={row.jurisdictionCode === draft.jurisdictionCode} onPick={onPick} />
            </li>
          ))}
          {rows.length === 0 && <li className="quiet">没有找到。可以在下面新增。</li>}
        </ul>
      )}
      {draft.matter !== 'parameter' && <NewCode view={draft.matter} onPick={onPick} />}
    </div>
  )
}

function PickActs({ row, own, onPick }: { row: Standard; own: boolean; onPick: (content: ChangeContent) => void }) {
  if (!own)
    return (
      <Button size="small" onClick={() => onPick(changeOf(row, 'add'))}>
        本级另行规定
      </Button>
    )
  return (
    <div className="row">
      <Button size="small" onClick={() => onPick(changeOf(row, 'revise'))}>
        修订
      </Button>
      <Button size="small" onClick={() => onPick(changeOf(row, 'end'))}>
        废止
      </Button>
    </div>
  )
}

function changeOf(row: Standard, act: ChangeAct): ChangeContent {
  const { code, title, kind, level, rank, value, restsOn, note } = row
  return {
    subject: 'standard',
    act,
    replacesId: act === 'add' ? null : row.id,
    code,
    title,
    kind,
    level,
    rank,
    value: act === 'end' ? null : value,
    until: null,
    citation: '',
    note: note.slice(0, 500),
    restsOn,
    localDecision: false,
    reason: '',
  }
}

/** Codes of one's own are opened in these families only; rules know the registry. */
const families = {
  standard: { 'item.': '设备家具（数量、价格、年限）', 'service.': '服务标准（条款）' },
  expenditure: { 'quota.': '预算支出定额', 'spending.': '开支标准' },
} as const

function NewCode({
  view: matter,
  onPick,
}: {
  view: View['draft']['matter']
  onPick: (content: ChangeContent) => void
}) {
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState('')
  if (matter !== 'standard' && matter !== 'expenditure') return null
  const open = (family: string) => {
    const code = `${family}${name.trim()}`
    const definition = definitionOf(code)
    if (definition === null) return setWrong('编码只能用小写字母、数字和连字符，例如 coffee-machine。')
    onPick({
      subject: 'standard',
      act: 'add',
      replacesId: null,
      code,
      title: definition.title,
      kind: definition.kind,
      level: null,
      rank: null,
      value: blankValue(definition.form) as never,
      until: null,
      citation: '',
      note: '',
      restsOn: [],
      localDecision: false,
      reason: '',
    })
  }
  return (
    <fieldset className="pick-new">
      <legend>新增一项</legend>
      <div className="row">
        <Input
          aria-label="编码"
          placeholder="编码，例如 coffee-machine"
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setWrong('')
          }}
          style={{ width: 240 }}
        />
        {Object.entries(families[matter]).map(([family, label]) => (
          <Button key={family} onClick={() => open(family)}>
            {label}
          </Button>
        ))}
      </div>
      {wrong !== '' && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

function PickEntry({ view: { draft, changes }, onPick }: Props) {
  const { data } = useFetchedLater(standards.catalogueLevels, { jurisdictionCode: draft.jurisdictionCode })
  const taken = new Set(changes.flatMap((change) => (change.subject === 'catalogue' ? [change.needKind] : [])))
  if (data === undefined) return <Skeleton lines={4} />
  return (
    <ul className="pick-list">
      {needKinds
        .filter((kind) => !taken.has(kind))
        .map((kind) => {
          const own = data.kinds
            .find(({ needKind }) => needKind === kind)
            ?.levels.find(({ jurisdictionCode }) => jurisdictionCode === draft.jurisdictionCode)?.entry
          const effective = data.kinds.find(({ needKind }) => needKind === kind)?.effective
          return (
            <li key={kind}>
              <div>
                <p>{needKindLabels[kind]}</p>
                <p className="quiet">{own ? '本级已有规定' : '适用上级目录'}</p>
              </div>
              <div className="row">
                <Button
                  size="small"
                  onClick={() => onPick(entryChange(kind, own ? 'revise' : 'add', own ?? effective))}
                >
                  {own ? '修订' : '本级增加'}
                </Button>
                {own && (
                  <Button size="small" onClick={() => onPick(entryChange(kind, 'end', own))}>
                    废止
                  </Button>
                )}
              </div>
            </li>
          )
        })}
    </ul>
  )
}

function entryChange(
  needKind: (typeof needKinds)[number],
  act: ChangeAct,
  entry: CatalogueEntry | null | undefined,
): ChangeContent {
  return {
    subject: 'catalogue',
    act,
    replacesId: act === 'add' ? null : (entry?.id ?? null),
    needKind,
    centralised: entry?.centralised ?? 'yes',
    provided: entry?.provided ?? true,
    items: [...(entry?.items ?? [])],
    note: entry?.note ?? '',
    citation: '',
    reason: '',
  }
}
