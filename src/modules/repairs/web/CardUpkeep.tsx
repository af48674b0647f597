import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import { RepairStateTag } from './RepairStateTag.tsx'
import './repairs.css'

/** On the card of a thing: what keeping it has cost beside what it cost. */
export default function CardUpkeep({ cardId }: { cardId: string }) {
  const { data } = useFetchedLater(contract.cardUpkeep, { cardId })
  if (data === undefined || (data.repairs === 0 && data.requests.length === 0)) return null
  const { costFen, repairs, upkeepFen, totalFen, percentOfCost, requests } = data
  return (
    <Section title="维修和全生命周期成本">
      <Facts
        of={[
          {
            label: '维修费用合计',
            value: `${yuanText(upkeepFen)} 元`,
            note: `${repairs} 次${percentOfCost === null ? '' : `，占原值 ${percentOfCost}%`}`,
          },
          {
            label: '全生命周期成本',
            value: `${yuanText(totalFen)} 元`,
            note: `原值 ${yuanText(costFen)} 元加维修费用`,
          },
        ]}
      />
      <ul className="card-repairs">
        {requests.map(({ id, number, state, fault, requestedOn, finishedOn, actualFen }) => (
          <li key={id}>
            <Go to={`/repairs/requests/${id}`}>{number}</Go>
            <RepairStateTag state={state} />
            <span>{fault}</span>
            <span className="quiet number">
              {finishedOn ?? requestedOn}
              {actualFen ? ` ${yuanText(actualFen)} 元` : ''}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
