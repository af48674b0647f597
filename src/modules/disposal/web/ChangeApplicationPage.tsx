import { useState } from 'react'
import { Button } from 'antd'
import { useFetched } from '#kernel/web/fetching.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { CardPickPanel } from '#modules/assets/web/CardPickPanel.tsx'
import { contract } from '../contract.ts'
import { disposalFormLabels } from '../model.ts'
import { DraftForm } from './DraftForm.tsx'

/** A draft, or one sent back, put right before it is handed in. */
export default function ChangeApplicationPage({ params }: PageProps<'/disposal/applications/:applicationId/draft'>) {
  const view = useFetched(contract.viewApplication, { applicationId: params.applicationId })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(view.items.map(({ cardId }) => cardId)))
  const [picking, setPicking] = useState(false)
  const title = `${disposalFormLabels[view.application.form]} ${view.application.items} 项`
  return (
    <Page
      title="修改处置申请"
      trail={[
        { label: '资产处置', path: '/disposal/applications' },
        { label: title, path: `/disposal/applications/${view.application.id}` },
      ]}
    >
      {picking && (
        <Section title="增减资产">
          <CardPickPanel selected={chosen} onSelect={setChosen} />
        </Section>
      )}
      <p className="no-print">
        <Button onClick={() => setPicking(!picking)}>{picking ? '选好了' : '增减资产'}</Button>
      </p>
      {chosen.size > 0 && (
        <DraftForm
          cardIds={[...chosen]}
          form={view.application.form}
          view={view}
          onChangeCards={(ids) => setChosen(new Set(ids))}
        />
      )}
    </Page>
  )
}
