import { Button } from 'antd'
import { CodeEntry } from '#kernel/web/camera/CodeEntry.tsx'
import { awaySince } from '#kernel/web/connection.ts'
import { clockTime } from '#kernel/web/dates.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { Go, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { useSignal } from '#kernel/web/signals.ts'
import { ThingRows } from '#kernel/web/thing/ThingRow.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { changesText, scanActLabels } from '../model/scan.ts'
import { ScanRow } from './scan/ScanRow.tsx'
import { changed, changesOf, isSoAlready, judgedAs, readyCards, without, type Setup } from './scan/session.ts'
import { SetupForm } from './scan/SetupForm.tsx'
import { useScanSession } from './scan/use-session.ts'
import './assets.css'
import './scan/scan.css'

/** Choose an act once, scan on, one receipt at the end: on a phone with its camera, at a desk with a hand scanner. */
export default function ScanSessionPage() {
  const { person, organ } = useMe()
  return (
    <Page
      title="连续扫码"
      narrow
      lead="先选一次要办的事，再逐件扫码；扫完一次办理，生成一张单据。"
      trail={[{ label: '扫码查资产', path: '/assets/scan' }]}
    >
      <ScanSession key={`${person.id} ${organ?.id ?? ''}`} />
      <p className="scan-more">
        <Go to="/assets/scan/receipts">以前办理的资产变动单</Go>
      </p>
    </Page>
  )
}

function ScanSession() {
  const { session, said, durable, change, scan, clear, finish } = useScanSession()
  const { setup, begun, rows } = session
  const set = (changes: Partial<Setup>) => change((before) => ({ ...before, setup: { ...before.setup, ...changes } }))
  const away = useSignal(awaySince)
  if (!begun)
    return (
      <>
        {rows.length > 0 && <p role="status">已扫的 {rows.length} 件还在，开始后按新选的事项重新核对。</p>}
        <SetupForm setup={setup} onChange={set} onBegin={() => change((before) => ({ ...before, begun: true }))} />
      </>
    )
  const ready = readyCards(session)
  const waiting = rows.filter(({ judgedFor }) => judgedFor !== judgedAs(setup)).length
  return (
    <div className="scan-session">
      <div className="scan-head">
        <p>
          <b>{scanActLabels[setup.act]}</b>
          <span>{wordsOf(setup)}</span>
        </p>
        <Button onClick={() => change((before) => ({ ...before, begun: false }))}>修改</Button>
      </div>
      <CodeEntry
        label="资产编号或序列号"
        placeholder="扫码枪扫描，或输入编号后回车"
        scan="打开相机连续扫码"
        submit="加入"
        continuous
        autoFocus
        onCode={scan}
      />
      <p className={said === null || said.good ? 'scan-said' : 'scan-said scan-said-not'} role="status">
        {said?.text ?? '扫到的资产会列在下面。'}
      </p>
      {away !== null && (
        <p className="upload-wait">网络中断（{clockTime(away)} 起），可以继续扫，连上服务器后自动核对。</p>
      )}
      {!durable && <p className="field-error">本机不能保存，办理前请勿关闭页面。</p>}
      {rows.length > 0 && (
        <p className="scan-count">
          已扫 <b>{rows.length}</b> 件，可以办理 <b>{ready.length}</b> 件{waiting > 0 && `，待核对 ${waiting} 件`}
        </p>
      )}
      <ThingRows>
        {rows.toReversed().map((row) => (
          <ScanRow
            key={row.code}
            row={row}
            marked={said?.code === row.code}
            waits={row.judgedFor !== judgedAs(setup)}
            already={row.card !== null && isSoAlready(setup, row.card)}
            onPicture={() => change((before) => changed(before, row.code, { pictures: row.pictures + 1 }))}
            onRemove={() => change((before) => without(before, row.code))}
          />
        ))}
      </ThingRows>
      {rows.length > 0 && (
        <Finish
          setup={setup}
          cardIds={ready.map(({ id }) => id)}
          left={rows.length - ready.length}
          waiting={waiting}
          onDone={finish}
          onClear={clear}
        />
      )}
    </div>
  )
}

function wordsOf(setup: Setup): string {
  const { act, toName, effectiveOn, reason } = setup
  return act === 'hand-over'
    ? `接收人 ${toName}，${reason}`
    : `${changesText(changesOf(setup))}，${effectiveOn}，${reason}`
}

/** One act for all of them: whole, or refused with every reason. */
function Finish({
  setup,
  cardIds,
  left,
  waiting,
  onDone,
  onClear,
}: {
  setup: Setup
  cardIds: string[]
  left: number
  waiting: number
  onDone: () => void
  onClear: () => void
}) {
  const go = useGo()
  const done = (words: string, address: string) => {
    onDone()
    tell(words)
    go(address)
  }
  const offer = useSend(contract.offerHandover, {
    onDone: ({ handover }) => done(`已发起交接 ${handover.number}，等接收人签收。`, `/assets/handovers/${handover.id}`),
  })
  const change = useSend(contract.finishScan, {
    onDone: ({ receipt }) => done(`已变更 ${receipt.changed} 件。`, `/assets/scan/receipts/${receipt.id}`),
  })
  const { act, toPersonId, effectiveOn, reason } = setup
  const send = () =>
    act === 'hand-over'
      ? offer.send({ cardIds, toPersonId, reason })
      : change.send({ act, cardIds, effectiveOn, reason, ...changesOf(setup) })
  const refusal =
    waiting > 0 || cardIds.length === 0
      ? [
          {
            code: 'not-judged',
            message: waiting > 0 ? `还有 ${waiting} 件没有核对。` : '没有可以办理的资产。',
            basis: null,
            facts: {},
            remedy: null,
          },
        ]
      : null
  const error = offer.error ?? change.error
  return (
    <div className="scan-finish">
      <Refusals of={error} onRetry={offer.error ? offer.retry : change.retry} />
      {left > 0 && waiting === 0 && cardIds.length > 0 && (
        <p className="quiet">另有 {left} 件不能办理，不在这一批内。</p>
      )}
      <div className="row">
        <ActionButton primary refusal={refusal} busy={offer.sending || change.sending} onClick={send}>
          {act === 'hand-over' ? `发起交接 ${cardIds.length} 件` : `办理 ${cardIds.length} 件`}
        </ActionButton>
        <Button onClick={onClear}>全部移出</Button>
      </div>
    </div>
  )
}
