import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../contract.ts'
import { rateText } from '../rules/rates.ts'
import { scopeText } from '../rules/scope.ts'
import { CountStateTag } from './CountStateTag.tsx'
import { Differences } from './Differences.tsx'
import { EndDialog } from './EndDialog.tsx'
import { Items } from './Items.tsx'
import { Progress } from './Progress.tsx'
import { TeamDialog } from './TeamDialog.tsx'
import './stocktaking.css'

export type CountView = OutputOf<(typeof contract)['viewCount']>
type Step = 'end' | 'resume' | 'submit' | 'return' | 'withdraw' | 'team'

/** One count: how far it is, what differs, what comes next. */
export default function CountPage({ params }: PageProps<'/stocktaking/counts/:countId'>) {
  const view = useFetched(contract.viewCount, { countId: params.countId })
  const { count, may, tally } = view
  const go = useGo()
  const { roles, organ } = useMe()
  const keeps = organ?.id === count.organId && (roles.includes('asset-keeper') || roles.includes('organ-clerk'))
  const [open, setOpen] = useState<Step | null>(null)
  const close = () => setOpen(null)
  const step = { countId: count.id, version: count.version }
  const done = (words: string) => ({
    onDone: () => {
      tell(words)
      close()
    },
  })
  const resume = useSend(contract.resumeCounting, done('可以继续清点。'))
  const submit = useSend(contract.submitCount, done('已提交，等待机关负责人审定。'))
  const approve = useSend(contract.approveCount, done('已审定，送主管部门审核。'))
  const accept = useSend(contract.acceptCount, done('已审核。'))
  const consent = useSend(contract.consentCount, done('已同意，盘点结果已记入资产卡片。'))
  const sendBack = useSend(contract.returnCount, done('已退回。'))
  const withdraw = useSend(contract.withdrawCount, done('已撤销。'))
  const decided = approve.error ? approve : accept.error ? accept : consent
  return (
    <>
      <Record
        title={count.title}
        kind="资产盘点"
        number={count.number}
        state={<CountStateTag state={count.state} />}
        trail={[{ label: '资产盘点', path: '/stocktaking/counts' }]}
        facts={factsOf(view)}
        notice={<Refusals of={decided.error} onRetry={decided.retry} />}
        actions={
          <>
            {count.state === 'counting' && (
              <>
                <ActionButton primary refusal={may.count} onClick={() => go(`/stocktaking/counts/${count.id}/sheet`)}>
                  清点
                </ActionButton>
                <ActionButton refusal={may.end} onClick={() => setOpen('end')}>
                  结束清点
                </ActionButton>
                <ActionButton refusal={may.changeTeam} onClick={() => setOpen('team')}>
                  调整小组
                </ActionButton>
              </>
            )}
            {count.state === 'settling' && (
              <>
                <ActionButton primary refusal={may.submit} onClick={() => setOpen('submit')}>
                  提交审定
                </ActionButton>
                <ActionButton refusal={may.resume} onClick={() => setOpen('resume')}>
                  继续清点
                </ActionButton>
              </>
            )}
            {count.state === 'at-head' && (
              <ActionButton primary refusal={may.approve} busy={approve.sending} onClick={() => approve.send(step)}>
                审定
              </ActionButton>
            )}
            {count.state === 'at-authority' && (
              <ActionButton primary refusal={may.accept} busy={accept.sending} onClick={() => accept.send(step)}>
                审核通过
              </ActionButton>
            )}
            {count.state === 'at-finance' && (
              <ActionButton primary refusal={may.consent} busy={consent.sending} onClick={() => consent.send(step)}>
                同意
              </ActionButton>
            )}
            {count.state.startsWith('at-') && (
              <ActionButton refusal={may.return} onClick={() => setOpen('return')}>
                退回
              </ActionButton>
            )}
            {(count.state === 'counting' || count.state === 'settling') && (
              <ActionButton refusal={may.withdraw} onClick={() => setOpen('withdraw')}>
                撤销
              </ActionButton>
            )}
            {keeps && view.pursued.length > 0 && (
              <Button onClick={() => go(`/disposal/applications/new?form=loss&cards=${view.pursued.join(',')}`)}>
                办理损失核销（{view.pursued.length} 项）
              </Button>
            )}
          </>
        }
        details={<Progress view={view} />}
        more={[
          { key: 'items', label: '清单', content: <Items view={view} /> },
          {
            key: 'differences',
            label: view.openDifferences > 0 ? `差异（${view.openDifferences} 项未处理）` : '差异',
            content: <Differences view={view} />,
          },
          {
            key: 'papers',
            label: '盘点报告',
            content: <DocumentsPanel subject={{ kind: 'stocktaking.count', id: count.id }} />,
          },
        ]}
        basis={<Basis />}
        course={<CoursePanel caseId={count.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'stocktaking.count', id: count.id }} />}
      />
      {open === 'end' && <EndDialog view={view} onClose={close} />}
      {open === 'team' && <TeamDialog view={view} onClose={close} />}
      {open === 'submit' && (
        <OpinionDialog
          title="提交审定"
          lead={`账面 ${tally.items} 项，账实相符率 ${rateText(view.rates.agreement)}，盘亏 ${tally.missing} 项，盘盈 ${tally.surplus} 项。`}
          label="盘点结论"
          required
          submit="提交审定"
          onSend={(conclusion) => submit.send({ ...step, conclusion })}
          error={submit.error}
          onRetry={submit.retry}
          onClose={close}
        />
      )}
      {open === 'resume' && (
        <OpinionDialog
          title="继续清点"
          label="理由"
          required
          submit="继续清点"
          phrases={['部分资产需要复盘', '有房间漏盘']}
          onSend={(opinion) => resume.send({ ...step, opinion })}
          error={resume.error}
          onRetry={resume.retry}
          onClose={close}
        />
      )}
      {open === 'return' && (
        <OpinionDialog
          title="退回盘点结果"
          label="退回的理由"
          required
          submit="退回"
          phrases={['差异原因不清', '责任认定不明', '请复盘后重报']}
          onSend={(opinion) => sendBack.send({ ...step, opinion })}
          error={sendBack.error}
          onRetry={sendBack.retry}
          onClose={close}
        />
      )}
      {open === 'withdraw' && (
        <OpinionDialog
          title="撤销盘点"
          label="撤销的理由"
          required
          submit="撤销盘点"
          onSend={(opinion) => withdraw.send({ ...step, opinion })}
          error={withdraw.error}
          onRetry={withdraw.retry}
          onClose={close}
        />
      )}
    </>
  )
}

