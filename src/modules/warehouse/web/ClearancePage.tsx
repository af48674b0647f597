import { useState } from 'react'
import { z } from 'zod'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { YesBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useFilters, useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { clearanceTriggerLabels, outcomeLabels, outcomes, type Clearance } from '../model/clearance.ts'
import { FindingList } from './FindingList.tsx'
import { ClearanceStateTag } from './WarehouseTags.tsx'

const Filters = z.object({ outcome: z.enum(outcomes).optional() })
type Open = 'handIn' | 'keep' | null

/** What is to be cleared away, thing by thing, and what became of each. */
export default function ClearancePage({ params }: PageProps<'/warehouse/clearances/:clearanceId'>) {
  const { clearance, findings, may } = useFetched(contract.viewClearance, { clearanceId: params.clearanceId })
  const [{ outcome }, change] = useFilters(Filters)
  const pages = usePages(contract.clearanceThings, {
    clearanceId: clearance.id,
    ...(outcome ? { outcome } : {}),
    limit: 200,
  })
  const go = useGo()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const keep = useSend(contract.keepThings, {
    onDone: () => {
      tell('已登记留用理由。')
      setChosen(new Set())
      close()
    },
  })
  const acts = may.handIn === null
  const none =
    chosen.size === 0
      ? [{ code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : null
  const count = chosen.size > 0 ? ` ${chosen.size} 件` : ''
  return (
    <>
      <Record
        title={titleOf(clearance)}
        kind="清理任务"
        number={clearance.number}
        state={<ClearanceStateTag clearance={clearance} today={todayHere()} />}
        trail={[{ label: '资产清理', path: '/warehouse/clearances' }]}
        facts={[
          {
            label: '情形',
            value: clearanceTriggerLabels[clearance.trigger],
            note: `${clearance.triggeredOn}${clearance.trigger === 'G1' ? '满半年' : ''}`,
          },
          {
            label: '期限',
            value: clearance.dueOn,
            note: clearance.flaggedOn ? `${clearance.flaggedOn} 已报主管部门` : undefined,
          },
          { label: '未处理', value: `${clearance.open} 件`, note: `共 ${clearance.things} 件` },
          { label: '原值', value: `${yuanText(clearance.costFen)} 元` },
          { label: '说明', value: clearance.reason, note: clearance.document || undefined },
        ]}
        actions={
          <>
            {clearance.bodyId !== null && <Go to={`/warehouse/bodies/${clearance.bodyId}`}>{clearance.bodyName}</Go>}
            {acts && (
              <>
                <ActionButton primary refusal={none} onClick={() => setOpen('handIn')}>
                  申请入仓{count}
                </ActionButton>
                <ActionButton refusal={none} onClick={() => setOpen('keep')}>
                  留用{count}
                </ActionButton>
                <ActionButton
                  refusal={none}
                  onClick={() => go(`/disposal/applications/new?form=scrap&cards=${[...chosen].join(',')}`)}
                >
                  申请处置{count}
                </ActionButton>
              </>
            )}
          </>
        }
        details={
          <Table
            label="清理清单"
            pages={pages}
            keyOf={({ cardId }) => cardId}
            href={({ cardId }) => `/assets/cards/${cardId}`}
            {...(acts ? { selected: chosen, onSelect: setChosen } : {})}
            tools={
              <ChoiceFilter
                label="去向"
                labels={outcomeLabels}
                value={outcome}
                onChange={(value) => change({ outcome: value })}
                width={140}
              />
            }
            columns={[
              { key: 'name', title: '资产', value: ({ name }) => name, width: 170 },
              { key: 'number', title: '资产编号', value: ({ number }) => number, width: 150 },
              { key: 'model', title: '规格型号', value: ({ model }) => model, width: 160 },
              {
                key: 'outcome',
                title: '去向',
                value: ({ outcome: of }) => outcomeLabels[of],
                render: ({ outcome: of, intakeId }) =>
                  intakeId === null ? (
                    outcomeLabels[of]
                  ) : (
                    <Go to={`/warehouse/intakes/${intakeId}`}>{outcomeLabels[of]}</Go>
                  ),
                width: 120,
              },
              { key: 'settledOn', title: '办理', kind: 'date', value: ({ settledOn }) => settledOn },
              { key: 'reason', title: '理由', value: ({ reason }) => reason, width: 200 },
              { key: 'organ', title: '持有机关', value: ({ organName }) => organName, width: 190 },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
            ]}
            empty={<Empty title="没有资产">可以改选去向。</Empty>}
          />
        }
        basis={<FindingList of={findings} none="" />}
        course={<CoursePanel caseId={clearance.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'warehouse.clearance', id: clearance.id }} />}
      />
      {open === 'keep' && (
        <OpinionDialog
          title={`留用 ${chosen.size} 件资产`}
          label="理由"
          required
          submit="登记留用"
          phrases={
            clearance.trigger === 'G1' ? ['近期即将启用', '应急备用'] : ['划归本机关在标准内使用', '交回原部门使用']
          }
          onSend={(reason) => keep.send({ clearanceId: clearance.id, cardIds: [...chosen], reason })}
          error={keep.error}
          onRetry={keep.retry}
          onClose={close}
        />
      )}
      {open === 'handIn' && (
        <Dialog title={`申请 ${chosen.size} 件资产入仓`} onClose={close}>
          <EntryForm
            operation={contract.handInThings}
            fixed={{ clearanceId: clearance.id, cardIds: [...chosen] }}
            submit="提交申请"
            onDone={({ intakeId }) => go(`/warehouse/intakes/${intakeId}`)}
            onCancel={close}
          >
            <Field name="declaredFree" label="移交前核对">
              <YesBox>清单中没有涉密存储介质、武器、管制药品和危险物品</YesBox>
            </Field>
          </EntryForm>
        </Dialog>
      )}
    </>
  )
}

function titleOf({ trigger, organName, bodyName, things }: Clearance): string {
  if (trigger === 'G1') return `${organName} ${things} 件闲置资产`
  return bodyName === '' ? `${organName} ${things} 件资产清理` : `${bodyName} ${things} 件资产清理`
}
