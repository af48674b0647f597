import { Button } from 'antd'
import { explain, explanationLines } from '#kernel/pure/explanation.ts'
import { factLabel, factText } from '#kernel/pure/fact-text.ts'
import type { Facts } from '#kernel/pure/verdict.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { contract } from '../contract.ts'
import type { DecisionView } from '../model.ts'
import { InputsPart } from './InputsPart.tsx'
import { ReplayPart } from './ReplayPart.tsx'
import { StandingTag } from './StandingTag.tsx'
import { TodayPart } from './TodayPart.tsx'
import './decisions.css'

/** One decision: what came of it, on what ground and by which arithmetic; replayed, and held against today's standards. */
export default function DecisionPage({ params: { decision } }: PageProps<'/decisions/:decision'>) {
  const view = useFetched(contract.viewDecision, { decision })
  return (
    <Record
      title={view.title ?? '内容已按保密要求清除'}
      kind={`${view.kindTitle}决定`}
      number={view.number}
      state={<StandingTag standing={view.standing} />}
      trail={[{ label: '决定与依据', path: '/decisions' }]}
      facts={factsOf(view)}
      actions={<Button onClick={() => window.print()}>打印</Button>}
      details={
        <>
          <Section title="结论">
            <Concluded view={view} />
          </Section>
          <Section title="依据和算式">
            <BasisPanel findings={view.findings} printable={false} anchored />
          </Section>
        </>
      }
      more={[
        { key: 'replay', label: '重放', content: <ReplayPart decision={view.id} /> },
        { key: 'today', label: '按今日标准', content: <TodayPart decision={view.id} /> },
        { key: 'inputs', label: '全部输入', content: <InputsPart inputs={view.inputs} labels={view.labels} /> },
        { key: 'text', label: '文字说明', content: <TextPart view={view} /> },
      ]}
    />
  )
}

function factsOf(view: DecisionView): Fact[] {
  const { standards, supersedes, supersededBy } = view
  return [
    { label: '机关', value: view.organName, note: `${view.year}年度` },
    { label: '决定人', value: view.decidedBy, note: shortInstant(view.decidedAt) },
    {
      label: '标准',
      value: standards === null ? '没有用到标准' : `${standards.on} 有效的标准`,
      note: standards === null ? null : `快照 ${standards.snapshot.slice(0, 16)}`,
    },
    { label: '记录', value: <Go to={view.link}>查看所决定的记录</Go> },
    {
      label: '替代',
      value: supersedes && <Go to={`/decisions/${supersedes.id}`}>{supersedes.number}</Go>,
      note: view.effect === 'undone' ? '本次撤销该决定' : '本次决定取代它',
    },
    {
      label: view.standing === 'undone' ? '已被撤销' : '已被替代',
      value: supersededBy && <Go to={`/decisions/${supersededBy.id}`}>{supersededBy.number}</Go>,
    },
  ]
}

/** What a person decided beside what the rules proposed; alone where the rules decide. */
function Concluded({ view: { conclusion, taken, deviates, effect } }: { view: DecisionView }) {
  if (conclusion === null)
    return <p className="quiet">决定的内容依照保密规定清除，何时由何人作出仍保留在审计记录中。</p>
  return (
    <div className="decision-concluded">
      {taken && (
        <div>
          <h3>{effect === 'undone' ? '撤销' : '决定'}</h3>
          <p className="decision-says">{taken.says}</p>
          {taken.reason && effect !== 'undone' && <p>理由：{taken.reason}</p>}
          <Values of={taken.values} />
        </div>
      )}
      <div>
        <h3>
          {taken ? '规则的建议' : '规则的结论'}
          {deviates && <span className="decision-deviates">决定与建议不同</span>}
        </h3>
        <p className={taken ? undefined : 'decision-says'}>{conclusion.says}</p>
        <Values of={conclusion.values} />
      </div>
    </div>
  )
}

function Values({ of }: { of: Facts }) {
  return (
    <p className="basis-facts quiet">
      {Object.entries(of).map(([label, value]) => (
        <span key={label}>
          {factLabel(label)} <b>{factText(label, value)}</b>
        </span>
      ))}
    </p>
  )
}

function TextPart({ view: { findings, conclusion, taken } }: { view: DecisionView }) {
  if (conclusion === null) return <p className="quiet">内容已清除。</p>
  const text = explanationLines(explain({ findings, conclusion }, taken)).join('\n')
  return (
    <Section
      title="文字说明"
      actions={
        <Button
          size="small"
          onClick={() => void navigator.clipboard.writeText(text).then(() => tell('已复制文字说明。'))}
        >
          复制
        </Button>
      }
    >
      <pre className="decision-text">{text}</pre>
    </Section>
  )
}
