import { Fragment } from 'react'
import { Go } from '#kernel/web/going.tsx'
import type { LawArticle } from '../model.ts'
import { piecesOf, type Reference } from '../rules/references.ts'
import { readerPath } from './paths.ts'

/** What references in a text lead to: articles of the work itself (all, or those known), and works of the library that it names. */
export type Ground = {
  workId: string
  keys: ReadonlySet<string> | null
  named: readonly { title: string; workId: string }[]
}

/** The paragraphs and items of an article; what it refers to can be followed where the library has it. */
export function ArticleText({ article, ground }: { article: LawArticle; ground: Ground }) {
  return (
    <>
      {article.paragraphs.map((paragraph, index) => (
        <Fragment key={index}>
          {paragraph.text !== '' && (
            <p>
              <Linked text={paragraph.text} ground={ground} />
            </p>
          )}
          {paragraph.items.map((item) => (
            <Fragment key={item.line}>
              {(item.mark !== '' || item.text !== '') && (
                <p className="law-item">
                  {item.mark}
                  <Linked text={item.text} ground={ground} />
                </p>
              )}
              {item.subItems.map((sub) => (
                <p key={sub.line} className="law-sub-item">
                  {sub.mark}
                  <Linked text={sub.text} ground={ground} />
                </p>
              ))}
            </Fragment>
          ))}
        </Fragment>
      ))}
    </>
  )
}

function Linked({ text, ground }: { text: string; ground: Ground }) {
  return piecesOf(text).map(({ text: words, reference }, index) => {
    const to = reference && targetOf(reference, ground)
    return to ? (
      <Go key={index} to={to}>
        {words}
      </Go>
    ) : (
      <Fragment key={index}>{words}</Fragment>
    )
  })
}

function targetOf({ title, article }: Reference, { workId, keys, named }: Ground): string | null {
  if (title !== null) {
    const work = named.find((one) => one.title === title)
    return work ? readerPath(work.workId, article) : null
  }
  return article !== null && (keys?.has(article) ?? true) ? readerPath(workId, article) : null
}
