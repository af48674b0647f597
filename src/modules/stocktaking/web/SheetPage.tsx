import { Button, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { CodeEntry } from '#kernel/web/camera/CodeEntry.tsx'
import { awaySince } from '#kernel/web/connection.ts'
import { clockTime } from '#kernel/web/dates.ts'
import { useKept } from '#kernel/web/draft/use-kept.ts'
import { useOpensOffline } from '#kernel/web/offline/opens-offline.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty, Skeleton } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { useSignal } from '#kernel/web/signals.ts'
import { ThingRows } from '#kernel/web/thing/ThingRow.tsx'
import type { Count } from '../model.ts'
import { countingOn, wholeList, type Counting } from './sheet/counting.ts'
import { FloorForm } from './sheet/FloorForm.tsx'
import { itemByCode, placesOf } from './sheet/find.ts'
import type { ListedItem } from './sheet/local-store.ts'
import { MarkDialog, type Subject } from './sheet/MarkDialog.tsx'
import { SheetRow } from './sheet/SheetRow.tsx'
import { OthersWaiting, Unsent } from './sheet/Unsent.tsx'
import { useKeptCount } from './sheet/use-kept-count.ts'
import './stocktaking.css'

/** The list lies on the phone once it was fetched: the page opens again where there is no network. */
export const opensWithoutNetwork = true

/** Counting on a phone, one hand, with or without a network: everything is kept here and sent when it can be. */
export default function SheetPage({ params }: PageProps<'/stocktaking/counts/:countId/sheet'>) {
  useOpensOffline()
  const { person } = useMe()
  const { count, mayCount } = useKeptCount({ personId: person.id, countId: params.countId })
  const counting = useMemo(
    () => countingOn({ personId: person.id, countId: params.countId }),
    [person.id, params.countId],
  )
  useEffect(() => counting.open(), [counting])
  return (
    <Page title={count.title} narrow trail={[{ label: '资产盘点', path: `/stocktaking/counts/${count.id}` }]}>
      {mayCount !== null && <Empty title="不能清点">{mayCount.map(({ message }) => message).join('')}</Empty>}
      {mayCount === null && <Sheet count={count} counting={counting} />}
      <OthersWaiting />
    </Page>
  )
}

const shownAtOnce = 60

function Sheet({ count, counting }: { count: Count; counting: Counting }) {
  const standing = useSignal(counting.standing)
  const away = useSignal(awaySince)
  const whole = count.items <= wholeList
  // The floor stays chosen: in the cellar the page opens anew with it.
  const [floor, keepFloor] = useKept(`stocktaking.floor.${count.id}`, '')
  const [place, setPlace] = useState<string | null>(null)
  const [openOnly, setOpenOnly] = useState(true)
  const [shown, setShown] = useState(shownAtOnce)
  const [subject, setSubject] = useState<Subject | null>(null)
  useEffect(() => {
    if (whole || floor !== '') void counting.load(whole ? '' : floor)
  }, [counting, whole, floor])
  const { items } = standing
  const here = items.filter((item) => place === null || item.place === place)
  const listed = here.filter(({ result, mine }) => !openOnly || result === null || mine === true)
  const counted = items.filter(({ result }) => result !== null).length
  const { say } = counting
  const lookUp = (code: string) => {
    const item = itemByCode(items, code)
    setSubject(item ? { kind: 'item', item, here: place } : { kind: 'unknown', code: code.trim(), here: place })
  }
  return (
    <div className="sheet">
      <div className="sheet-status" role="status">
        <b>{whole || items.length > 0 ? `已盘 ${counted} / ${items.length}` : `共 ${count.items} 项，按楼层下载`}</b>
        {standing.restored && (
          <span>{statusText(standing.marks.length + standing.photos.length, standing.sending, away)}</span>
        )}
        {!standing.durable && <span className="field-error">本机不能保存，全部发送前请勿关闭页面。</span>}
      </div>
      {standing.held && (
        <p className="field-error" role="alert">
          现在登录的是另一人。您清点的 {standing.marks.length + standing.photos.length} 项留在本机，不会以他人名义上传；
          由您本人重新登录后继续上传。
        </p>
      )}
      {standing.problem && (
        <p className="field-error" role="alert">
          {standing.problem}
        </p>
      )}
      {!whole && <FloorForm countId={count.id} floor={floor} onFloor={(chosen) => keepFloor(() => chosen)} />}
      <CodeEntry
        label="资产编号或序列号"
        placeholder="输入编号或序列号"
        scan="扫码清点"
        submit="查找"
        onCode={lookUp}
      />
      {standing.loading && (whole || floor !== '') && <Skeleton lines={5} />}
      {items.length > 0 && (
        <div className="sheet-narrow">
          <Select
            aria-label="存放地点"
            size="large"
            value={place ?? ''}
            onChange={(chosen) => {
              setPlace(chosen === '' ? null : chosen)
              setShown(shownAtOnce)
            }}
            options={[
              { value: '', label: '全部地点' },
              ...placesOf(items).map((one) => ({
                value: one.place,
                label: `${one.place || '未填地点'}（${one.open === 0 ? '已盘完' : `剩 ${one.open}`}）`,
              })),
            ]}
          />
          <label className="sheet-open">
            <input type="checkbox" checked={openOnly} onChange={(event) => setOpenOnly(event.target.checked)} />
            只看未盘和本次所盘
          </label>
        </div>
      )}
      <ThingRows>
        {listed.slice(0, shown).map((item) => (
          <SheetRow
            key={item.cardId}
            item={item}
            waits={standing.marks.some(({ mark }) => mark.cardId === item.cardId)}
            onSame={() => void say({ cardId: item.cardId, result: 'same' }, titleOf(item), null)}
            onOther={() => setSubject({ kind: 'item', item, here: place })}
          />
        ))}
      </ThingRows>
      {listed.length > shown && (
        <Button block size="large" onClick={() => setShown(shown + shownAtOnce)}>
          再显示 {Math.min(shownAtOnce, listed.length - shown)} 项
        </Button>
      )}
      {!standing.loading && items.length > 0 && listed.length === 0 && (
        <Empty title={place === null ? '清单已盘完' : `${place}已盘完`}>账外的实物请登记盘盈。</Empty>
      )}
      <Button block size="large" onClick={() => setSubject({ kind: 'surplus', here: place, code: '' })}>
        登记盘盈（账上没有的实物）
      </Button>
      <Unsent counting={counting} standing={standing} />
      {subject && (
        <MarkDialog
          subject={subject}
          onSay={async (said, title, picture) => {
            setSubject(null)
            await say(said, title, picture)
          }}
          onSurplus={(code) => setSubject({ kind: 'surplus', here: place, code })}
          onClose={() => setSubject(null)}
        />
      )}
    </div>
  )
}

const titleOf = ({ name, number }: ListedItem) => `${name} ${number}`

function statusText(waiting: number, sending: boolean, away: Date | null): string {
  if (away !== null) return `网络中断（${clockTime(away)} 起），可以继续清点，待上传 ${waiting} 项`
  if (sending) return `正在上传，待上传 ${waiting} 项`
  return waiting === 0 ? '全部已上传' : `待上传 ${waiting} 项`
}
