import { Button } from 'antd'
import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { contract } from '../contract.ts'
import { centralisedLabels, needKindLabels, type Centralised } from '../model.ts'
import { catalogueText, providedItemNames } from '../rules/catalogue.ts'
import { DayFilter, periodText, PlaceFilter, usePlace } from './scope.tsx'
import './standards.css'

const Filters = z.object({ place: z.string().optional(), on: z.string().optional() })
type Kind = OutputOf<(typeof contract)['catalogueLevels']>['kinds'][number]

const tones: Record<Centralised, Tone> = {
  yes: 'done',
  'in-compound': 'running',
  'important-only': 'running',
  'where-provided': 'running',
  no: 'draft',
}

/** The guidance catalogue: for each kind of need, how far it is managed centrally here, and which level says so. */
export default function CataloguePage() {
  const me = useMe()
  const go = useGo()
  return (
    <Page
      title="集中统一管理事项指导目录"
      lead="每一类需求是否由机关事务管理部门集中统一管理。下级可以增加，不能减少条例第十条和上级目录规定的事项。"
      actions={
        me.roles.includes('plan-reviewer') && (
          <Button type="primary" onClick={() => go('/standards/drafts/new?matter=catalogue')}>
            起草目录
          </Button>
        )
      }
    >
      <Catalogue />
    </Page>
  )
}

function Catalogue() {
  const [{ place, on }, change] = useFilters(Filters)
  const jurisdictionCode = usePlace(place)
  const { kinds, places } = useFetched(contract.catalogueLevels, {
    jurisdictionCode,
    ...(on === undefined ? {} : { on }),
  })
  return (
    <>
      <div className="row no-print">
        <PlaceFilter value={jurisdictionCode} onChange={(code) => change({ place: code })} />
        <DayFilter label="适用日" value={on} onChange={(day) => change({ on: day })} />
      </div>
      {kinds.map((kind) => (
        <KindSection key={kind.needKind} kind={kind} places={places} />
      ))}
    </>
  )
}

function KindSection({ kind, places }: { kind: Kind; places: Record<string, string> }) {
  const { needKind, effective, levels, versions } = kind
  const earlier = versions.filter(({ id }) => !levels.some(({ entry }) => entry?.id === id))
  return (
    <section className="catalogue-kind">
      <h3>
        {needKindLabels[needKind]}
        {effective === null ? (
          <StateTag tone="overdue" word="目录没有载明" />
        ) : (
          <StateTag tone={tones[effective.centralised]} word={centralisedLabels[effective.centralised]} />
        )}
        {effective?.provided && (
          <span className="quiet">
            由机关事务管理部门统一提供
            {effective.items.length > 0 && `：${providedItemNames(effective).join('、')}`}
          </span>
        )}
      </h3>
      <dl className="catalogue-levels">
        {levels.map(({ jurisdictionCode, entry }) => (
          <div key={jurisdictionCode}>
            <dt>{places[jurisdictionCode]}</dt>
            <dd>
              {entry === null ? (
                <span className="quiet">没有另行规定</span>
              ) : (
                <>
                  <p>
                    {catalogueText(entry)}
                    {entry.note === '' ? '' : `：${entry.note}`}
                  </p>
                  <p className="quiet">
                    {periodText(entry)} · {entry.citation}
                  </p>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {earlier.length > 0 && (
        <details>
          <summary>其他版本（{earlier.length}）</summary>
          <ul>
            {earlier.map((entry) => (
              <li key={entry.id}>
                {places[entry.jurisdictionCode]} {periodText(entry)}：{catalogueText(entry)}
                <span className="quiet"> {entry.citation}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
