import { Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { addressOf } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater, usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { foundLabels, resultLabels, type Found, type Mark } from '../model.ts'
import { ResultTag } from './CountStateTag.tsx'
import type { CountView } from './CountPage.tsx'

const whichLabels = { open: '未盘', disputed: '有分歧', differing: '有差异', same: '一致' } as const
const which = Object.keys(whichLabels) as [keyof typeof whichLabels]
const Filters = z.object({
  which: z.enum(which).optional(),
  place: z.string().optional(),
  text: z.string().optional(),
})

export const foundText = (found: Found): string =>
  (Object.entries(found) as [keyof Found, string][]).map(([key, value]) => `${foundLabels[key]} ${value}`).join('，')

/** The frozen list with what stands of each thing; opened, everything that was said of it. */
export function Items({ view }: { view: CountView }) {
  const [filter, change] = useFilters(Filters)
  const [opened, setOpened] = useState<string | null>(null)
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.items, { countId: view.count.id, limit: 100, ...asked })
  return (
    <>
      <Table
        label="盘点清单"
        pages={pages}
        keyOf={({ cardId }) => cardId}
        onOpen={({ cardId }) => setOpened(cardId)}
        height="auto"
        tools={
          <>
            <ChoiceFilter
              label="结果"
              labels={whichLabels}
              value={filter.which}
              onChange={(value) => change({ which: value })}
            />
            <Input.Search
              aria-label="搜索清单"
              placeholder="名称、编号、序列号"
              defaultValue={filter.text ?? ''}
              allowClear
              style={{ width: 220 }}
              onSearch={(text) => change({ text: text.trim() || undefined })}
            />
            {filter.place !== undefined && (
              <button type="button" className="link-button" onClick={() => change({ place: undefined })}>
                只看{filter.place || '未填地点'}，看全部
              </button>
            )}
          </>
        }
        columns={[
          { key: 'name', title: '资产名称', value: ({ name }) => name, width: 150 },
          { key: 'number', title: '资产编号', value: ({ number }) => number, width: 150 },
          {
            key: 'result',
            title: '结果',
            value: ({ result }) => (result === null ? '' : resultLabels[result]),
            render: ({ result, disputed }) => <ResultTag result={result} disputed={disputed} />,
            width: 130,
          },
          { key: 'place', title: '账面地点', value: ({ place }) => place, width: 110 },
          {
            key: 'found',
            title: '实际情况',
            value: ({ found, remark }) => [foundText(found), remark].filter(Boolean).join('；'),
            width: 220,
          },
          { key: 'custodian', title: '保管人', value: ({ custodianName }) => custodianName, width: 90 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
          { key: 'by', title: '清点人', value: ({ countedByName }) => countedByName, width: 90 },
          {
            key: 'at',
            title: '清点时间',
            value: ({ countedAt }) => (countedAt === null ? '' : shortInstant(countedAt)),
            width: 160,
          },
        ]}
        empty={<Empty title="没有符合的资产">请放宽筛选。</Empty>}
      />
      {opened && <ItemDialog view={view} cardId={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

/** Everything that was said of one thing; where counters disagree, who leads the count says which finding stands. */
function ItemDialog({ view, cardId, onClose }: { view: CountView; cardId: string; onClose: () => void }) {
  const countId = view.count.id
  const { data, error } = useFetchedLater(contract.viewItem, { countId, cardId })
  const [reason, setReason] = useState('')
  const settle = useSend(contract.settleItem, { onDone: () => tell('已确定盘点结果。') })
  if (error)
    return (
      <Dialog title="盘点记录" onClose={onClose}>
        <ErrorPanel error={error} />
      </Dialog>
    )
  if (data === undefined)
    return (
      <Dialog title="盘点记录" onClose={onClose}>
        <Skeleton />
      </Dialog>
    )
  const { item, marks, photos } = data
  const choosing = item.disputed && view.may.changeTeam === null
  const stands = (markId: string) => settle.send({ countId, cardId, markId, reason })
  return (
    <Dialog title={`${item.name} ${item.number}`} wide onClose={onClose}>
      <div className="stack">
        <p className="quiet">
          {[item.model, item.serialNumber, `账面 ${item.place || '未填地点'}`, item.custodianName]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Refusals of={settle.error} onRetry={settle.retry} />
        {choosing && (
          <div>
            <label htmlFor="settle-reason">核对情况</label>
            <Input
              id="settle-reason"
              value={reason}
              maxLength={300}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        )}
        {marks.length === 0 && <p className="quiet">还没有人清点这项资产。</p>}
        <ul className="marks">
          {marks.map((mark) => (
            <li key={mark.id}>
              <div className="row">
                <ResultTag result={mark.result} />
                <span>{foundText(mark.found)}</span>
                {mark.remark && <span>{mark.remark}</span>}
                <span className="quiet">{whoAndWhen(mark)}</span>
                {choosing && !mark.settles && (
                  <ActionButton
                    busy={settle.sending}
                    refusal={
                      reason.trim() === ''
                        ? [{ code: 'reason', message: '请先写明核对情况。', basis: null, facts: {}, remedy: null }]
                        : null
                    }
                    onClick={() => stands(mark.id)}
                  >
                    以此为准
                  </ActionButton>
                )}
              </div>
              {photos
                .filter(({ markId }) => markId === mark.id)
                .map((photo) => (
                  <a key={photo.id} href={addressOf(contract.photo, { countId, photoId: photo.id })} download>
                    <img
                      src={addressOf(contract.photo, { countId, photoId: photo.id })}
                      alt={photo.fileName}
                      loading="lazy"
                    />
                  </a>
                ))}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

const whoAndWhen = ({ personName, countedAt, settles }: Mark) =>
  `${personName} ${shortInstant(countedAt)}${settles ? ' 核对确定' : ''}`
