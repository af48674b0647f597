import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestScan, type ScannedCard } from '../../model/scan.ts'
import {
  changesOf,
  isSoAlready,
  missingOf,
  nextToAsk,
  readyCards,
  withAnswer,
  withCode,
  type Session,
  type Setup,
} from './session.ts'

const setup: Setup = {
  act: 'move',
  toPersonId: '',
  toName: '',
  place: '主楼305',
  department: '',
  state: 'idle',
  effectiveOn: '2026-11-23',
  reason: '办公室调整',
}
const empty: Session = { setup, begun: true, rows: [] }
const card = (at: number): ScannedCard => ({
  id: `card-${at}`,
  number: `JY-${at}`,
  name: '台式计算机',
  model: '',
  place: '主楼301',
  department: '',
  custodianName: '',
  state: 'in-use',
})
const scanned = (session: Session, code: string, at: number) =>
  withAnswer(withCode(session, code).session, code, { card: card(at), may: null })

describe('a scan session (A12-2, A12-4)', () => {
  it('a code scanned twice, a label after its number and a number after its label are one thing, told as a double', () => {
    const one = scanned(empty, 'JY-1', 1).session
    expect(withCode(one, 'jy-1 ').double?.card?.id).toBe('card-1')
    const twice = scanned(one, 'YB01', 1)
    expect([twice.double?.code, twice.session.rows.length]).toEqual(['JY-1', 1])
    const label = scanned(empty, 'YB01', 1).session
    expect(withCode(label, 'JY-1').double?.code).toBe('YB01')
  })

  it('what cannot be done or is not there stays in sight and is not sent', () => {
    const refused = withAnswer(withCode(empty, 'JY-2').session, 'JY-2', {
      card: card(2),
      may: [{ code: 'card-engaged', message: '正在办理维修。', basis: null, facts: {}, remedy: null }],
    }).session
    const unknown = withAnswer(withCode(refused, 'ZZ').session, 'ZZ', { problem: '没有找到' }).session
    const all = scanned(unknown, 'JY-3', 3).session
    expect([all.rows.length, readyCards(all).map(({ id }) => id), nextToAsk(all)]).toEqual([3, ['card-3'], null])
  })

  it('another receiver judges every thing anew; what was judged for the former is not sent', () => {
    const one = scanned(empty, 'JY-1', 1).session
    const handing: Session = { ...one, setup: { ...setup, act: 'hand-over', toPersonId: 'p1' } }
    expect([readyCards(handing), nextToAsk(handing)?.code]).toEqual([[], 'JY-1'])
    const judged = withAnswer(handing, 'JY-1', { card: card(1), may: null }).session
    expect(readyCards(judged)).toHaveLength(1)
    expect(readyCards({ ...judged, setup: { ...judged.setup, toPersonId: 'p2' } })).toEqual([])
  })

  it('begins only with what its act needs, and sends only that', () => {
    expect(missingOf(setup)).toEqual([])
    expect(missingOf({ ...setup, place: ' ', reason: '' })).toEqual(['请填写新的存放地点或使用部门。', '请填写原因。'])
    expect(missingOf({ ...setup, act: 'hand-over' })).toEqual(['请选择接收人。'])
    expect(changesOf(setup)).toEqual({ place: '主楼305' })
    expect(changesOf({ ...setup, act: 'state' })).toEqual({ state: 'idle' })
    expect(isSoAlready({ ...setup, place: '主楼301' }, card(1))).toBe(true)
    expect(isSoAlready({ ...setup, place: '主楼301', department: '办公室' }, card(1))).toBe(false)
    expect(isSoAlready({ ...setup, act: 'hand-over' }, card(1))).toBe(false)
  })

  const scans = (min: number, maxLength: number) =>
    fc.array(fc.tuple(fc.integer({ min, max: longestScan + 20 }), fc.boolean()), { maxLength })
  const almostFull = longestScan - 3
  it('however one scans, each thing is sent once, in the order of its first scan, and never more than one act takes', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.constant(0), scans(0, 200)),
          fc.tuple(fc.constant(almostFull), scans(almostFull - 10, 20)),
        ),
        ([already, further]) => {
          const there = Array.from({ length: already }, (_, at) => at)
          let session: Session = { ...empty, rows: there.map(rowOf) }
          for (const [at, byLabel] of further) session = scanned(session, byLabel ? `YB${at}` : `JY-${at}`, at).session
          const sent = readyCards(session).map(({ id }) => id)
          const first = new Set([...there, ...further.map(([at]) => at)])
          expect(sent).toEqual([...first].slice(0, longestScan).map((at) => `card-${at}`))
        },
      ),
    ))

  it('is full at the most that one act changes, and says so', () => {
    const full: Session = { ...empty, rows: Array.from({ length: longestScan }, (_, at) => ({ ...rowOf(at) })) }
    expect(withCode(full, 'X')).toMatchObject({ full: true, double: null, session: full })
  })
})

const rowOf = (at: number) => ({
  code: `JY-${at}`,
  card: card(at),
  reasons: null,
  problem: null,
  judgedFor: 'move',
  pictures: 0,
})
