import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import type { ChangedStandard } from '../model.ts'
import { DifferencesTable } from './DifferencesTable.tsx'

/** The same inputs under the standards of today: what would come out otherwise, and which rows changed. */
export function TodayPart({ decision }: { decision: string }) {
  const { on, conclusion, differences, changedStandards } = useFetched(contract.decisionUnderToday, { decision })
  if (conclusion === null)
    return (
      <Section title="按今日标准">
        <p className="quiet">没有保存输入，不能按今日标准重新核对。</p>
      </Section>
    )
  const used = changedStandards.filter((one) => one.used)
  const others = changedStandards.length - used.length
  return (
    <>
      <Section title={`按 ${on} 的标准`}>
        {differences.length === 0 ? (
          <p>同样的输入按今日标准核对，结论和算式都相同。</p>
        ) : (
          <>
            <p className="decision-says">{conclusion.says}</p>
            <p className="quiet">与决定时相比有 {differences.length} 处不同。已作出的决定不因标准改变而改变。</p>
            <DifferencesTable differences={differences} before="决定时" after="按今日标准" />
          </>
        )}
      </Section>
      <Section title="变化的标准">
        {used.length === 0 && <p>本决定用到的标准没有变化。</p>}
        {used.map((one) => (
          <Changed key={one.code} standard={one} />
        ))}
        {others > 0 && <p className="quiet">另有 {others} 项标准已经变化，本决定没有用到。</p>}
      </Section>
    </>
  )
}

function Changed({ standard: { code, title, before, after, changes } }: { standard: ChangedStandard }) {
  const said = (row: ChangedStandard['before']) => (row ? `${row.citation}（自 ${row.from} 起）` : '无')
  return (
    <article className="decision-changed">
      <h3>
        <Go to={`/standards/${encodeURIComponent(code)}`}>{title}</Go>
      </h3>
      <p className="quiet">
        {said(before)} → {said(after)}
      </p>
      {changes.length > 0 && <DifferencesTable differences={changes} before="决定时" after="今日" />}
    </article>
  )
}
