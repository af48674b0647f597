import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { InputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { cardFilter, cardSortNames } from '../contract/cards.ts'
import { stateLabels, type ListedCard } from '../model.ts'
import { presentClasses } from '../model/classes.ts'
import { AssetStateTag } from './AssetStateTag.tsx'
import { BulkChangeDialog } from './BulkChangeDialog.tsx'
import { CustomFieldFilter, narrows } from './CustomFieldFilter.tsx'
import { LendDialog } from './LendDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { OfferDialog } from './OfferDialog.tsx'
import { LabelsDialog } from './LabelsDialog.tsx'
import { SavedFilters } from './SavedFilters.tsx'
import { useCustomFields } from './use-custom-fields.ts'
import './assets.css'

const Filters = z.object({ ...cardFilter, sort: z.enum(cardSortNames).optional() })
export type ListFilter = z.output<typeof Filters>

const columns = (level: boolean): Column<ListedCard>[] => [
  { key: 'name', title: '资产名称', value: ({ name }) => name, width: 170 },
  { key: 'number', title: '资产编号', value: ({ number }) => number, width: 140, sortable: true },
  ...(level ? [{ key: 'organ', title: '持有机关', value: ({ organName }: ListedCard) => organName, width: 160 }] : []),
  {
    key: 'class',
    title: '分类',
    value: ({ className, classCode }) => `${className} ${classCode}`,
    width: 180,
    optional: true,
  },
  { key: 'model', title: '规格型号', value: ({ model }) => model, width: 140 },
  { key: 'serialNumber', title: '序列号', value: ({ serialNumber }) => serialNumber, width: 120, optional: true },
  {
    key: 'state',
    title: '使用状况',
    value: ({ state }) => stateLabels[state],
    render: ({ state }) => <AssetStateTag state={state} />,
    width: 100,
  },
  { key: 'place', title: '存放地点', value: ({ place }) => place, width: 100 },
  { key: 'custodian', title: '保管人', value: ({ custodianName }) => custodianName, width: 88 },
  { key: 'acquiredOn', title: '取得日期', kind: 'date', value: ({ acquiredOn }) => acquiredOn, sortable: true },
  { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, sortable: true, width: 116 },
  { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen, width: 110 },
  { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 64, optional: true },
  {
    key: 'accumulatedFen',
    title: '累计折旧',
    kind: 'yuan',
    value: ({ accumulatedFen }) => accumulatedFen,
    optional: true,
  },
  { key: 'user', title: '使用人', value: ({ userName }) => userName, width: 90, optional: true },
  { key: 'department', title: '使用部门', value: ({ department }) => department, width: 120, optional: true },
  { key: 'warranty', title: '保修截止', kind: 'date', value: ({ warrantyUntil }) => warrantyUntil, optional: true },
]

const classOptions = presentClasses.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))

