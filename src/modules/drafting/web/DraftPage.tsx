import { useState } from 'react'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ConsultationPanel } from '#modules/consultation/web/ConsultationPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../contract.ts'
import { matterLabels } from '../model.ts'
import { ChangesEditor } from './ChangesEditor.tsx'
import { ChangesComparison } from './ChangesComparison.tsx'
import { ApproveDialog, ConsultDialog, decisionDialogs, HeadDialog } from './DraftDialogs.tsx'
import { DraftStateTag } from './DraftStateTag.tsx'
import { ImpactPanel } from './ImpactPanel.tsx'
import type { View } from './view.ts'
import './drafting.css'

const dialogs = { head: HeadDialog, consult: ConsultDialog, approve: ApproveDialog, ...decisionDialogs } as const
type Act = keyof typeof dialogs

/** One draft: what it proposes, beside what holds, what it touches, opinions, grounds, course; and the act that comes next. */
export default function DraftPage({ params: { draftId } }: PageProps<'/standards/drafts/:draftId'>) {
  const view = useFetched(contract.viewDraft, { draftId })
  const [open, setOpen] = useState<Act | null>(null)
  const { draft, changes, findings } = view
  const subject = { kind: 'drafting.draft', id: draft.id }
  const Dialog = open === null ? null : dialogs[open]
  const ofLevel = draft.caseId !== null
  return (
    <>
      <Record
        title={draft.documentTitle === '' ? `${matterLabels[draft.matter]}草案` : `《${draft.documentTitle}》`}
        kind={matterLabels[draft.matter]}
        number={draft.documentNumber ?? draft.number}
        state={<DraftStateTag state={draft.state} />}
        trail={[{ label: '标准制定', path: '/standards/drafts' }]}
        facts={factsOf(view)}
        actions={<Actions view={view} onOpen={setOpen} />}
        notice={<Notices view={view} />}
        more={[
          { key: 'content', label: `拟定内容（${changes.length}）`, content: <ChangesEditor view={view} /> },
          { key: 'compare', label: '对照', content: <ChangesComparison changes={changes} /> },
          ...(ofLevel ? [{ key: 'impact', label: '影响', content: <ImpactPanel view={view} /> }] : []),
          { key: 'consultation', label: '征求意见', content: <ConsultationPanel subject={subject} /> },
          ...(draft.state === 'approved'
            ? [{ key: 'documents', label: '公文', content: <DocumentsPanel subject={subject} /> }]
            : []),
        ]}
        basis={findings.length > 0 ? <BasisPanel findings={findings} /> : null}
        course={draft.caseId === null ? null : <CoursePanel caseId={draft.caseId} />}
        files={draft.caseId === null ? null : <AttachmentsPanel caseId={draft.caseId} />}
        changes={ofLevel ? <ChangesPanel subject={subject} /> : null}
      />
      {Dialog && <Dialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

/** The act of the present step first; forbidden ones stay and say why. */
function Actions({ view, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const { draft, may, consultationNeeded } = view
  const { state } = draft
  const drafting = state === 'drafting' || state === 'returned' || state === 'consulting'
  const consulted = state === 'consulting' && may.edit === null
  const first = consultationNeeded && !consulted && state === 'drafting' ? 'consult' : 'submit'
  return (
    <>
      {drafting && (
        <>
          <ActionButton primary={first === 'submit'} refusal={may.submit} onClick={() => onOpen('submit')}>
            送批
          </ActionButton>
          <ActionButton primary={first === 'consult'} refusal={may.consult} onClick={() => onOpen('consult')}>
            {consulted ? '再次征求意见' : '征求意见'}
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => onOpen('head')}>
            文件信息
          </ActionButton>
          <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
            撤销
          </ActionButton>
        </>
      )}
      {state === 'approving' && (
        <>
          <ActionButton primary refusal={may.approve} onClick={() => onOpen('approve')}>
            批准
          </ActionButton>
          <ActionButton refusal={may.returnForCorrection} onClick={() => onOpen('return')}>
            退回修改
          </ActionButton>
          <ActionButton refusal={may.refuse} onClick={() => onOpen('refuse')}>
            不予批准
          </ActionButton>
          <ActionButton refusal={may.recall} onClick={() => onOpen('recall')}>
            撤回修改
          </ActionButton>
        </>
      )}
    </>
  )
}

function factsOf({ draft }: View): Fact[] {
  return [
    { label: '制定', value: `${draft.jurisdictionName} ${draft.organName}` },
    {
      label: '施行日期',
      value: draft.inForceOn === null ? <span className="quiet">未填写</span> : formatChineseDate(draft.inForceOn),
      note: draft.retroactiveGround || null,
    },
    { label: '起草', value: `${draft.draftedByName}，${draft.draftedOn}` },
    {
      label: '批准',
      value: draft.approvedOn === null ? null : `${draft.approvedByName ?? ''}，${draft.approvedOn}`,
    },
    { label: '理由', value: draft.reason === '' ? <span className="quiet">未填写</span> : draft.reason, wide: true },
  ]
}

/** What stands against the draft as a whole; what is wrong with a row stands at the row. */
function Notices({ view: { draft, findings, rivals, reviews } }: { view: View }) {
  const ofHead = findings.filter(({ field, outcome }) => outcome !== 'ok' && !(field ?? '').startsWith('changes.'))
  if (ofHead.length === 0 && rivals.length === 0 && reviews.length === 0) return null
  return (
    <ul className="draft-notices">
      {ofHead.map((finding) => (
        <li key={`${finding.rule}${finding.message}`}>
          <FindingMark outcome={finding.outcome} bare /> {finding.message}
          {finding.remedy && <span className="quiet"> {finding.remedy}</span>}
        </li>
      ))}
      {rivals.map(({ id, number, code }) => (
        <li key={`${id}${code}`}>
          <FindingMark outcome="warn" bare /> 另一份草案 <Go to={`/standards/drafts/${id}`}>{number}</Go> 也涉及“{code}
          ”，先批准的一份生效。
        </li>
      ))}
      {reviews.map(({ id, jurisdictionName }) => (
        <li key={id}>
          已请{jurisdictionName}财政部门<Go to={`/standards/expenditure-reviews/${id}`}>复核支出定额和开支标准</Go>
          {draft.inForceOn !== null && '。'}
        </li>
      ))}
    </ul>
  )
}
