import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { contract } from '../contract.ts'
import type { DecisionHead } from '../model.ts'
import { StandingTag } from './StandingTag.tsx'
import './decisions.css'

/**
 * What was decided on a record and why: the decision in force with its grounds, and the earlier ones. For the tab 依据
 * of any module.
 * @param empty what to say where nothing was decided yet
 * @param brief only what was decided, with links, where the grounds stand on the page already
 */
export function DecisionPanel({
  subject,
  empty = '还没有可以查看的决定。',
  brief = false,
}: {
  subject: { kind: string; id: string }
  empty?: string
  brief?: boolean
}) {
  const { items, present } = useFetched(contract.subjectDecisions, { subjectKind: subject.kind, subjectId: subject.id })
  if (brief) return items.length === 0 ? null : <Listed title="已作出的决定" items={items} />
  const earlier = items.filter(({ id }) => id !== present?.id)
  return (
    <>
      {present === null && <p className="quiet">{empty}</p>}
      {present && (
        <Section title={`${present.kindTitle}决定`}>
          <p className="decision-says">{present.says}</p>
          {present.taken?.reason && <p>理由：{present.taken.reason}</p>}
          <p className="quiet">
            <Go to={`/decisions/${present.id}`}>{present.number}</Go> · {present.decidedBy} ·{' '}
            {shortInstant(present.decidedAt)}
          </p>
          <BasisPanel findings={present.findings} printable={false} />
        </Section>
      )}
      {earlier.length > 0 && <Listed title="先前的决定" items={earlier} />}
    </>
  )
}

function Listed({ title, items }: { title: string; items: readonly DecisionHead[] }) {
  return (
    <Section title={title}>
      <ul className="decision-earlier">
        {items.map((one) => (
          <li key={one.id}>
            <StandingTag standing={one.standing} /> <Go to={`/decisions/${one.id}`}>{one.number}</Go> {one.says}
            <span className="quiet">
              {' '}
              {one.decidedBy} {shortInstant(one.decidedAt)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
