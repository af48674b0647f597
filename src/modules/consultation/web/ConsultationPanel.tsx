import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import type { Consultation } from '../model.ts'
import { OpinionList } from './OpinionList.tsx'
import { ConsultationStateTag, OpinionStateTag } from './state-tags.tsx'
import './consultation.css'

/** 征求意见 on a record of another module, for a tab of its page: state, counts, last day, opinions with their answers. */
export function ConsultationPanel({ subject }: { subject: { kind: string; id: string } }) {
  const { items } = useFetched(contract.consultationsOnSubject, subject)
  if (items.length === 0)
    return <Empty title="还没有征求意见">制定、调整实物定额和服务标准，应当先征求服务保障对象的意见。</Empty>
  return (
    <div className="stack">
      {items.map((consultation, index) => (
        <section key={consultation.id} className="section">
          <Standing consultation={consultation} />
          {index === 0 && <OpinionList consultationId={consultation.id} emptyText="没有可以查看的意见。" />}
        </section>
      ))}
    </div>
  )
}

function Standing({ consultation }: { consultation: Consultation }) {
  const { id, title, number, state, counts, opinionsUntil, openedOn, closedOn, mine } = consultation
  return (
    <div className="consultation-standing">
      <p className="row">
        <b>
          <Go to={`/consultation/consultations/${id}`}>{title}</Go>
        </b>
        <ConsultationStateTag state={state} />
      </p>
      <p className="quiet number">
        {number}，{openedOn} 发起，反馈截止 {opinionsUntil}
        {closedOn && `，${closedOn} 办结`}
      </p>
      <p className="number">{countsInWords(counts)}</p>
      {mine?.state === 'waiting' && (
        <p className="row">
          <OpinionStateTag state={mine.state} />
          <Go to={`/consultation/opinions/${mine.opinionId}`}>答复</Go>
        </p>
      )}
    </div>
  )
}

/** 征求 12 个机关，9 个已答复（逾期 1 个），意见 23 条，已答复 20 条。 */
export function countsInWords({ invited, answered, late, items, replied }: Consultation['counts']): string {
  const lateWords = late > 0 ? `（其中逾期 ${late} 个）` : ''
  return `征求 ${invited} 个机关，${answered} 个已反馈${lateWords}；意见 ${items} 条，已答复采纳情况 ${replied} 条。`
}
