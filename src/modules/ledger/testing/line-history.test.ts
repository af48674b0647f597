import { describe, expect, test } from 'vitest'
import { anomaliesOf, type HistoryEntry, type Seen, type Wish } from './line-history.ts'

const beginning: Seen = { version: 1, plannedFen: 100, committedFen: 0, executedFen: 0 }
const seen = (version: number, executedFen: number): Seen => ({
  version,
  plannedFen: 100,
  committedFen: 0,
  executedFen,
})
const execute = (amountFen: number): Wish => ({ kind: 'execute', amountFen })
const entry = (begun: number, ended: number, wish: Wish, what: Seen | null): HistoryEntry => ({
  client: begun,
  wish,
  begun,
  ended,
  seen: what,
})

test('G24 a history that can have been is one', () => {
  const history = [
    entry(1, 4, execute(60), seen(2, 60)),
    entry(2, 3, execute(60), null),
    entry(5, 6, { kind: 'read' }, seen(2, 60)),
    entry(7, 8, execute(40), seen(3, 100)),
  ]
  expect(anomaliesOf(beginning, history)).toEqual([])
})

describe('G24 what cannot have been is found', () => {
  test.each<[string, HistoryEntry[]]>([
    ['a lost update', [entry(1, 4, execute(30), seen(2, 30)), entry(2, 3, execute(40), seen(2, 40))]],
    ['an overspending', [entry(1, 2, execute(60), seen(2, 60)), entry(3, 4, execute(60), seen(3, 120))]],
    ['an answer that is not the state', [entry(1, 2, execute(60), seen(2, 61))]],
    ['a movement that nobody made', [entry(1, 2, execute(10), seen(3, 10))]],
    ['a stale read', [entry(1, 2, execute(60), seen(2, 60)), entry(3, 4, { kind: 'read' }, seen(1, 0))]],
    ['a refusal without ground', [entry(1, 2, execute(60), null)]],
    ['an order against time', [entry(1, 2, execute(10), seen(3, 30)), entry(3, 4, execute(20), seen(2, 20))]],
  ])('%s', (_, history) => expect(anomaliesOf(beginning, history)).not.toEqual([]))
})
