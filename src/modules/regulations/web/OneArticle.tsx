import { Button } from 'antd'
import { z } from 'zod'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { ArticleText } from './ArticleText.tsx'
import { BesideArticle } from './BesideArticle.tsx'
import { contract, type ArticleView } from '../contract.ts'
import { articlePath, readerPath } from './paths.ts'
import './regulations.css'

const Filters = z.object({ on: z.iso.date().optional().catch(undefined) })

/** One article with all that belongs to it, on a page that can be printed and named in a decision. */
export function OneArticle({ workId, article: key }: { workId: string; article: string }) {
  const [{ on }] = useFilters(Filters)
  const view = useFetched(contract.viewArticle, { workId, article: key, ...(on ? { on } : {}) })
  const { work, shown, article, headings, beside, oddities } = view
  return (
    <Page
      title={`《${shown.title}》${article.label}`}
      trail={[
        { label: '制度库', path: '/regulations' },
        { label: shown.title, path: readerPath(work.id, article.key) },
      ]}
      lead={[
        ...headings,
        `${shown.validFrom}起施行${shown.validUntil ? `，至${shown.validUntil}` : ''}`,
        shown.documentNumber,
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <div className="law-one">
        <Section>
          <div className="law-text">
            <ArticleText article={article} ground={{ workId: work.id, keys: null, named: view.named }} />
          </div>
        </Section>
        <Section title="规范、标准和关联条文">
          {isBare(view) && <p className="quiet">没有与这一条相关的规范、标准和关联条文。</p>}
          <BesideArticle beside={beside} oddities={oddities} whole />
        </Section>
      </div>
      <nav className="row law-neighbours no-print" aria-label="前后条文">
        {view.previous && <Go to={articlePath(work.id, view.previous.key)}>上一条 {view.previous.label}</Go>}
        {view.next && <Go to={articlePath(work.id, view.next.key)}>下一条 {view.next.label}</Go>}
        <Go to={readerPath(work.id, article.key)}>全文</Go>
      </nav>
    </Page>
  )
}

function isBare({ beside: { norms, standards, links }, oddities }: ArticleView): boolean {
  return norms.length + standards.length + links.length + oddities.length === 0
}
