import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { levelLabels, levels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go, useFilters, useGo } from '#kernel/web/going.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { rankLabels, ranks } from '#modules/organs/model.ts'
import { contract } from '../contract.ts'
import { standardKindLabels, type Standard } from '../model.ts'
import { standardFieldLabels } from '../model/definition.ts'
import { valueText } from '../rules/value-text.ts'
import { CompareTable } from './CompareTable.tsx'
import { ConfidenceMark, DayFilter, periodText, PlaceFilter, scopeText, usePlace } from './scope.tsx'
import './standards.css'

const Filters = z.object({ place: z.string().optional(), on: z.string().optional() })
type View = OutputOf<(typeof contract)['viewStandard']>

/** One standard: what holds on a day, by level and rank where it differs; its versions, side by side; norms and ground. */
export default function StandardPage({ params: { code } }: PageProps<'/standards/:code'>) {
  const [{ place, on }, change] = useFilters(Filters)
  const jurisdictionCode = usePlace(place)
  const view = useFetched(contract.viewStandard, {
    code,
    jurisdictionCode,
    ...(on === undefined ? {} : { on }),
  })
  return (
    <Record
      title={view.title}
      kind={standardKindLabels[view.kind]}
      number={view.code}
      trail={[{ label: '标准总览', path: '/standards' }]}
      facts={factsOf(view)}
      actions={<ReviseButton view={view} />}
      details={
        <>
          <div className="row no-print standards-tools">
            <PlaceFilter value={jurisdictionCode} onChange={(next) => change({ place: next })} />
            <DayFilter label="适用日" value={on} onChange={(day) => change({ on: day })} />
          </div>
          <Section>
            <InForce rows={view.rows} />
          </Section>
        </>
      }
      more={[
        { key: 'versions', label: `历次版本（${view.versions.length}）`, content: <Versions view={view} /> },
        { key: 'compare', label: '对照', content: <Comparison view={view} /> },
        { key: 'use', label: '适用与关联', content: <Ties view={view} /> },
      ]}
    />
  )
}

function factsOf({ field, norms, rows, on, versions, places }: View): Fact[] {
  const setters = [...new Set(rows.map(({ jurisdictionCode }) => places[jurisdictionCode] ?? jurisdictionCode))]
  const sources = [...new Set(rows.map(({ citation }) => citation))]
  const next = versions.find(({ from }) => from > on)
  return [
    { label: '领域', value: field === null ? null : standardFieldLabels[field] },
    { label: '制定', value: setters.join('、') || null },
    {
      label: '条例规范',
      value: norms.length === 0 ? null : norms.map((norm) => <NormLink key={norm} norm={norm} />),
    },
    { label: '即将变化', value: next ? `${next.from} 起施行新版本` : null },
    { label: '依据', value: sources.join('；') || null, wide: true },
  ]
}

/** To the article of the Regulation that the norm stands in. */
function NormLink({ norm }: { norm: string }) {
  const article = /^A(\d+)-/.exec(norm)?.[1]
  return (
    <>
      <Go to={article === undefined ? `/norms#${norm}` : `/regulations/articles/${article}#${norm}`}>
        第{article}条 {norm}
      </Go>{' '}
    </>
  )
}

/** To the draft of a new version; those who may not draft are told so there. */
function ReviseButton({ view: { rows, kind } }: { view: View }) {
  const me = useMe()
  const go = useGo()
  const finance = kind === 'expenditure-quota' || kind === 'spending-standard'
  if (!me.roles.includes(finance ? 'finance-reviewer' : 'plan-reviewer') || rows.length === 0) return null
  return (
    <Button
      type="primary"
      onClick={() => go(`/standards/drafts/new?${rows.map(({ id }) => `row=${id}`).join('&')}&kind=${kind}`)}
    >
      修订
    </Button>
  )
}

