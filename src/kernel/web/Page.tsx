import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { Go } from './going.tsx'
import { Skeleton } from './Panels.tsx'
import './page.css'

export type Trail = readonly { label: string; path: string }[]

/** Sets the window's title: `需求申请 · 运保`. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 运保`
  }, [title])
}

/** A page: where one is, title, actions at the right, content. */
export function Page({
  title,
  lead,
  trail = [],
  actions,
  narrow = false,
  children,
}: {
  title: string
  /** One line under the title. */
  lead?: ReactNode
  /** The way here, without the page itself. */
  trail?: Trail
  actions?: ReactNode
  /** One column of text or form. */
  narrow?: boolean
  children: ReactNode
}) {
  useTitle(title)
  return (
    <article className={narrow ? 'page page-narrow' : 'page'}>
      <PageTrail trail={trail} />
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p className="page-lead">{lead}</p>}
        </div>
        {actions && <div className="page-actions row no-print">{actions}</div>}
      </header>
      <Suspense fallback={<Skeleton />}>{children}</Suspense>
    </article>
  )
}

export function PageTrail({ trail }: { trail: Trail }) {
  if (trail.length === 0) return null
  return (
    <nav className="page-trail no-print" aria-label="所在位置">
      {trail.map(({ label, path }) => (
        <span key={path}>
          <Go to={path}>{label}</Go>
        </span>
      ))}
    </nav>
  )
}

/** A part of a page under its own heading, on paper. */
export function Section({ title, actions, children }: { title?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      {(title || actions) && (
        <div className="section-head">
          {title && <h2>{title}</h2>}
          {actions && <div className="row no-print">{actions}</div>}
        </div>
      )}
      <Suspense fallback={<Skeleton lines={4} />}>{children}</Suspense>
    </section>
  )
}

export type Fact = {
  label: string
  value: ReactNode
  /** Quiet words under the value: source, how it was reckoned, 预填自…. */
  note?: ReactNode
  /** Takes the whole width: longer text. */
  wide?: boolean
}

/** Facts of a record as label and value. Facts whose value is null or undefined are left out. */
export function Facts({ of: facts }: { of: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ label, value, note, wide }) => (
          <div key={label} className={wide ? 'fact fact-wide' : 'fact'}>
            <dt>{label}</dt>
            <dd>
              {value}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
    </dl>
  )
}
