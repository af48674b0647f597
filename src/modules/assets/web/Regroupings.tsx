import { Go } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { regroupingLabels, type Regrouping } from '../model.ts'
import type { CardView } from './CardPage.tsx'

/** One line for the head of a card: what goes on in its place, or what it came from. */
export function RegroupingNotice({ view: { regroupings } }: { view: CardView }) {
  const { formed, ended } = regroupings
  return (
    <>
      {ended && (
        <p>
          {ended.effectiveOn} {ended.kind === 'split' ? `拆分为 ${ended.after.length} 张卡片：` : '合并为：'}
          <Links cards={ended.after} />。
        </p>
      )}
      {formed && (
        <p>
          {formed.effectiveOn} 由 <Links cards={formed.before} /> {regroupingLabels[formed.kind]}形成。
        </p>
      )}
    </>
  )
}

const shownLinks = 5

function Links({ cards }: { cards: Regrouping['after'] }) {
  return (
    <>
      {cards.slice(0, shownLinks).map(({ cardId, number }, at) => (
        <span key={cardId}>
          {at > 0 && '、'}
          <Go to={`/assets/cards/${cardId}`}>{number}</Go>
        </span>
      ))}
      {cards.length > shownLinks && ' 等'}
    </>
  )
}

/** Both sides of each split or merge the card was part of, with the money that is the same on both. */
export function RegroupingSections({ view: { card, regroupings } }: { view: CardView }) {
  const all = [regroupings.ended, regroupings.formed].filter((one) => one !== null)
  return all.map((regrouping) => (
    <Section
      key={regrouping.id}
      title={`${regroupingLabels[regrouping.kind]}（${regrouping.effectiveOn}，${regrouping.recordedBy}）`}
    >
      <p className="quiet">
        原因：{regrouping.reason}
        {regrouping.document && `；依据：${regrouping.document}`}
      </p>
      <div className="stack">
        <Side title={`${regroupingLabels[regrouping.kind]}前`} cards={regrouping.before} here={card.id} />
        <Side title={`${regroupingLabels[regrouping.kind]}后`} cards={regrouping.after} here={card.id} />
      </div>
    </Section>
  ))
}

function Side({ title, cards, here }: { title: string; cards: Regrouping['before']; here: string }) {
  const sum = (of: (card: Regrouping['before'][number]) => number) => cards.reduce((total, card) => total + of(card), 0)
  return (
    <Table
      label={title}
      rows={cards}
      keyOf={({ cardId }) => cardId}
      href={({ cardId }) => (cardId === here ? null : `/assets/cards/${cardId}`)}
      height="auto"
      columns={[
        { key: 'name', title, value: ({ name }) => name, width: 180 },
        { key: 'number', title: '资产编号', value: ({ number }) => number, width: 160 },
        { key: 'quantity', title: '数量', value: ({ quantity, unit }) => `${quantity} ${unit}`, width: 90 },
        {
          key: 'costFen',
          title: '原值',
          kind: 'yuan',
          value: ({ costFen }) => costFen,
          total: sum(({ costFen }) => costFen),
        },
        {
          key: 'accumulatedFen',
          title: '累计折旧',
          kind: 'yuan',
          value: ({ accumulatedFen }) => accumulatedFen,
          total: sum(({ accumulatedFen }) => accumulatedFen),
        },
      ]}
      empty={null}
    />
  )
}
