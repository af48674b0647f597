import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { useKept } from '#kernel/web/draft/use-kept.ts'
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

const none: readonly string[] = []

/** First the things, then what is done with them. */
export default function NewApplicationPage() {
  const [{ form, cards }] = useFilters(Asked)
  // Things another procedure sent are not mixed with what was chosen here before.
  const [kept, setKept] = useKept<readonly string[]>(
    cards ? `disposal.new.${cards.join()}` : 'disposal.new.cards',
    cards ?? none,
  )
  const chosen = new Set(kept)
  const setChosen = (cardIds: ReadonlySet<string>) => setKept(() => [...cardIds])
  const [writing, setWriting] = useState(chosen.size > 0)
  const wanted: DisposalForm = form ? formWords[form] : 'D5'
  const unchosen = [
    { code: 'none', message: '没有选择资产。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' },
  ]
  return (
    <Page title="申请处置" trail={[{ label: '资产处置', path: '/disposal/applications' }]}>
      {writing ? (
        <>
          <p className="no-print">
            <Button onClick={() => setWriting(false)}>增减资产</Button>
          </p>
          <DraftForm
            cardIds={[...chosen]}
            form={wanted}
            onChangeCards={(ids) => setKept(() => ids)}
            onLeave={() => setKept(() => cards ?? none)}
          />
        </>
      ) : (
        <Section
          title="选择要处置的资产"
          actions={
            <ActionButton primary refusal={chosen.size === 0 ? unchosen : null} onClick={() => setWriting(true)}>
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
