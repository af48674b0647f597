import { Button } from 'antd'
import { useState } from 'react'
import { worstOutcome } from '#kernel/pure/verdict.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { catalogueText } from '#modules/standards/rules/catalogue.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { contract } from '../contract.ts'
import { changeActLabels, type ChangeContent } from '../model.ts'
import { lineWords } from '../rules/wording.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { PickDialog } from './PickDialog.tsx'
import { contentOf, type View, type ViewedChange } from './view.ts'
import './drafting.css'

const tones = { add: 'done', revise: 'warn', end: 'refused' } as const

/** 拟定内容: every proposed row in words, what the rules say of it right there, and its own form to change it. */
export function ChangesEditor({ view }: { view: View }) {
  const { draft, changes, may } = view
  const [picking, setPicking] = useState(false)
  const [editing, setEditing] = useState<{ content: ChangeContent; change: ViewedChange | null } | null>(null)
  const remove = useSend(contract.removeChange)
  const seen = { draftId: draft.id, version: draft.version }
  const editable = may.edit === null
  return (
    <div className="stack">
      <Refusals of={remove.error} onRetry={remove.retry} />
      {changes.length === 0 && (
        <Empty title="还没有拟定内容">
          {editable ? '点“拟定一行”，从现行标准中选择要修订的，或者新增。' : '草案没有内容。'}
        </Empty>
      )}
      <ol className="draft-changes">
        {changes.map((change) => (
          <ChangeRow
            key={change.id}
            view={view}
            change={change}
            onEdit={() => setEditing({ content: contentOf(change), change })}
            onRemove={() => remove.send({ ...seen, changeId: change.id })}
          />
        ))}
      </ol>
      {['drafting', 'returned', 'consulting'].includes(draft.state) && (
        <div className="row no-print">
          <ActionButton refusal={may.edit} onClick={() => setPicking(true)}>
            拟定一行
          </ActionButton>
        </div>
      )}
      {picking && (
        <PickDialog
          view={view}
          onClose={() => setPicking(false)}
          onPick={(content) => {
            setPicking(false)
            setEditing({ content, change: null })
          }}
        />
      )}
      {editing && <ChangeDialog view={view} {...editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function ChangeRow({
  view: { findings, may },
  change,
  onEdit,
  onRemove,
}: {
  view: View
  change: ViewedChange
  onEdit: () => void
  onRemove: () => unknown
}) {
  const own = findings.filter(
    ({ field, outcome }) => outcome !== 'ok' && (field ?? '').startsWith(`changes.${change.lineNo - 1}.`),
  )
  const words = lineWords({ lineNo: change.lineNo, content: contentOf(change), before: change.before })
  const editable = may.edit === null
  return (
    <li className={own.length > 0 ? `draft-change outcome-edge-${worstOutcome(own)}` : 'draft-change'}>
      <div className="draft-change-head">
        <h3>{change.subject === 'standard' ? <Go to={`/standards/${change.code}`}>{words.name}</Go> : words.name}</h3>
        <StateTag tone={tones[change.act]} word={changeActLabels[change.act]} />
        {editable && (
          <span className="row no-print draft-change-acts">
            <Button size="small" onClick={onEdit}>
              修改
            </Button>
            <Button size="small" onClick={() => void onRemove()}>
              删除
            </Button>
          </span>
        )}
      </div>
      <p className="draft-change-value">{words.after}</p>
      {words.before !== '' && <p className="quiet">原为：{words.before}</p>}
      <Above change={change} />
      {change.reason !== '' && <p>理由：{change.reason}</p>}
      {change.note !== '' && <p className="quiet">{change.note}</p>}
      {change.subject === 'standard' && change.restsOn.length > 0 && (
        <p className="quiet">
          依据：
          {change.restsOn.map((code) => (
            <span key={code}>
              <Go to={`/standards/${code}`}>{code}</Go>{' '}
            </span>
          ))}
        </p>
      )}
      {own.map((finding) => (
        <p key={`${finding.rule}${finding.message}`} className="draft-change-finding">
          <FindingMark outcome={finding.outcome} bare /> {finding.message}
          {finding.remedy && <span> {finding.remedy}</span>}
          <span className="quiet"> 依据：{finding.basis.citation}</span>
        </p>
      ))}
    </li>
  )
}

/** What the level above says, where a lower level sets its own. */
function Above({ change }: { change: ViewedChange }) {
  if (change.above === null || change.before !== null) return null
  const text = change.subject === 'standard' ? valueText(change.above.value) : catalogueText(change.above)
  return <p className="quiet">上级标准：{text}</p>
}
