import type { InputOf, OutputOf } from '#kernel/pure/contract.ts'
import { outcomes } from '#kernel/pure/verdict.ts'
import { documentDate } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { contract } from '../../contract.ts'
import { useSettled } from './use-settled.ts'
import './adjustment.css'

export type Asked = InputOf<(typeof contract)['checkAdjustment']>
type Answer = OutputOf<(typeof contract)['checkAdjustment']>

/** What the rules say of the adjustment as typed so far: last day to file, finance or not, findings. Null = too little yet. */
export function CheckPanel({ asked }: { asked: Asked | null }) {
  const settled = useSettled(asked)
  const { data, error } = useFetchedLater(contract.checkAdjustment, settled)
  return (
    <aside className="adjustment-check" aria-label="预检" aria-live="polite">
      <h2>预检</h2>
      {asked === null ? (
        <p className="quiet">选择调整情形和调整日期后，这里显示备案期限和各项核对结果。</p>
      ) : error ? (
        <ErrorPanel error={error} />
      ) : data === undefined ? (
        <Skeleton lines={4} />
      ) : (
        <Answered answer={data} />
      )}
    </aside>
  )
}

function Answered({
  answer: { dueOn, dueProvisional, deadlineExplanation, needsFinance, findings },
}: {
  answer: Answer
}) {
  const sorted = findings.toSorted((a, b) => outcomes.indexOf(b.outcome) - outcomes.indexOf(a.outcome))
  return (
    <>
      <dl>
        <dt>备案截止</dt>
        <dd>
          <b>{documentDate(dueOn)}</b>
          {dueProvisional && '（暂定）'}
        </dd>
        <dd className="quiet">{deadlineExplanation}</dd>
        <dt>财政批准</dt>
        <dd>
          {needsFinance ? (
            <>
              <b>须经财政部门批准</b>，批准前台账不变。
            </>
          ) : (
            '不需要；登记后台账随即调整。'
          )}
        </dd>
      </dl>
      <ul className="adjustment-findings">
        {sorted.map((finding, index) => (
          <li key={`${finding.rule}${index}`}>
            <FindingMark outcome={finding.outcome} />
            <p>{finding.message}</p>
            {finding.remedy && <p className="quiet">{finding.remedy}</p>}
            <p className="quiet adjustment-basis">{finding.basis.citation}</p>
          </li>
        ))}
        {sorted.length === 0 && (
          <li>
            <FindingMark outcome="ok" /> 各项核对通过，可以登记。
          </li>
        )}
      </ul>
    </>
  )
}
