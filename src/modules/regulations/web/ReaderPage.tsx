import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters, useGo } from '#kernel/web/going.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useNarrow } from '#kernel/web/narrow.ts'
import { Page } from '#kernel/web/Page.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract, type WorkView } from '../contract.ts'
import { fieldLabels, standingLabels, workKindLabels, type LawArticle } from '../model.ts'
import { ArticleText, type Ground } from './ArticleText.tsx'
import { BesideArticle } from './BesideArticle.tsx'
import { EndVersionDialog, LinkDialog } from './KeepingDialogs.tsx'
import { standingTones } from './LibraryPage.tsx'
import { articlePath } from './paths.ts'
import './regulations.css'

const Filters = z.object({
  version: z.uuid().optional().catch(undefined),
  on: z.iso.date().optional().catch(undefined),
})

/** A text to read: contents at the left, the text, and beside each article what concerns it. */
export default function ReaderPage({ params: { workId } }: PageProps<'/regulations/:workId'>) {
  const [{ version, on }, change] = useFilters(Filters)
  const view = useFetched(contract.viewWork, {
    workId,
    ...(version ? { versionId: version } : {}),
    ...(on ? { on } : {}),
  })
  const shown = view.versions.find(({ id }) => id === view.shownVersionId) ?? view.versions[0]
  const [dialog, setDialog] = useState<'link' | 'end' | null>(null)
  const go = useGo()
  useScrollToHash(view.shownVersionId)
  if (!shown) return null
  const at = view.versions.indexOf(shown)
  const other = view.versions[at + 1] ?? view.versions[at - 1]
  const [older, newer] = other && view.versions.indexOf(other) > at ? [other, shown] : [shown, other]
  return (
    <Page
      title={shown.title}
      trail={[{ label: '制度库', path: '/regulations' }]}
      lead={
        <>
          <StateTag tone={standingTones[shown.standing]} word={standingLabels[shown.standing]} />{' '}
          {workKindLabels[view.work.kind]}
          {shown.documentNumber && ` · ${shown.documentNumber}`} · {shown.issuer} · {shown.issuedOn}印发 ·{' '}
          {shown.validFrom}起施行
          {shown.validUntil && `，至${shown.validUntil}`} · 适用于{view.work.jurisdictionName} ·{' '}
          {view.work.fields.map((field) => fieldLabels[field]).join('、')}
        </>
      }
      actions={
        <>
          <Button onClick={() => window.print()}>打印</Button>
          <ActionButton refusal={view.may.change} onClick={() => setDialog('link')}>
            关联条文
          </ActionButton>
          <ActionButton refusal={view.may.change} onClick={() => setDialog('end')}>
            登记失效
          </ActionButton>
        </>
      }
    >
      <div className="row law-tools no-print">
        <span className="row">
          版本
          <Select
            aria-label="版本"
            style={{ minWidth: 260 }}
            value={shown.id}
            onChange={(id) => change({ version: id, on: undefined })}
            options={view.versions.map(({ id, validFrom, validUntil, documentNumber }) => ({
              value: id,
              label: `${validFrom} 至 ${validUntil ?? '今'}${documentNumber ? `（${documentNumber}）` : ''}`,
            }))}
          />
        </span>
        <span className="row law-on">
          某日的版本
          <LocalDateInput
            aria-label="某日的版本"
            value={on ?? null}
            onChange={(value) => change({ on: value === null ? undefined : String(value), version: undefined })}
          />
        </span>
        {older && newer && (
          <Button onClick={() => go(`/regulations/${workId}/comparison?before=${older.id}&after=${newer.id}`)}>
            比较版本
          </Button>
        )}
      </div>
      {on && shown.standing !== 'in-force' && shown.validFrom > on && (
        <p role="note" className="law-oddity">
          {on}没有施行中的版本，下面是{shown.validFrom}起施行的版本。
        </p>
      )}
      <Reader view={view} />
      {dialog === 'link' && <LinkDialog view={view} onClose={() => setDialog(null)} />}
      {dialog === 'end' && <EndVersionDialog version={shown} onClose={() => setDialog(null)} />}
    </Page>
  )
}

