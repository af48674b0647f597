import { Radio, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../../contract.ts'
import { planKindLabels } from './PlanStateTag.tsx'

/** Puts the draft of a plan together from the reviewed lines of a year (A33-2, A33-3). */
export function DraftPlanDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const go = useGo()
  const { items } = useFetched(contract.cycles, { limit: 50 })
  const open = items.filter(({ state }) => state !== 'closed')
  const { organ } = me
  const isAuthority = organ?.parts.includes('authority') ?? false
  const kinds = isAuthority ? (['authority', 'organ'] as const) : (['organ'] as const)
  const latest = open[0]
  return (
    <Dialog title="编制计划草案" onClose={onClose}>
      {organ === null || latest === undefined ? (
        <Empty title="没有可以编制计划的年度">本级机关事务管理部门开启年度周期、审结需求后，可以编制计划。</Empty>
      ) : (
        <EntryForm
          operation={contract.draftPlan}
          fixed={{ organId: organ.id }}
          initial={{ cycleId: latest.id, kind: kinds[0] }}
          submit="生成草案"
          onDone={({ plan }) => go(`/plans/plans/${plan.id}`)}
          onCancel={onClose}
        >
          <Field name="cycleId" label="年度" help="草案尚未送签的，重新生成会按最新审定结果更新事项，文字保留。">
            <Select options={open.map(({ id, year }) => ({ value: id, label: `${year}年度` }))} />
          </Field>
          <Field name="kind" label="范围">
            <Radio.Group options={kinds.map((value) => ({ value, label: planKindLabels[value] }))} />
          </Field>
        </EntryForm>
      )}
    </Dialog>
  )
}
