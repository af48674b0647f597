import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { useFilters } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CardPickPanel } from '#modules/assets/web/CardPickPanel.tsx'
import { formWords, type DisposalForm } from '../model.ts'
import { DraftForm } from './DraftForm.tsx'

/** Other procedures lead here with a form and the cards: `?form=loss&cards=<id,id>`. */
const Asked = z.object({
  form: z.enum(Object.keys(formWords) as [keyof typeof formWords]).optional(),
  cards: z
    .string()
    .transform((text) => text.split(',').filter((id) => z.uuid().safeParse(id).success))
    .optional(),
})

/** First the things, then what is done with them. */
export default function NewApplicationPage() {
  const [{ form, cards }] = useFilters(Asked)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(cards ?? []))
  const [writing, setWriting] = useState(chosen.size > 0)
  const wanted: DisposalForm = form ? formWords[form] : 'D5'
  const none = [{ code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
  return (
    <Page title="申请处置" trail={[{ label: '资产处置', path: '/disposal/applications' }]}>
      {writing ? (
        <>
          <p className="no-print">
            <Button onClick={() => setWriting(false)}>增减资产</Button>
          </p>
          <DraftForm cardIds={[...chosen]} form={wanted} onChangeCards={(ids) => setChosen(new Set(ids))} />
        </>
      ) : (
        <Section
          title="选择要处置的资产"
          actions={
            <ActionButton primary refusal={chosen.size === 0 ? none : null} onClick={() => setWriting(true)}>
              下一步（{chosen.size} 项）
            </ActionButton>
          }
        >
          <CardPickPanel selected={chosen} onSelect={setChosen} />
        </Section>
      )}
    </Page>
  )
}
