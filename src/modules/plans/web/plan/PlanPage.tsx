import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../../contract.ts'
import type { Plan } from '../../model.ts'
import { maySeeLevel } from '../../policy.ts'
import { actorOf } from '../actor.ts'
import { BudgetOfPlan } from './BudgetOfPlan.tsx'
import { PlanActs } from './PlanActs.tsx'
import { planKindLabels, PlanStateTag } from './PlanStateTag.tsx'
import { KindTable, LineTable } from './PlanTables.tsx'
import { PlanParts } from './PlanParts.tsx'
import { PlanVersions } from './PlanVersions.tsx'

/** One plan: where it stands, what comes next, its four parts with their tables, its lines, versions and course. */
export default function PlanPage({ params: { planId } }: PageProps<'/plans/plans/:planId'>) {
  const view = useFetched(contract.viewPlan, { planId })
  const { plan, lines, byKind, versions } = view
  const subject = { kind: 'plans.plan', id: planId }
  return (
    <Record
      title={`${plan.organName} ${plan.year}年度机关运行保障计划`}
      kind={planKindLabels[plan.kind]}
      number={plan.documentNumber}
      state={<PlanStateTag state={plan.state} />}
      trail={[{ label: '保障计划', path: '/plans/plans' }]}
      facts={factsOf(plan)}
      actions={<PlanActs view={view} />}
      details={
        <>
          <Section title="按需求类别">
            <KindTable byKind={byKind} totalFen={plan.totalFen} />
          </Section>
          <PlanParts view={view} />
        </>
      }
      more={[
        { key: 'lines', label: `计划事项（${lines.length}）`, content: <LineTable lines={lines} /> },
        ...(versions.length > 1
          ? [{ key: 'versions', label: `版本（${versions.length}）`, content: <PlanVersions view={view} /> }]
          : []),
        { key: 'documents', label: '公文', content: <DocumentsPanel subject={subject} /> },
      ]}
      basis={plan.state === 'in-force' || plan.state === 'superseded' ? <DecisionPanel subject={subject} /> : undefined}
      course={plan.caseId === null ? null : <CoursePanel caseId={plan.caseId} />}
      files={plan.caseId === null ? null : <AttachmentsPanel caseId={plan.caseId} />}
      changes={<ChangesPanel subject={subject} />}
    />
  )
}

function factsOf(plan: Plan): Fact[] {
  return [
    {
      label: '计划金额',
      value: <span className="number">{wanText(plan.totalFen)} 万元</span>,
      note: `${plan.lineCount} 个事项`,
    },
    { label: '年度周期', value: <CycleOfPlan plan={plan} /> },
    { label: '签发日期', value: plan.issuedOn },
    { label: '版本', value: `第${plan.planVersion}版` },
    {
      label: '预算',
      value: plan.state === 'draft' || plan.state === 'consulting' ? null : <BudgetOfPlan plan={plan} />,
    },
  ]
}

/** The cycle is a page of those who see the whole level; to others the year says it. */
function CycleOfPlan({ plan }: { plan: Plan }) {
  const me = useMe()
  const year = `${plan.year}年度`
  return maySeeLevel(actorOf(me), plan) ? <Go to={`/plans/cycles/${plan.cycleId}`}>{year}</Go> : year
}
