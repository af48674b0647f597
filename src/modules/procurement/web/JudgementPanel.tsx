import { worstOutcome, type Finding } from '#kernel/pure/verdict.ts'
import { yuanText } from '#kernel/web/money.ts'
import { Section } from '#kernel/web/Page.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { classLabels, methodLabels, organisationLabels, type Judgement } from '../model.ts'

const weight = { block: 0, 'needs-approval': 1, warn: 2, ok: 3 } as const

/** Method and findings while the request is typed; what stands against it comes first. */
export function JudgementPanel({ judgement }: { judgement: Judgement | null }) {
  return (
    <aside className="judgement" aria-live="polite">
      <Section title="采购方式和检查">
        {judgement === null ? (
          <p className="quiet">选择计划行后，按金额、目录和标准给出采购方式和检查结果。</p>
        ) : (
          <>
            <p className="judgement-method">
              {classLabels[judgement.class]} · {methodLabels[judgement.proposedMethod]} ·{' '}
              {organisationLabels[judgement.proposedOrganisation]}
            </p>
            <p className="number">预算 {yuanText(judgement.amountFen)} 元</p>
            <p className="row">
              <FindingMark outcome={worstOutcome(judgement.findings)} />
              {judgement.needsFinance && '须报财政部门批准采购方式'}
            </p>
            <FindingList findings={judgement.findings} />
          </>
        )}
      </Section>
    </aside>
  )
}

export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="finding-list">
      {[...findings]
        .sort((a, b) => weight[a.outcome] - weight[b.outcome])
        .map(({ rule, outcome, message, remedy }, at) => (
          <li key={`${rule}${at}`}>
            <FindingMark outcome={outcome} bare />
            <span>
              {message}
              {outcome !== 'ok' && remedy && <small>{remedy}</small>}
            </span>
          </li>
        ))}
    </ul>
  )
}
