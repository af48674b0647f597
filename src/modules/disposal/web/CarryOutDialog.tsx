import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { View } from './DraftForm.tsx'

/** What is shown before things go for good; only what belongs to the form is asked. */
export function CarryOutDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { application, storingData, vehicles } = view
  const { form } = application
  const transfers = form === 'D1' || form === 'D2'
  const text = <Input maxLength={120} autoComplete="off" />
  return (
    <Dialog title={form === 'D1' ? '移交划转资产' : '登记处置实施'} onClose={onClose}>
      <EntryForm
        operation={contract.carryOut}
        fixed={{ applicationId: application.id, version: application.version }}
        initial={{ carriedOutOn: todayHere(), proceedsExpected: form === 'D5' }}
        submit={form === 'D1' ? '移交' : '实施，注销卡片'}
        onDone={({ application: { state } }) => {
          tell(
            form === 'D1'
              ? '已移交，卡片转入接收机关。'
              : state === 'proceeds'
                ? '卡片已注销，请登记处置收入。'
                : '卡片已注销，处置办结。',
          )
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="carriedOutOn" label="实施日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        {storingData > 0 && (
          <Field
            name="erasureRecord"
            label="数据清除记录编号"
            optional={false}
            help={`${storingData} 项资产有存储部件。`}
          >
            {text}
          </Field>
        )}
        {(form === 'D3' || form === 'D4') && (
          <>
            <Field name="appraiser" label="评估机构" optional={false}>
              {text}
            </Field>
            <Field name="appraisalReport" label="评估报告编号" optional={false}>
              {text}
            </Field>
            <Field name="appraisedFen" label="评估价" optional={false}>
              <MoneyInput />
            </Field>
          </>
        )}
        {form === 'D3' && (
          <>
            <Field name="tradingPlatform" label="交易平台" optional={false}>
              {text}
            </Field>
            <Field name="tradeNumber" label="交易编号" optional={false}>
              {text}
            </Field>
            <Field name="priceFen" label="成交价" optional={false}>
              <MoneyInput />
            </Field>
          </>
        )}
        {form === 'D4' && (
          <Field name="receivedFen" label="换入资产评估价" optional={false}>
            <MoneyInput />
          </Field>
        )}
        {(form === 'D3' || form === 'D4') && (
          <Field name="repriceDocument" label="低于评估价的同意文号" help="低于评估价 90% 的须重新报批。">
            {text}
          </Field>
        )}
        {transfers && (
          <Field name="transferDocument" label={form === 'D1' ? '交接单编号' : '捐赠票据或交接单编号'} optional={false}>
            {text}
          </Field>
        )}
        {form === 'D5' && vehicles > 0 && (
          <Field name="scrapCertificate" label="报废机动车回收证明" optional={false}>
            {text}
          </Field>
        )}
        {(form === 'D4' || form === 'D5' || form === 'D6') && (
          <Field name="proceedsExpected" label="收入" optional>
            <YesBox>{{ D4: '有置换差价', D5: '有残值收入', D6: '有赔偿收入' }[form]}，扣除成本后上缴国库</YesBox>
          </Field>
        )}
      </EntryForm>
    </Dialog>
  )
}