/** An address with an anchor leads there once the text has come. */
function useScrollToHash(versionId: string): void {
  useEffect(() => {
    const anchor = window.location.hash.slice(1)
    if (anchor !== '') document.getElementById(decodeURIComponent(anchor))?.scrollIntoView()
  }, [versionId])
}

function Reader({ view }: { view: WorkView }) {
  const { law, work } = view
  const ground = { workId: work.id, keys: new Set(law.articles.map(({ key }) => key)), named: view.named }
  const beside = new Map(view.beside.map((one) => [one.article, one]))
  const general = law.oddities.filter(({ article }) => article === null)
  return (
    <div className="law">
      <Contents law={law} />
      <div className="law-body">
        {law.notes.length > 0 && (
          <details className="law-notes" open={law.notes.length <= 2}>
            <summary>公布说明</summary>
            {law.notes.map(({ text, line }) => (
              <p key={line}>{text}</p>
            ))}
          </details>
        )}
        {general.length > 0 && (
          <ul className="law-general" aria-label="全文存疑之处">
            {general.map(({ id, message }) => (
              <li key={id}>{message}</li>
            ))}
          </ul>
        )}
        {law.articles.map((article, index) => (
          <section key={article.key} className="law-section">
            <Headings law={law} article={article} before={law.articles[index - 1]} />
            <ArticleRow article={article} ground={ground}>
              <BesideArticle
                beside={beside.get(article.key) ?? { article: article.key, norms: [], standards: [], links: [] }}
                oddities={law.oddities.filter((oddity) => oddity.article === article.key)}
              />
            </ArticleRow>
          </section>
        ))}
        {law.tail.length > 0 && (
          <section className="law-tail" aria-label="附件">
            {law.tail.map(({ text, line }) => (
              <p key={line}>{text}</p>
            ))}
          </section>
        )}
      </div>
    </div>
  )
}

function ArticleRow({ article, ground, children }: { article: LawArticle; ground: Ground; children: React.ReactNode }) {
  return (
    <article id={`article-${article.key}`} className="law-article" aria-label={article.label}>
      <div className="law-text">
        <h3>
          <Go to={articlePath(ground.workId, article.key)}>{article.label}</Go>
        </h3>
        <ArticleText article={article} ground={ground} />
      </div>
      {children}
    </article>
  )
}

type Law = WorkView['law']

/** The headings that begin with an article: those of its division that the article before it was not under. */
function Headings({ law, article, before }: { law: Law; article: LawArticle; before: LawArticle | undefined }) {
  const from = before === undefined ? -1 : (before.division ?? -1)
  const to = article.division ?? -1
  return law.divisions
    .map((division, index) => ({ ...division, index }))
    .filter(({ index }) => index > from && index <= to)
    .map(({ index, kind, label, title }) => (
      <h2 key={index} id={`division-${index}`} className={`law-heading law-heading-${kind}`}>
        {label}
        {title && `　${title}`}
      </h2>
    ))
}

/** The headings with their articles; folded on a phone, where the text comes first. */
function Contents({ law }: { law: Law }) {
  const narrow = useNarrow()
  const loose = law.articles.filter(({ division }) => division === null)
  const list = (
    <>
      {law.divisions.map((division, index) => (
        <div key={index}>
          <a href={`#division-${index}`} className={`law-contents-${division.kind}`}>
            {division.label} {division.title}
          </a>
          <ArticleAnchors articles={law.articles.filter((article) => article.division === index)} />
        </div>
      ))}
      {loose.length > 0 && <ArticleAnchors articles={loose} />}
    </>
  )
  return (
    <nav className="law-contents no-print" aria-label="目录">
      {narrow ? (
        <details>
          <summary>目录</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </nav>
  )
}

function ArticleAnchors({ articles }: { articles: readonly LawArticle[] }) {
  return (
    <p className="law-contents-articles">
      {articles.map(({ key, label }) => (
        <a key={key} href={`#article-${key}`} title={label}>
          {key}
        </a>
      ))}
    </p>
  )
}
