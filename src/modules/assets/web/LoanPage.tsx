import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { returnConditionLabels } from '../model/loan.ts'
import { LoanStateTag } from './AssetStateTag.tsx'
import { ExtendDialog } from './ExtendDialog.tsx'
import { isLate } from './LoansPage.tsx'
import { TakeBackDialog } from './TakeBackDialog.tsx'
import './assets.css'

export type LoanView = OutputOf<(typeof contract)['viewLoan']>

/** The things lent, until when, and what comes next: sign, hand back, look over; on a phone as on a screen. */
export default function LoanPage({ params }: PageProps<'/assets/loans/:loanId'>) {
  const view = useFetched(contract.viewLoan, { loanId: params.loanId })
  const { loan, cards, may } = view
  const { organ } = useMe()
  const [dialog, setDialog] = useState<'decline' | 'extend' | 'takeBack' | null>(null)
  const close = () => setDialog(null)
  const step = { loanId: loan.id, version: loan.version }
  const sign = useSend(contract.signLoan, { onDone: () => tell(`已签收，请于 ${loan.dueOn} 前归还。`) })
  const decline = useSend(contract.declineLoan, {
    onDone: () => {
      tell('已退回。')
      close()
    },
  })
  const withdraw = useSend(contract.withdrawLoan, { onDone: () => tell('已撤回。') })
  const handBack = useSend(contract.handBackLoan, { onDone: () => tell('已交还，等待保管人验收。') })
  const failed = [sign, withdraw, handBack].find(({ error }) => error)
  const elsewhere = loan.organId !== loan.borrowerOrganId
  return (
    <>
      <Record
        title={`借给 ${elsewhere ? `${loan.borrowerOrganName} ` : ''}${loan.borrowerName}`}
        kind="资产借用"
        number={loan.number}
        state={<LoanStateTag state={loan.state} late={isLate(loan)} />}
        trail={[{ label: '资产借用', path: '/assets/loans' }]}
        facts={[
          { label: '应归还', value: loan.dueOn, note: dueNote(view) },
          { label: '资产', value: `${loan.cards} 件`, note: `原值 ${yuanText(loan.costFen)} 元` },
          { label: '用途', value: loan.reason, note: loan.document ? `批准文号 ${loan.document}` : undefined },
          {
            label: '出借',
            value: loan.lentOn ?? `${loan.offeredOn} 办理，未签收`,
            note: `${elsewhere ? `${loan.organName} ` : ''}${loan.offeredByName}`,
          },
          {
            label: '办结',
            value: loan.closedOn,
            note: [loan.closedByName, loan.answer].filter(Boolean).join('：') || undefined,
          },
        ]}
        notice={failed && <Refusals of={failed.error} onRetry={failed.retry} />}
        actions={
          <>
            {loan.state === 'offered' && (
              <>
                <ActionButton primary refusal={may.sign} busy={sign.sending} onClick={() => sign.send(step)}>
                  核对无误，签收
                </ActionButton>
                <ActionButton refusal={may.decline} onClick={() => setDialog('decline')}>
                  退回
                </ActionButton>
                <ActionButton refusal={may.withdraw} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
                  撤回
                </ActionButton>
              </>
            )}
            {loan.state === 'lent' && (
              <ActionButton
                primary={may.handBack === null}
                refusal={may.handBack}
                busy={handBack.sending}
                onClick={() => handBack.send(step)}
              >
                交还
              </ActionButton>
            )}
            {(loan.state === 'lent' || loan.state === 'handed-back') && (
              <>
                <ActionButton
                  primary={may.takeBack === null}
                  refusal={may.takeBack}
                  onClick={() => setDialog('takeBack')}
                >
                  验收归还
                </ActionButton>
                {loan.state === 'lent' && (
                  <ActionButton refusal={may.extend} onClick={() => setDialog('extend')}>
                    续借
                  </ActionButton>
                )}
              </>
            )}
          </>
        }
        details={
          <Table
            label="借用清单"
            rows={cards}
            keyOf={({ cardId }) => cardId}
            href={({ cardId }) => (organ?.id === loan.organId ? `/assets/cards/${cardId}` : null)}
            height="auto"
            columns={[
              { key: 'name', title: '资产名称', value: ({ name }) => name, width: 190 },
              { key: 'number', title: '资产编号', value: ({ number }) => number },
              { key: 'place', title: '原存放地点', value: ({ place }) => place },
              {
                key: 'condition',
                title: '归还情况',
                value: ({ condition, note }) =>
                  condition === null ? '' : `${returnConditionLabels[condition]}${note ? `：${note}` : ''}`,
                width: 200,
              },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: loan.costFen },
            ]}
            empty={null}
          />
        }
        // The case is the borrower's; a lender of another organ reads the changes.
        {...(elsewhere && organ?.id === loan.organId ? {} : { course: <CoursePanel caseId={loan.caseId} /> })}
        changes={<ChangesPanel subject={{ kind: 'assets.loan', id: loan.id }} />}
      />
      {dialog === 'decline' && (
        <OpinionDialog
          title="退回借用"
          label="退回的理由"
          required
          submit="退回"
          phrases={['不再需要', '资产不符', '资产已损坏']}
          onSend={(opinion) => decline.send({ ...step, opinion })}
          error={decline.error}
          onRetry={decline.retry}
          onClose={close}
        />
      )}
      {dialog === 'extend' && <ExtendDialog loan={loan} onClose={close} />}
      {dialog === 'takeBack' && <TakeBackDialog view={view} onClose={close} />}
    </>
  )
}

function dueNote({ loan }: LoanView): string | undefined {
  if (loan.closedOn !== null) return loan.extended ? '续借过一次' : undefined
  const days = daysBetween(todayHere(), loan.dueOn)
  const left = loan.lentOn === null ? '' : days < 0 ? `已逾期 ${-days} 天` : days === 0 ? '今天到期' : `还有 ${days} 天`
  return [left, loan.extended ? '续借过一次' : ''].filter(Boolean).join('，') || undefined
}
