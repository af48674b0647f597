import { Button, Input, Select } from 'antd'
import { useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import { z } from 'zod'
import type { May } from '#kernel/pure/verdict.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { useNarrow } from '#kernel/web/narrow.ts'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { contract } from '../contract.ts'
import { Reply, replyLabels, type Counts } from '../model.ts'
import { ItemText, type Item } from './ItemText.tsx'
import { ReplyEditor } from './ReplyEditor.tsx'
import './consultation.css'

const shownLabels = { open: '未答复', ...replyLabels } as const
const Filters = z.object({
  reply: z.union([Reply, z.literal('open')]).optional(),
  text: z.string().optional(),
  sort: z.enum(['number', 'place']).optional(),
})

/**
 * Opinions answered by keyboard, one or many at a time: j/k move, x selects, 1 2 3 say what becomes of them. The list
 * goes by the places of the draft, so that what concerns one article stands together.
 */
export function ReplyWorkbench({
  consultationId,
  counts,
  refusal,
}: {
  consultationId: string
  counts: Counts
  refusal: May
}) {
  const [{ reply, text, sort }, change] = useFilters(Filters)
  const pages = usePages(contract.items, {
    consultationId,
    ...(reply ? { reply } : {}),
    ...(text ? { text } : {}),
    sort: sort ?? 'place',
    limit: 200,
  })
  const narrow = useNarrow()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState(0)
  const [asked, setAsked] = useState<{ reply: Reply; turn: number } | null>(null)
  const [open, setOpen] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  const { items } = pages
  const here = Math.max(0, Math.min(active, items.length - 1))
  const chosen = items.filter(({ id }) => selected.has(id))
  const current = items[here]
  // Without a selection the opinion in focus is meant.
  const meant: readonly Item[] = chosen.length > 0 ? chosen : current ? [current] : []

  const focusItem = (index: number) => {
    const next = Math.max(0, Math.min(index, items.length - 1))
    setActive(next)
    list.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()
  }
  const focused = (event: FocusEvent<HTMLOListElement>) => {
    const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index']
    if (index !== undefined && Number(index) !== here) setActive(Number(index))
  }
  const toggle = (id: string) =>
    setSelected((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const pressed = (event: KeyboardEvent<HTMLOListElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest('input')) return
    const choice = { '1': 'adopted', '2': 'partly', '3': 'not-adopted' }[event.key] as Reply | undefined
    if (choice) {
      setAsked({ reply: choice, turn: (asked?.turn ?? 0) + 1 })
      setOpen(true)
    } else if (event.key === 'j' || event.key === 'ArrowDown') focusItem(here + 1)
    else if (event.key === 'k' || event.key === 'ArrowUp') focusItem(here - 1)
    else if (event.key === 'x' && current) toggle(current.id)
    else if (event.key === 'a') setSelected(new Set(items.map(({ id }) => id)))
    else if (event.key === 'Escape') setSelected(new Set())
    else return
    event.preventDefault()
  }
  /** On to the next one that waits for an answer. */
  const done = (answered: readonly Item[]) => {
    const ids = new Set(answered.map(({ id }) => id))
    setSelected(new Set())
    setOpen(false)
    const next = items.findIndex((item, index) => index > here && item.reply === null && !ids.has(item.id))
    focusItem(next === -1 ? here : next)
  }
  const editor = (
    <ReplyEditor
      key={meant.map(({ id }) => id).join()}
      consultationId={consultationId}
      items={meant}
      asked={asked}
      refusal={refusal}
      onDone={done}
      onLeave={() => focusItem(here)}
    />
  )
  return (
    <div className="replying">
      <div className="table-tools">
        <ChoiceFilter
          label="采纳情况"
          labels={shownLabels}
          value={reply}
          onChange={(value) => change({ reply: value })}
        />
        <Select
          aria-label="排列"
          style={{ width: 140 }}
          value={sort ?? 'place'}
          onChange={(value) => change({ sort: value === 'place' ? undefined : value })}
          options={[
            { value: 'place', label: '按条款排列' },
            { value: 'number', label: '按收到先后' },
          ]}
        />
        <Input.Search
          aria-label="查找意见"
          placeholder="查找意见"
          allowClear
          style={{ width: 220 }}
          defaultValue={text ?? ''}
          onSearch={(value) => change({ text: value.trim() === '' ? undefined : value.trim() })}
        />
        <span className="quiet number">
          已答复 {counts.replied} / {counts.items} 条
        </span>
        {!narrow && (
          <span className="quiet replying-keys">
            <kbd>j</kbd>
            <kbd>k</kbd> 移动 <kbd>x</kbd> 选择 <kbd>a</kbd> 全选 <kbd>1</kbd>
            <kbd>2</kbd>
            <kbd>3</kbd> 答复
          </span>
        )}
      </div>
      {pages.error && items.length === 0 ? (
        <ErrorPanel error={pages.error} onRetry={pages.refetch} />
      ) : pages.loading ? (
        <Skeleton />
      ) : items.length === 0 ? (
        <Empty title={reply || text ? '没有符合条件的意见' : '还没有收到意见'}>
          {reply === 'open' ? '意见都已答复。' : reply || text ? '请放宽筛选条件。' : '各机关提交后出现在这里。'}
        </Empty>
      ) : (
        <div className="replying-split">
          <div>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the items inside */}
            <ol ref={list} className="replying-list" aria-label="意见" onKeyDown={pressed} onFocus={focused}>
              {items.map((item, index) => (
                <li
                  key={item.id}
                  data-index={index}
                  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- one of them is in focus
                  tabIndex={index === here ? 0 : -1}
                  aria-current={index === here}
                  className={selected.has(item.id) ? 'replying-item replying-selected' : 'replying-item'}
                >
                  <ItemText
                    item={item}
                    head={
                      <input
                        type="checkbox"
                        tabIndex={-1}
                        aria-label={`选择第 ${item.itemNo} 条意见`}
                        checked={selected.has(item.id)}
                        onChange={() => toggle(item.id)}
                      />
                    }
                  />
                </li>
              ))}
            </ol>
            {pages.hasMore && (
              <Button loading={pages.fetching} onClick={pages.more}>
                载入更多
              </Button>
            )}
          </div>
          {narrow ? (
            <div className="replying-bar">
              <Button type="primary" block onClick={() => setOpen(true)}>
                答复{chosen.length > 0 ? `所选 ${chosen.length} 条` : '当前一条'}
              </Button>
            </div>
          ) : (
            <aside className="replying-editor" aria-label="答复所选意见">
              {editor}
            </aside>
          )}
        </div>
      )}
      {narrow && open && (
        <Dialog title="答复意见" onClose={() => setOpen(false)}>
          {editor}
        </Dialog>
      )}
    </div>
  )
}
