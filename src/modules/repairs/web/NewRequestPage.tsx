import { Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { CardPickPanel } from '#modules/assets/web/CardPickPanel.tsx'
import { contract } from '../contract.ts'

const Asked = z.object({ card: z.uuid().optional() })

/** Chooses the thing, unless its card led here, and says what is wrong with it. */
export default function NewRequestPage() {
  const go = useGo()
  const [{ card }] = useFilters(Asked)
  const [chosen, setChosen] = useState<string | null>(card ?? null)
  const keep = useKeptForm('repairs.request')
  return (
    <Page title="申请维修" trail={[{ label: '资产维修', path: '/repairs/requests' }]}>
      {card === undefined && (
        <Section title="选择资产">
          <CardPickPanel
            selected={new Set(chosen === null ? [] : [chosen])}
            // One thing a request: the last ticked.
            onSelect={(ids) => setChosen([...ids].at(-1) ?? null)}
          />
        </Section>
      )}
      <EntryForm
        keep={keep}
        operation={contract.requestRepair}
        fixed={chosen === null ? {} : { cardId: chosen }}
        submit="提交维修申请"
        refusal={
          chosen === null
            ? [{ code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
            : null
        }
        onDone={({ request }) => {
          tell(`已申请维修 ${request.number}。`)
          go(`/repairs/requests/${request.id}`)
        }}
        onCancel={() => go('/repairs/requests')}
      >
        <Field name="fault" label="故障情况" help="什么时候开始的，有什么现象；不填写涉密内容。">
          <Input.TextArea rows={3} maxLength={500} />
        </Field>
      </EntryForm>
    </Page>
  )
}
