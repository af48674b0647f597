import { Input, Select } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { causeLabels, wayLabels, ways, type Lapse, type Way } from '../model/lapse.ts'
import { LapseStateTag } from './LapseStateTag.tsx'

/** One line whose things did not come: what is missing, what it costs, and how it is met after all. */
export default function LapsePage({ params }: PageProps<'/matching/lapses/:lapseId'>) {
  const { lapse, reviewGoesOn, may } = useFetched(contract.viewLapse, { lapseId: params.lapseId })
  const [settling, setSettling] = useState(false)
  return (
    <>
      <Record
        title={`${lapse.organName} ${lapse.itemName} ${lapse.pieces} ${lapse.unit}`}
        kind="调剂未成"
        number={`${lapse.year}年度第${lapse.lineNo}行`}
        state={<LapseStateTag state={lapse.state} />}
        trail={[{ label: '调剂未成', path: '/matching/lapses' }]}
        facts={[
          { label: '原因', value: causeLabels[lapse.cause], note: lapse.reason || undefined },
          {
            label: lapse.source === 'level' ? '跨级调剂' : '调拨单',
            value: (
              <Go to={`/warehouse/${lapse.source === 'level' ? 'levels/' : ''}requests/${lapse.requestId}`}>
                {lapse.requestNumber}
              </Go>
            ),
            note: `${lapse.openedOn} 未成`,
          },
          {
            label: '购置所需',
            value: `${yuanText(lapse.neededFen)} 元`,
            note: `按标准每${lapse.unit} ${yuanText(lapse.priceFen)} 元`,
          },
          {
            label: '需求申请',
            value: <Go to={`/plans/demands/${lapse.demandId}?line=${lapse.demandLineId}`}>第 {lapse.lineNo} 行</Go>,
          },
          {
            label: '补充安排',
            value: lapse.way && wayLabels[lapse.way],
            note: lapse.way ? [lapse.document, lapse.opinion].filter(Boolean).join('，') : undefined,
          },
          { label: '登记', value: lapse.settledOn, note: lapse.settledByName || undefined },
        ]}
        actions={
          lapse.state === 'open' && (
            <>
              <ActionButton primary refusal={may.settle} onClick={() => setSettling(true)}>
                登记补充安排
              </ActionButton>
              {!reviewGoesOn && <Go to="/plans/adjustments/new">登记计划调整</Go>}
            </>
          )
        }
        details={
          <p>
            {lapse.state === 'settled'
              ? '未成的部分已经另行安排。'
              : reviewGoesOn
                ? '审核尚未办结，其余调剂保留。未成的部分由审核人员在审核中增列购置，或另行调剂。'
                : '审核已经办结，原决定保留。仍需配备的，由该机关按条例第三十五条先调整计划并备案，或另行调剂；审核人员登记结果后办结。'}
          </p>
        }
        course={<CoursePanel caseId={lapse.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'matching.lapse', id: lapse.id }} />}
      />
      {settling && <SettleDialog lapse={lapse} reviewGoesOn={reviewGoesOn} onClose={() => setSettling(false)} />}
    </>
  )
}

function SettleDialog({ lapse, reviewGoesOn, onClose }: { lapse: Lapse; reviewGoesOn: boolean; onClose: () => void }) {
  const first: Way = reviewGoesOn ? 'review' : 'adjustment'
  const [way, setWay] = useState<Way>(first)
  return (
    <Dialog title="登记补充安排" onClose={onClose}>
      <EntryForm
        operation={contract.settleLapse}
        fixed={{ lapseId: lapse.id, version: lapse.version }}
        initial={{ way: first }}
        submit="登记"
        onValues={(values) => values.way && setWay(values.way)}
        onDone={() => {
          tell('已登记，并告知申请机关。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="way" label="怎样安排">
          <Select
            options={ways
              .filter((one) => one !== (reviewGoesOn ? 'adjustment' : 'review'))
              .map((value) => ({ value, label: wayLabels[value] }))}
          />
        </Field>
        {way === 'waived' || way === 'review' ? (
          <></>
        ) : (
          <Field name="document" label={way === 'adjustment' ? '计划调整编号' : '公物仓调拨编号'} optional={false}>
            <Input maxLength={120} autoComplete="off" />
          </Field>
        )}
        <Field name="opinion" label="意见">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
