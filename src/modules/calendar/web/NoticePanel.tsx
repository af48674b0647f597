import { citeNotice } from '#kernel/pure/calendar.ts'
import { datesFrom, formatChineseDate, formatMonthDay, weekdayOf } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import type { Holiday } from '../model.ts'
import type { YearView } from './view.ts'

const weekdayWords = '一二三四五六日'

/** Where the arrangement comes from: document, day, who entered and who confirmed it. */
export function NoticeSource({ notice }: { notice: NonNullable<YearView['notice']> }) {
  const { year, document, issuedOn, note, proposedByName, confirmedByName } = notice
  return (
    <p className="quiet">
      {citeNotice({ year, document })}，{formatChineseDate(issuedOn)}印发。录入：{proposedByName}
      {confirmedByName && `，复核：${confirmedByName}`}。{note}
    </p>
  )
}

/** The holidays of a notice as it says them. */
export function HolidayTable({ holidays }: { holidays: readonly Holiday[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling part must be reachable by keyboard (WCAG 2.1.1)
    <div className="calendar-scroll" tabIndex={0} role="region" aria-label="可左右滚动的表格">
      <table className="calendar-holidays">
        <thead>
          <tr>
            <th scope="col">节日</th>
            <th scope="col">放假</th>
            <th scope="col" className="calendar-figure">
              天数
            </th>
            <th scope="col">调休上班</th>
          </tr>
        </thead>
        <tbody>
          {holidays.map(({ name, from, to, makeUp = [] }) => (
            <tr key={`${name}${from}`}>
              <th scope="row">{name}</th>
              <td>{from === to ? dayWord(from) : `${dayWord(from)}至${dayWord(to)}`}</td>
              <td className="calendar-figure number">{datesFrom(from, to).length}</td>
              <td>{makeUp.length === 0 ? '无' : makeUp.map(dayWord).join('、')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function dayWord(date: string): string {
  return `${formatMonthDay(date)}（周${weekdayWords[weekdayOf(date) - 1]}）`
}

/** Findings one below another; nothing when there are none. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className="calendar-findings">
      {findings.map(({ message, outcome, remedy }) => (
        <li key={message}>
          <FindingMark outcome={outcome} /> {message} {remedy && <span className="quiet">{remedy}</span>}
        </li>
      ))}
    </ul>
  )
}