/** In words where there is one row; level by rank where there are many. */
function InForce({ rows }: { rows: readonly Standard[] }) {
  const [only] = rows
  if (only === undefined) return <Empty title="这一天没有适用的标准">请换一个适用日，或者查看历次版本。</Empty>
  if (rows.length === 1 && only.level === null && only.rank === null)
    return (
      <div className="stack">
        <p className="standards-words">{valueText(only.value)}</p>
        <ConfidenceMark row={only} />
        <p className="quiet">
          {periodText(only)} · {only.citation}
        </p>
        {only.note !== '' && <p>{only.note}</p>}
      </div>
    )
  return <Matrix rows={rows} />
}

function Matrix({ rows }: { rows: readonly Standard[] }) {
  const columns = [null, ...levels].filter((level) => rows.some((row) => row.level === level))
  const lines = [null, ...ranks].filter((rank) => rows.some((row) => row.rank === rank))
  const notes = [...new Set(rows.map(({ note }) => note).filter((note) => note !== ''))]
  return (
    <div className="stack">
      <div className="standards-scroll">
        <table className="standards-matrix">
          <thead>
            <tr>
              <th scope="col">职务层次</th>
              {columns.map((level) => (
                <th key={level ?? ''} scope="col">
                  {level === null ? '各级机关' : `${levelLabels[level]}机关`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((rank) => (
              <tr key={rank ?? ''}>
                <th scope="row">{rank === null ? '不区分' : rankLabels[rank]}</th>
                {columns.map((level) => {
                  const row = rows.find((one) => one.rank === rank && one.level === level)
                  return (
                    <td key={level ?? ''}>
                      {row ? valueText(row.value) : '–'}
                      {row && <ConfidenceMark row={row} />}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </div>
  )
}

/** Newest first; the one that holds on the day is marked. */
function Versions({ view: { versions, places, on } }: { view: View }) {
  return (
    <ul className="standards-versions">
      {versions.map((row) => {
        const now = row.from <= on && (row.until === null || row.until >= on)
        return (
          <li key={row.id}>
            <div>
              <p className="number">{periodText(row)}</p>
              <p className={now ? 'now' : 'quiet'}>
                {places[row.jurisdictionCode]} {now ? '现行' : row.from > on ? '尚未施行' : '已失效'}
              </p>
            </div>
            <div>
              {scopeText(row) !== '' && <p className="quiet">{scopeText(row)}</p>}
              <p>
                {valueText(row.value)} <ConfidenceMark row={row} />
              </p>
              <p className="quiet">{row.citation}</p>
              {row.note !== '' && <p className="quiet">{row.note}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Two days of this standard side by side; at first the day before the newest version and its first day. */
function Comparison({ view: { code, versions, jurisdictionCode, on } }: { view: View }) {
  const newest = versions[0]?.from ?? on
  const [from, setFrom] = useState(addDays(newest, -1))
  const [to, setTo] = useState(newest)
  const { rows, same } = useFetched(contract.compareStandards, { code, jurisdictionCode, from, to })
  return (
    <div className="stack">
      <div className="row no-print">
        <DayFilter label="由" value={from} onChange={(day) => setFrom(day ?? on)} />
        <DayFilter label="至" value={to} onChange={(day) => setTo(day ?? on)} />
      </div>
      <CompareTable rows={rows} same={same} from={from} to={to} />
    </div>
  )
}

function Ties({ view: { below, restedOnBy, code } }: { view: View }) {
  return (
    <div className="stack">
      <Section title="下级自行制定">
        {below.length === 0 ? (
          <p className="quiet">下级没有另行制定，适用本标准。</p>
        ) : (
          <ul>
            {below.map(({ jurisdictionCode, jurisdictionName, from }) => (
              <li key={jurisdictionCode}>
                <Go to={`/standards/${code}?place=${jurisdictionCode}`}>{jurisdictionName}</Go>
                <span className="quiet"> {from} 起</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="据以制定的支出定额和开支标准">
        {restedOnBy.length === 0 ? (
          <p className="quiet">没有支出定额、开支标准以此为依据。</p>
        ) : (
          <ul>
            {restedOnBy.map((row) => (
              <li key={row.id}>
                <Go to={`/standards/${row.code}`}>{row.title}</Go>
                <span className="quiet"> {valueText(row.value)}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <p>
        <Go to={`/standards/drafts?code=${code}`}>制定和修订过程</Go>
      </p>
    </div>
  )
}
