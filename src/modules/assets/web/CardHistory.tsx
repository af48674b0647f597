import { useState } from 'react'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Section } from '#kernel/web/Page.tsx'
import { ErrorPanel } from '#kernel/web/Panels.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { eventKindLabels, stateLabels } from '../model.ts'
import { cardField, cardFieldNames, fieldText } from '../model/fields.ts'
import type { CardView } from './CardPage.tsx'
import { CorrectDialog } from './CorrectDialog.tsx'
import { RegroupingSections } from './Regroupings.tsx'

type Event = CardView['events'][number]

/** Events that tell everything of a card, and those that no correction changes. */
const whole: readonly Event['kind'][] = ['registered', 'formed']
const final: readonly Event['kind'][] = ['removed', 'organ', 'split', 'merged', 'formed']

/** Everything that happened, newest first, who held it when, and how it stood on any day. */
export function CardHistory({ view }: { view: CardView }) {
  const [correcting, setCorrecting] = useState<Event | null>(null)
  const replaced = new Set(view.events.map(({ corrects }) => corrects))
  return (
    <div className="card-history">
      <Section title="变动">
        <ol className="card-events">
          {view.events.map((event) => (
            <li key={event.id} className={replaced.has(event.id) ? 'card-event-replaced' : undefined}>
              <p>
                <b>{event.effectiveOn}</b> {eventKindLabels[event.kind]}
                {event.corrects !== null && '（更正）'}
                {replaced.has(event.id) && '（已被更正）'}
                <span className="quiet">
                  {' '}
                  {event.personName} 记于 {shortInstant(event.recordedAt)}
                </span>
              </p>
              {!whole.includes(event.kind) && <p>{changesText(event.changes)}</p>}
              {event.reason && <p className="quiet">原因：{event.reason}</p>}
              {event.document && <p className="quiet">文号：{event.document}</p>}
              {!replaced.has(event.id) && !final.includes(event.kind) && (
                <ActionButton refusal={view.may.change} onClick={() => setCorrecting(event)}>
                  更正
                </ActionButton>
              )}
            </li>
          ))}
        </ol>
      </Section>
      <RegroupingSections view={view} />
      <Section title="保管人">
        <ol className="card-holders">
          {view.holders.map(({ custodianName, organName, from, until }) => (
            <li key={from}>
              <span className="number">
                {from} 至 {until ?? '今'}
              </span>{' '}
              {custodianName || '未指定保管人'} <span className="quiet">{organName}</span>
            </li>
          ))}
        </ol>
      </Section>
      <Section title="查看某日的状态">
        <StateOn cardId={view.card.id} />
      </Section>
      {correcting && <CorrectDialog view={view} event={correcting} onClose={() => setCorrecting(null)} />}
    </div>
  )
}

/** As it was on a day; with the second date, as it was known then. */
function StateOn({ cardId }: { cardId: string }) {
  const [on, setOn] = useState(todayHere())
  const [knownOn, setKnownOn] = useState('')
  const { data, error } = useFetchedLater(
    contract.cardOn,
    on === '' ? null : { cardId, on, ...(knownOn ? { knownOn } : {}) },
  )
  return (
    <div className="stack">
      <div className="row card-state-on">
        <span className="card-state-day">
          <label htmlFor="state-on">日期</label>
          <LocalDateInput id="state-on" value={on} max={todayHere()} onChange={(value) => setOn(value ?? '')} />
        </span>
        <span className="card-state-day">
          <label htmlFor="state-known">按哪天所知（选填）</label>
          <LocalDateInput
            id="state-known"
            value={knownOn}
            max={todayHere()}
            onChange={(value) => setKnownOn(value ?? '')}
          />
        </span>
      </div>
      {error && <ErrorPanel error={error} />}
      {data?.facts === null && <p>那一天还没有入账。</p>}
      {data?.facts && (
        <p>
          {data.removedOn
            ? `已于 ${data.removedOn} ${data.facts.state === 'replaced' ? '拆分合并' : '处置注销'}。`
            : `${stateLabels[data.facts.state]}，`}
          存放于 {data.facts.place || '–'}，保管人 {data.facts.custodianName || '–'}；原值{' '}
          {yuanText(data.facts.costFen)} 元，截至 {on.slice(0, 7)} 累计折旧 {yuanText(data.accumulatedFen)} 元，净值{' '}
          {yuanText(data.netFen)} 元。
        </p>
      )}
    </div>
  )
}

/** `存放地点改为附楼102；保管人改为李晓东`. */
export function changesText(changes: Event['changes']): string {
  return cardFieldNames
    .filter((name) => name in changes)
    .map((name) => `${cardField(name).title}改为${fieldText(name, changes[name]) ?? '空'}`)
    .join('；')
}
