import { articleAddress } from '#kernel/pure/norm-article.ts'
import { Go } from '#kernel/web/going.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import type { ArticleView, NormView } from '../contract.ts'
import { kindLabels, standingLabels, type Standing } from '../model.ts'

const tones: Record<Standing, Tone> = { whole: 'done', part: 'running', display: 'draft', open: 'waiting' }

/** One article with its norms: what each says, what carries it, how much is under way; the one the address names stands out. */
export function ArticleNorms({ article, named }: { article: ArticleView; named: string }) {
  return (
    <section className="norm-article">
      <h4>
        <Go to={articleAddress(article.number)}>{article.place}</Go> <span>{article.title}</span>
      </h4>
      <ul>
        {article.norms.map((norm) => (
          <li key={norm.id} id={norm.id} className={norm.id === named ? 'norm norm-named' : 'norm'}>
            <Said norm={norm} />
            <Carried norm={norm} />
            <Cases norm={norm} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Said({ norm }: { norm: NormView }) {
  const { id, place, kind, bearer, towards, text, trigger, deadline, evidence } = norm
  const facts = [
    ['主体', [bearer, towards].filter((one) => one !== null).join(' → ') || null],
    ['触发', trigger],
    ['期限', deadline],
    ['凭据', evidence],
  ].filter(([, value]) => value !== null)
  return (
    <div className="norm-said">
      <p>
        <code>{id}</code> {text}
      </p>
      <p className="quiet">
        {place} · {kindLabels[kind]}
        {facts.map(([label, value]) => ` · ${label}：${value}`).join('')}
      </p>
    </div>
  )
}

function Carried({ norm: { standing, open, places } }: { norm: NormView }) {
  return (
    <div className="norm-carried">
      <StateTag tone={tones[standing]} word={standingLabels[standing]} />
      {places.map(({ module, title, page, acts }) => (
        <p key={`${module} ${page}`}>
          {page === null ? title : <Go to={page}>{title}</Go>}
          <span className="quiet"> {acts.join('、')}</span>
        </p>
      ))}
      {open !== null && <p className="quiet">{standing === 'part' ? `尚缺：${open}` : `待建：${open}`}</p>}
    </div>
  )
}

function Cases({ norm: { id, cases } }: { norm: NormView }) {
  if (cases === null) return <div className="norm-cases" />
  return (
    <div className="norm-cases">
      <span>在办 {cases.open}</span>
      {cases.overdue > 0 && (
        <Go to={`/norms?norm=${id}`}>
          <StateTag tone="overdue" word={`逾期 ${cases.overdue}`} />
        </Go>
      )}
    </div>
  )
}
