import { Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CardPickPanel } from '#modules/assets/web/CardPickPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { requestStateLabels } from '../model.ts'
import { bodyKindLabels, wayLabels } from '../model/body.ts'
import { ChangeBodyDialog, EndBodyDialog } from './BodyDialog.tsx'
import { isLate } from './RequestsPage.tsx'
import { BodyStateTag, RequestStateTag } from './WarehouseTags.tsx'

type Open = 'change' | 'assign' | 'takeOff' | 'end' | null

const nothingChosen = [
  { code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选本机关的资产。' },
]

/** A temporary body or event: who leads it, what it uses, what it borrowed, and what becomes of it all. */
export default function BodyPage({ params }: PageProps<'/warehouse/bodies/:bodyId'>) {
  const { body, clearanceId, loans, leads, may } = useFetched(contract.viewBody, { bodyId: params.bodyId })
  const pages = usePages(contract.bodyThings, { bodyId: body.id, limit: 100 })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const takeOff = useSend(contract.takeOffThings, {
    onDone: () => {
      tell('已收回，卡片恢复原使用部门。')
      setChosen(new Set())
      close()
    },
  })
  const ended = body.endedOn !== null
  const verb = body.kind === 'body' ? '撤销' : '结束'
  return (
    <>
      <Record
        title={body.name}
        kind={bodyKindLabels[body.kind]}
        state={<BodyStateTag body={body} today={todayHere()} />}
        trail={[{ label: '临时机构和会议活动', path: '/warehouse/bodies' }]}
        facts={[
          { label: '牵头机关', value: body.organName },
          { label: '设立依据', value: body.document },
          { label: '开始', value: body.beginsOn, note: ended ? undefined : `预计 ${body.endsOn} 结束` },
          { label: verb, value: body.endedOn, note: body.endDocument || undefined },
          {
            label: '应清理完毕',
            value: body.dueOn,
            note: body.clearedOn ? `${body.clearedOn} 清理完毕` : undefined,
          },
        ]}
        actions={
          <>
            {clearanceId !== null && (
              <Go to={`/warehouse/clearances/${clearanceId}`}>{body.clearedOn ? '查看清理结果' : '处理清理任务'}</Go>
            )}
            {!ended && (
              <ActionButton primary refusal={may.assign} onClick={() => setOpen('assign')}>
                登记使用的资产
              </ActionButton>
            )}
            {may.takeOff === null && (
              <ActionButton refusal={chosen.size === 0 ? nothingChosen : null} onClick={() => setOpen('takeOff')}>
                收回{chosen.size > 0 && ` ${chosen.size} 件`}
              </ActionButton>
            )}
            {may.end === null && (
              <ActionButton refusal={null} onClick={() => setOpen('end')}>
                登记{verb}
              </ActionButton>
            )}
            {may.change === null && (
              <ActionButton refusal={null} onClick={() => setOpen('change')}>
                修改
              </ActionButton>
            )}
          </>
        }
        details={
          <Table
            label="使用的资产"
            pages={pages}
            keyOf={({ cardId }) => cardId}
            href={({ cardId, own }) => (own ? `/assets/cards/${cardId}` : null)}
            {...(may.takeOff === null ? { selected: chosen, onSelect: setChosen } : {})}
            columns={[
              { key: 'name', title: '资产', value: ({ name }) => name, width: 170 },
              { key: 'number', title: '资产编号', value: ({ number }) => number, width: 150 },
              { key: 'model', title: '规格型号', value: ({ model }) => model, width: 160 },
              { key: 'organ', title: '持有机关', value: ({ organName }) => organName, width: 190 },
              { key: 'way', title: '取得方式', value: ({ way }) => wayLabels[way], width: 120 },
              { key: 'assignedOn', title: '登记', kind: 'date', value: ({ assignedOn }) => assignedOn },
              { key: 'takenOffOn', title: '收回', kind: 'date', value: ({ takenOffOn }) => takenOffOn },
              { key: 'reason', title: '去向', value: ({ reason }) => reason, width: 180 },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
            ]}
            empty={
              <Empty title="没有登记使用的资产">
                {leads ? '购置、划拨给它的资产由本机关登记。' : '本机关借给它的资产在这里登记；其他机关的不显示。'}
              </Empty>
            }
          />
        }
        more={[
          {
            key: 'loans',
            label: '公物仓借用',
            content: (
              <Table
                label="公物仓借用"
                rows={loans}
                keyOf={({ id }) => id}
                href={({ id }) => `/warehouse/requests/${id}`}
                height="auto"
                columns={[
                  { key: 'number', title: '编号', value: ({ number }) => number, width: 150 },
                  {
                    key: 'state',
                    title: '状态',
                    value: ({ state }) => requestStateLabels[state],
                    render: (row) => <RequestStateTag state={row.state} late={isLate(row)} />,
                    width: 150,
                  },
                  { key: 'items', title: '物品', unit: '件', kind: 'number', value: ({ items }) => items, width: 90 },
                  { key: 'reason', title: '用途', value: ({ reason }) => reason, width: 220 },
                  { key: 'dueOn', title: '应归还', kind: 'date', value: ({ dueOn }) => dueOn },
                  { key: 'closedOn', title: '归还', kind: 'date', value: ({ closedOn }) => closedOn },
                ]}
                empty={<Empty title="没有为它借用公物仓物品">牵头机关在公物仓目录中申请借用时选择它。</Empty>}
              />
            ),
          },
        ]}
        changes={<ChangesPanel subject={{ kind: 'warehouse.body', id: body.id }} />}
      />
      {open === 'change' && <ChangeBodyDialog body={body} onClose={close} />}
      {open === 'end' && <EndBodyDialog body={body} onClose={close} />}
      {open === 'assign' && <AssignDialog bodyId={body.id} leads={leads} onClose={close} />}
      {open === 'takeOff' && (
        <OpinionDialog
          title={`收回 ${chosen.size} 件资产`}
          label="原因、去向"
          required
          submit="收回"
          phrases={ended ? ['本机关继续使用'] : ['任务完成，交回原部门', '更换设备']}
          onSend={(reason) => takeOff.send({ bodyId: body.id, cardIds: [...chosen], reason })}
          error={takeOff.error}
          onRetry={takeOff.retry}
          onClose={close}
        />
      )}
    </>
  )
}

/** Cards of the own organ that the body uses from now on. */
function AssignDialog({ bodyId, leads, onClose }: { bodyId: string; leads: boolean; onClose: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return (
    <Dialog title="登记使用的资产" onClose={onClose} wide>
      <CardPickPanel selected={chosen} onSelect={setChosen} />
      <EntryForm
        operation={contract.assignThings}
        fixed={{ bodyId, cardIds: [...chosen] }}
        initial={{ way: leads ? 'bought' : 'lent' }}
        submit={chosen.size > 0 ? `登记 ${chosen.size} 件` : '登记'}
        refusal={chosen.size === 0 ? nothingChosen : null}
        onDone={() => {
          tell('已登记，卡片的使用部门改为该机构、活动。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="way" label="取得方式">
          <Select
            options={(leads ? (['bought', 'given'] as const) : (['lent'] as const)).map((value) => ({
              value,
              label: wayLabels[value],
            }))}
          />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
