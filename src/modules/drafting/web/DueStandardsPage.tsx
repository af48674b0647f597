import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { standardKindLabels } from '#modules/standards/model.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { contract } from '../contract.ts'

type Due = OutputOf<(typeof contract)['dueStandards']>['items'][number]

/** A9-2: own standards nobody has set or looked at for a year; each is confirmed with words or revised. */
export default function DueStandardsPage() {
  const pages = usePages(contract.dueStandards, { limit: 100 })
  const [confirming, setConfirming] = useState<Due | null>(null)
  const columns: Column<Due>[] = [
    { key: 'title', title: '标准', value: ({ standard }) => standard.title, width: 240 },
    { key: 'value', title: '内容', value: ({ standard }) => valueText(standard.value), width: 400 },
    { key: 'kind', title: '种类', value: ({ standard }) => standardKindLabels[standard.kind], width: 110 },
    { key: 'looked', title: '上次制定或复核', kind: 'date', value: ({ lookedOn }) => lookedOn, width: 140 },
    { key: 'due', title: '应复核', kind: 'date', value: ({ dueOn }) => dueOn },
    {
      key: 'acts',
      title: '办理',
      value: () => '',
      render: (due) => (
        <span className="row">
          <ActionButton refusal={due.may} onClick={() => setConfirming(due)}>
            不作调整
          </ActionButton>
          <Go to={`/standards/drafts/new?row=${due.standard.id}&kind=${due.standard.kind}`}>修订</Go>
        </span>
      ),
      width: 200,
    },
  ]
  return (
    <Page title="年度复核" lead="本级制定的标准每年至少复核一次是否需要调整（复核周期为项目默认值）。">
      <Table
        label="待复核的标准"
        columns={columns}
        pages={pages}
        keyOf={({ standard }) => standard.code}
        href={({ standard }) => `/standards/${standard.code}`}
        empty={<Empty title="没有待复核的标准">本级制定的标准一年内都已制定或者复核。</Empty>}
      />
      {confirming && <ConfirmDialog due={confirming} onClose={() => setConfirming(null)} />}
    </Page>
  )
}

function ConfirmDialog({ due: { standard }, onClose }: { due: Due; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.confirmStandard, {
    onDone: ({ nextDueOn }) => {
      tell(`已复核，下次应在${nextDueOn}前复核。`)
      onClose()
    },
  })
  return (
    <OpinionDialog
      title={`复核：${standard.title}`}
      lead={valueText(standard.value)}
      label="复核意见"
      required
      phrases={['价格水平没有明显变化，不作调整。', '配备需要没有变化，不作调整。']}
      submit="不作调整"
      onSend={(opinion) => send({ code: standard.code, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}
