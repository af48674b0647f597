import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../contract.ts'
import { countsInWords } from './ConsultationPanel.tsx'
import { DraftText } from './DraftText.tsx'
import { OpinionList } from './OpinionList.tsx'
import { OrganStandings } from './OrganStandings.tsx'
import { ReplyWorkbench } from './ReplyWorkbench.tsx'
import { ConsultationStateTag } from './state-tags.tsx'
import './consultation.css'

export type View = OutputOf<(typeof contract)['viewConsultation']>
type Open = 'close' | 'withdraw' | null

/** A consultation: the draft, opinions with their answers, who has not answered, the summary. */
export default function ConsultationPage({
  params: { consultationId },
}: PageProps<'/consultation/consultations/:consultationId'>) {
  const view = useFetched(contract.viewConsultation, { consultationId })
  const me = useMe()
  const [open, setOpen] = useState<Open>(null)
  const { consultation, seesAll, caseId } = view
  const { state, counts } = consultation
  const isOwn = me.organ?.id === consultation.organId
  const isRunning = state === 'open' || state === 'answering'
  const subject = { kind: 'consultation.consultation', id: consultationId }
  const draft = (
    <section className="section draft-paper">
      <DraftText draft={{ ...view, id: consultationId, text: consultation.text }} />
    </section>
  )
  return (
    <>
      <Record
        title={consultation.title}
        kind="征求意见"
        number={consultation.number}
        state={<ConsultationStateTag state={state} />}
        trail={[{ label: '征求意见', path: '/consultation/consultations' }]}
        facts={factsOf(view)}
        actions={<Acts view={view} leads={isOwn && seesAll} onOpen={setOpen} />}
        more={[
          { key: 'draft', label: '征求意见稿', content: draft },
          {
            key: 'items',
            label: `意见与答复（${seesAll || view.seesSummary ? counts.items : '本机关'}）`,
            content:
              isOwn && seesAll && isRunning ? (
                <ReplyWorkbench consultationId={consultationId} counts={counts} refusal={view.may.reply} />
              ) : (
                <OpinionList
                  consultationId={consultationId}
                  emptyText={seesAll ? '还没有收到意见。' : '没有可以查看的意见。'}
                />
              ),
          },
          ...(seesAll
            ? [
                {
                  key: 'organs',
                  label: isRunning
                    ? `未反馈机关（${counts.invited - counts.answered}）`
                    : `各机关反馈（${counts.answered} / ${counts.invited}）`,
                  content: <OrganStandings consultation={consultation} />,
                },
              ]
            : []),
          { key: 'summary', label: '汇总', content: <Summary view={view} subject={subject} /> },
        ]}
        course={caseId === null ? null : <CoursePanel caseId={caseId} />}
        files={seesAll && caseId !== null ? <AttachmentsPanel caseId={caseId} /> : null}
        changes={seesAll ? <ChangesPanel subject={subject} /> : null}
      />
      {open === 'close' && <CloseDialog view={view} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && <WithdrawDialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

/** The asking department leads, an organ that was asked answers; each is offered its own acts. */
function Acts({ view, leads, onOpen }: { view: View; leads: boolean; onOpen: (open: Open) => void }) {
  const go = useGo()
  const { consultation, may } = view
  const isRunning = consultation.state === 'open' || consultation.state === 'answering'
  const remind = useSend(contract.remindOrgans, { onDone: () => tell('已提醒尚未答复的机关。') })
  const { mine } = consultation
  return (
    <>
      {mine !== null && (
        <ActionButton primary={mine.state === 'waiting'} onClick={() => go(`/consultation/opinions/${mine.opinionId}`)}>
          {mine.state === 'waiting' ? '答复' : '查看本机关答复'}
        </ActionButton>
      )}
      {leads && isRunning && (
        <>
          <ActionButton primary refusal={may.close} onClick={() => onOpen('close')}>
            办结
          </ActionButton>
          <ActionButton
            refusal={may.remind}
            busy={remind.sending}
            onClick={() => remind.send({ consultationId: consultation.id, version: consultation.version })}
          >
            催办
          </ActionButton>
          <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
            撤销
          </ActionButton>
          <Refusals of={remind.error} onRetry={remind.retry} />
        </>
      )}
    </>
  )
}

function factsOf({ consultation, subject }: View): Fact[] {
  const { counts, openedOn, openedByName, closedOn, closedByName } = consultation
  return [
    { label: '发起部门', value: consultation.organName, note: `${openedByName}，${openedOn}` },
    { label: '反馈截止', value: consultation.opinionsUntil },
    {
      label: '反馈机关',
      value: (
        <span className="number">
          {counts.answered} / {counts.invited} 个
        </span>
      ),
      note: counts.late > 0 ? `其中逾期 ${counts.late} 个` : null,
    },
    {
      label: '意见',
      value: <span className="number">{counts.items} 条</span>,
      note: counts.items > 0 ? `已答复采纳情况 ${counts.replied} 条` : null,
    },
    { label: '机关名称', value: consultation.namesShown ? '汇总时显示' : '汇总时不显示' },
    { label: '征求意见的事项', value: subject && <Go to={subject.link}>{subject.title}</Go> },
    { label: '办结', value: closedOn, note: closedByName },
  ]
}

function Summary({
  view: { consultation, seesSummary },
  subject,
}: {
  view: View
  subject: { kind: string; id: string }
}) {
  if (consultation.state === 'withdrawn') return <Empty title="征求意见已撤销，没有形成汇总。" />
  if (consultation.state !== 'closed')
    return (
      <Empty title="办结后形成汇总">
        {seesSummary ? countsInWords(consultation.counts) : '各机关的意见和采纳情况在办结后公布。'}
      </Empty>
    )
  return (
    <div className="stack">
      <Section title="汇总情况">
        <p className="number">{countsInWords(consultation.counts)}</p>
        {consultation.conclusion && <p className="prose">{consultation.conclusion}</p>}
      </Section>
      <Section title="意见汇总及采纳情况表">
        <DocumentsPanel subject={subject} />
      </Section>
    </div>
  )
}

function CloseDialog({ view: { consultation }, onClose }: { view: View; onClose: () => void }) {
  const close = useSend(contract.closeConsultation, {
    onDone: () => {
      tell('征求意见已办结，意见汇总及采纳情况表已生成。')
      onClose()
    },
  })
  const { counts } = consultation
  const silent = counts.invited - counts.answered
  return (
    <OpinionDialog
      title="办结征求意见"
      lead={`${countsInWords(counts)}${silent > 0 ? `未反馈的 ${silent} 个机关不再答复。` : ''}办结后生成意见汇总及采纳情况表，送各被征求意见的机关，不能再修改。`}
      label="汇总说明"
      submit="办结"
      onSend={(conclusion) =>
        close.send({ consultationId: consultation.id, version: consultation.version, conclusion })
      }
      error={close.error}
      onRetry={close.retry}
      onClose={onClose}
    />
  )
}

function WithdrawDialog({ view: { consultation }, onClose }: { view: View; onClose: () => void }) {
  const withdraw = useSend(contract.withdrawConsultation, {
    onDone: () => {
      tell('征求意见已撤销。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="撤销征求意见"
      lead="撤销后各机关不再答复，已经收到的意见保留备查。撤销不能恢复。"
      label="撤销原因"
      required
      submit="撤销"
      onSend={(opinion) => withdraw.send({ consultationId: consultation.id, version: consultation.version, opinion })}
      error={withdraw.error}
      onRetry={withdraw.retry}
      onClose={onClose}
    />
  )
}
