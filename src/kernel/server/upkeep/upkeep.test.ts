import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { archiveStateOf } from './archive-state.ts'
import { isBackupDue } from './backup-due.ts'

const at = { hour: 2, minute: 30 }
const moment = (text: string) => new Date(`${text}+08:00`)

describe('when the daily backup is due', () => {
  test.each([
    ['never made', null, null, '2026-11-25T12:00:00', true],
    ['made after the time of day', '2026-11-25T02:30:05', '2026-11-25T02:30:05', '2026-11-25T12:00:00', false],
    ['the night after, before the time', '2026-11-25T02:30:05', '2026-11-25T02:30:05', '2026-11-26T02:29:59', false],
    ['the night after, at the time', '2026-11-25T02:30:05', '2026-11-25T02:30:05', '2026-11-26T02:30:00', true],
    ['by hand in the evening counts until the night', '2026-11-25T20:00:00', null, '2026-11-26T02:00:00', false],
    ['failed just now: not at every look', '2026-11-24T02:30:05', '2026-11-25T02:30:00', '2026-11-25T03:20:00', false],
    ['failed an hour ago: again', '2026-11-24T02:30:05', '2026-11-25T02:30:00', '2026-11-25T03:31:00', true],
    ['the first one failed', null, '2026-11-25T02:30:00', '2026-11-25T02:45:00', false],
  ])('%s', (_, done, tried, now, due) => {
    const last = { doneAt: done ? moment(done) : null, triedAt: tried ? moment(tried) : null }
    expect(isBackupDue(last, at, moment(now))).toBe(due)
  })

  test('none is ever a day and an hour old without one being due', () =>
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), fc.integer({ min: 0, max: 5e9 }), (hour, minute, offset) => {
        const now = moment('2026-11-25T00:00:00').getTime() + offset
        const done = new Date(now - 25 * 3_600_000)
        expect(isBackupDue({ doneAt: done, triedAt: done }, { hour, minute }, new Date(now))).toBe(true)
      }),
    ))
})

describe('how the archive stands', () => {
  const now = moment('2026-11-25T10:00:00')
  const before = moment('2026-11-25T09:59:00')
  test.each([
    ['nothing archived yet', { lastArchivedAt: null, lastFailedAt: null }, 'working'],
    ['archived', { lastArchivedAt: now, lastFailedAt: null }, 'working'],
    ['failed at once', { lastArchivedAt: before, lastFailedAt: now }, 'failing'],
    ['failed and never archived', { lastArchivedAt: null, lastFailedAt: now }, 'failing'],
    ['recovered', { lastArchivedAt: now, lastFailedAt: before }, 'working'],
  ])('%s', (_, times, state) => {
    expect(archiveStateOf({ ...times, waiting: 0, oldestWaitingSeconds: 0 }).state).toBe(state)
  })

  test('an archiver that hangs without failing shows too', () => {
    const hanging = { lastArchivedAt: before, lastFailedAt: null, waiting: 3, oldestWaitingSeconds: 61 }
    expect(archiveStateOf(hanging)).toMatchObject({ state: 'failing', waiting: 3, lagSeconds: 61 })
    expect(archiveStateOf({ ...hanging, oldestWaitingSeconds: 30 }).state).toBe('working')
  })
})
