import { Go } from '#kernel/web/going.tsx'
import { kindLabels, standingLabels } from '#modules/norms/model.ts'
import { standardKindLabels } from '#modules/standards/model.ts'
import type { Beside } from '../contract.ts'
import type { Oddity } from '../model.ts'
import { articlePath, standardPath } from './paths.ts'

/** What stands beside an article in the margin: oddities of the text, norms, standards, articles tied to it. */
export function BesideArticle({
  beside,
  oddities,
  whole = false,
}: {
  beside: Beside
  oddities: readonly Oddity[]
  whole?: boolean
}) {
  return (
    <div className="law-beside">
      {oddities.map(({ id, message, remedy }) => (
        <p key={id} className="law-oddity">
          <b>存疑</b> {message}
          {whole && ` ${remedy}`}
        </p>
      ))}
      {beside.norms.length > 0 && (
        <ul aria-label="规范">
          {beside.norms.map(({ id, text, kind, standing }) => (
            <li key={id}>
              <Go to={`/norms#${id}`}>{id}</Go> {kindLabels[kind]}
              {whole ? `：${text}` : ''}
              <span className="quiet"> {standingLabels[standing]}</span>
            </li>
          ))}
        </ul>
      )}
      {beside.standards.length > 0 && (
        <ul aria-label="标准">
          {beside.standards.slice(0, whole ? undefined : 4).map(({ code, title, kind, citation }) => (
            <li key={code} title={citation}>
              <Go to={standardPath(code)}>{title}</Go>
              <span className="quiet"> {standardKindLabels[kind]}</span>
              {whole && <small className="quiet">{citation}</small>}
            </li>
          ))}
          {!whole && beside.standards.length > 4 && <li className="quiet">另有{beside.standards.length - 4}项标准</li>}
        </ul>
      )}
      {beside.links.length > 0 && (
        <ul aria-label="关联条文">
          {beside.links.map(({ id, workId, workTitle, article, note }) => (
            <li key={id}>
              关联：<Go to={articlePath(workId, article)}>{linkText(workTitle, article)}</Go>
              {note !== '' && <span className="quiet"> {note}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** 《某办法》第35条, as links are told of. */
export function linkText(workTitle: string, article: string | null): string {
  if (article === null) return `《${workTitle}》`
  const [number, sub] = article.split('-')
  return `《${workTitle}》第${number}条${sub === undefined ? '' : `之${sub}`}`
}