function factsOf({ count, tally, rates, team }: CountView): Fact[] {
  return [
    { label: '范围', value: scopeText(count.scope), note: count.organName },
    { label: '基准日', value: count.baseOn, note: `${count.openedOn} 由${count.openedByName}开启` },
    { label: '账面', value: `${tally.items} 项`, note: `原值 ${yuanText(tally.costFen)} 元` },
    {
      label: '盘点进度',
      value: rateText(rates.progress),
      note: `已盘 ${tally.counted} 项${tally.disputed > 0 ? `，${tally.disputed} 项结果有分歧` : ''}`,
    },
    {
      label: '账实相符率',
      value: count.state === 'counting' ? null : rateText(rates.agreement),
      note: '（一致＋闲置＋损坏待报废）÷账面',
    },
    { label: '盘点小组', value: team.map(({ name }) => name).join('、') },
    { label: '办结', value: count.finishedOn },
    { label: '说明', value: count.note || null, wide: true },
    { label: '盘点结论', value: count.conclusion || null, wide: true },
  ]
}

function Basis() {
  return (
    <ul className="count-basis">
      <li>
        各级机关负责本机关使用资产的日常管理维护，接受本级机关事务管理部门和财政部门的指导监督。{' '}
        <Go to="/norms/articles/12">《山西省机关运行保障条例》第十二条第三款</Go>
      </li>
      <li>盘亏资产在财政部门同意核销前不得从账面注销（第十二条第二款），本系统只转为“盘亏待查”。</li>
      <li>
        资产每年至少盘点一次，年终全面盘点（《行政单位财务规则》）；年内没有办结的，列入逾期清单，财政部门可以看到。
      </li>
    </ul>
  )
}