/** The register of an organ, or of the level for who reads it; what is ticked can be changed, handed over, labelled. */
export default function CardsPage() {
  const me = useMe()
  const go = useGo()
  const [filter, change] = useFilters(Filters)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<'change' | 'offer' | 'lend' | 'merge' | 'labels' | null>(null)
  const keeps = holdsAny(me, keeperRoles)
  const { sort, ...narrowing } = filter
  const asked = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.cards, { ...asked, ...(sort ? { sort } : {}), limit: 100 } as InputOf<
    typeof contract.cards
  >)
  const ids = [...chosen]
  const chosenCards = pages.items.filter(({ id }) => chosen.has(id))
  const fields = useCustomFields()
  const own = filter.classPrefix === undefined ? [] : fields.filter((field) => narrows(field, filter.classPrefix ?? ''))
  const none =
    ids.length === 0
      ? [{ code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : null
  const single =
    chosenCards.length < 2
      ? [{ code: 'one-card', message: '只选择了1张卡片。', basis: null, facts: {}, remedy: '请再勾选要合并的卡片。' }]
      : null
  const done = () => {
    setDialog(null)
    setChosen(new Set())
    pages.refetch()
  }
  return (
    <Page
      title="资产卡片"
      lead={keeps ? '一物一卡：登记、变动、折旧、交接都记在卡片上。' : '本级机关的资产卡片。'}
      actions={
        keeps && (
          <>
            <Button type="primary" onClick={() => go('/assets/cards/new')}>
              登记资产
            </Button>
            <Button onClick={() => go('/assets/imports')}>导入</Button>
          </>
        )
      }
    >
      <Table
        label="资产卡片列表"
        columns={columns(!keeps)}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/assets/cards/${id}`}
        sort={sort === 'newest' ? undefined : sort}
        onSort={(next) => change({ sort: next as ListFilter['sort'] })}
        selected={chosen}
        onSelect={setChosen}
        exportHref={addressOf(contract.exportCards, asked)}
        tools={
          <>
            <Input.Search
              aria-label="搜索资产"
              placeholder="名称、编号、序列号、地点、人员"
              allowClear
              style={{ width: 260 }}
              defaultValue={filter.text}
              key={filter.text ?? ''}
              onSearch={(text) => change({ text: text.trim() === '' ? undefined : text })}
            />
            {(filter.warrantyFrom || filter.warrantyUntil) && (
              <Tag closable onClose={() => change({ warrantyFrom: undefined, warrantyUntil: undefined })}>
                保修截止{[filter.warrantyFrom, filter.warrantyUntil].filter(Boolean).join('至')}
              </Tag>
            )}
            <Select
              aria-label="分类"
              style={{ width: 190 }}
              showSearch
              optionFilterProp="label"
              allowClear
              placeholder="全部分类"
              value={filter.classPrefix}
              onChange={(value: string | undefined) =>
                change({ classPrefix: value, field: undefined, fieldText: undefined })
              }
              options={classOptions}
            />
            {own.length > 0 && <CustomFieldFilter fields={own} filter={filter} onChange={change} />}
            <ChoiceFilter
              label="使用状况"
              labels={stateLabels}
              value={filter.state}
              onChange={(value) => change({ state: value })}
              width={140}
            />
            <SavedFilters
              current={Object.fromEntries(
                Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
              )}
              onChoose={(saved) =>
                change({ ...Object.fromEntries(Object.keys(Filters.shape).map((key) => [key, undefined])), ...saved })
              }
            />
            <span className="assets-acts">
              {keeps && (
                <>
                  <ActionButton refusal={none} onClick={() => setDialog('change')}>
                    变更{ids.length > 0 && ` ${ids.length} 件`}
                  </ActionButton>
                  <ActionButton refusal={none} onClick={() => setDialog('offer')}>
                    交接
                  </ActionButton>
                  <ActionButton refusal={none} onClick={() => setDialog('lend')}>
                    借用
                  </ActionButton>
                  <ActionButton refusal={none ?? single} onClick={() => setDialog('merge')}>
                    合并
                  </ActionButton>
                </>
              )}
              <ActionButton refusal={none} onClick={() => setDialog('labels')}>
                打印标签
              </ActionButton>
            </span>
          </>
        }
        empty={
          <Empty title="没有符合条件的资产">
            {keeps ? '可以逐件登记，也可以用 Excel 一次导入全部卡片。' : '本级机关登记资产后列在这里。'}
          </Empty>
        }
      />
      {dialog === 'labels' && <LabelsDialog cardIds={ids} onClose={() => setDialog(null)} />}
      {dialog === 'change' && <BulkChangeDialog cards={chosenCards} onDone={done} onClose={() => setDialog(null)} />}
      {dialog === 'offer' && <OfferDialog cardIds={ids} onClose={() => setDialog(null)} />}
      {dialog === 'lend' && <LendDialog cardIds={ids} onClose={() => setDialog(null)} />}
      {dialog === 'merge' && <MergeDialog cards={chosenCards} onClose={() => setDialog(null)} />}
    </Page>
  )
}
