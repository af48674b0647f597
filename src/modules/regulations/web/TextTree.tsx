import type { LawText } from '../model.ts'

/** What was understood of a text, in short: headings and articles, each leading to its line. */
export function TextTree({ law, onShow }: { law: LawText; onShow: (line: number) => void }) {
  return (
    <ol className="law-tree" aria-label="读出的结构">
      <li className="law-tree-title">{law.title.text}</li>
      {law.articles.map((article, index) => {
        const from = index === 0 ? -1 : (law.articles[index - 1]?.division ?? -1)
        const headings = law.divisions.filter((_, at) => at > from && at <= (article.division ?? -1))
        const items = article.paragraphs.reduce((sum, paragraph) => sum + paragraph.items.length, 0)
        return (
          <li key={`${article.key}:${article.line}`}>
            {headings.map(({ label, title, line }) => (
              <p key={line} className="law-tree-heading">
                {label} {title}
              </p>
            ))}
            <button type="button" className="link-button" onClick={() => onShow(article.line)}>
              {article.label}
            </button>{' '}
            {(article.paragraphs[0]?.text ?? '').slice(0, 24)}…
            <span className="quiet">
              {' '}
              {article.paragraphs.length}款{items > 0 && `，${items}项`}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
