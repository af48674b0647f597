import { useEffect, useRef, useState } from 'react'
import { call } from '#kernel/web/client.ts'
import { awaySince } from '#kernel/web/connection.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useKept } from '#kernel/web/draft/use-kept.ts'
import { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { useSignal } from '#kernel/web/signals.ts'
import { contract } from '../../contract.ts'
import { longestScan } from '../../model/scan.ts'
import { codeOf, nextToAsk, withAnswer, withCode, type Row, type Session, type Setup } from './session.ts'

/** The last thing that happened, said aloud and marked in the list. */
export type Said = { text: string; code: string | null; good: boolean }

const newSetup = (): Setup => ({
  act: 'move',
  toPersonId: '',
  toName: '',
  place: '',
  department: '',
  state: 'idle',
  effectiveOn: todayHere(),
  reason: '',
})

/** The session on this machine: it survives a reload, and asks the server about each scan as soon as it can. */
export function useScanSession() {
  const [fresh] = useState((): Session => ({ setup: newSetup(), begun: false, rows: [] }))
  const [session, change, durable] = useKept<Session>('assets.scan', fresh)
  const [said, setSaid] = useState<Said | null>(null)
  const away = useSignal(awaySince)
  const asking = useRef(false)
  const next = session.begun ? nextToAsk(session) : null

  useEffect(() => {
    if (next === null || away !== null || asking.current) return
    asking.current = true
    const { act, toPersonId } = session.setup
    call(contract.scanCard, { code: next.code, act, ...(act === 'hand-over' ? { toPersonId } : {}) })
      .then(
        (answer) => answer,
        (error: unknown) => {
          if (error instanceof Unreachable) return null
          if (error instanceof ProblemError) return { problem: error.detail }
          throw error
        },
      )
      .then((answer) => {
        asking.current = false
        // Asked again once the server is there: the connection's signal draws anew.
        if (answer === null) return
        const told = withAnswer(session, next.code, answer)
        setSaid(told.double ? doubleOf(told.double) : saidOf(next, answer))
        // What was scanned meanwhile is in the newer state, not in the one this closure saw.
        change((newest) => withAnswer(newest, next.code, answer).session)
      })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once for each code and act
  }, [next?.code, next?.judgedFor, session.setup.act, session.setup.toPersonId, session.begun, away])

  const scan = (code: string) => {
    const { double, full } = withCode(session, code)
    if (full) return setSaid({ text: `一次最多 ${longestScan} 件，请先办理这一批。`, code: null, good: false })
    if (double) return setSaid(doubleOf(double))
    change((before) => withCode(before, code).session)
  }
  return {
    session,
    said,
    durable,
    change,
    scan,
    clear: () => {
      change((before) => ({ ...fresh, setup: before.setup }))
      setSaid(null)
    },
    finish: () => change(() => fresh),
  }
}

const doubleOf = (row: Row): Said => ({
  text: `已经扫过：${row.card ? `${row.card.name} ${row.card.number}` : codeOf(row)}`,
  code: row.code,
  good: false,
})

function saidOf(
  row: Row,
  answer: Awaited<ReturnType<typeof call<typeof contract.scanCard>>> | { problem: string },
): Said {
  navigator.vibrate?.(60)
  if ('problem' in answer) return { text: answer.problem, code: row.code, good: false }
  const { card, may } = answer
  return {
    text: `${card.name} ${card.number}：${may === null ? '可以办理' : may.map(({ message }) => message).join('')}`,
    code: row.code,
    good: may === null,
  }
}
