import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { contract } from '../contract.ts'
import './home.css'

/** The plan cycle on the first page: what is to be done that is no case, and this year's figures. */
export default function HomePanel() {
  const { items, figures } = useFetched(contract.homeSummary, {})
  if (items.length === 0 && figures.length === 0) return null
  return (
    <section className="plan-home" aria-label="年度计划">
      {items.length > 0 && (
        <ul className="plan-home-items">
          {items.map(({ title, detail, link, urgency }) => (
            <li key={link + title} className={`plan-home-${urgency}`}>
              <Go to={link}>{title}</Go> <span>{detail}</span>
            </li>
          ))}
        </ul>
      )}
      {figures.length > 0 && (
        <ul className="plan-home-figures">
          {figures.map(({ label, value, link }) => (
            <li key={label}>
              <Go to={link}>
                <span className="quiet">{label}</span>
                <b className="number">{value}</b>
              </Go>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
