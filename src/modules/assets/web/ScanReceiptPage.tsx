import { download } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { useState } from 'react'
import { contract } from '../contract.ts'
import { stateLabels } from '../model.ts'
import { changesText, scanActLabels } from '../model/scan.ts'
import { AssetStateTag } from './AssetStateTag.tsx'

/** 资产变动单: what a scan session did, to print and sign. */
export default function ScanReceiptPage({ params }: PageProps<'/assets/scan/receipts/:receiptId'>) {
  const { receipt, cards } = useFetched(contract.viewScanReceipt, { receiptId: params.receiptId })
  const go = useGo()
  const [fault, setFault] = useState<Error | null>(null)
  const print = () => {
    setFault(null)
    return download(contract.scanSheet, { receiptId: receipt.id }).catch((error: Error) => setFault(error))
  }
  return (
    <Record
      title={`${scanActLabels[receipt.act]} ${receipt.cards} 件`}
      kind="资产变动单"
      number={receipt.number}
      trail={[
        { label: '扫码查资产', path: '/assets/scan' },
        { label: '资产变动单', path: '/assets/scan/receipts' },
      ]}
      facts={[
        { label: '变更为', value: changesText(receipt.changes) },
        { label: '变动日期', value: receipt.effectiveOn },
        {
          label: '资产',
          value: `${receipt.cards} 件`,
          note: receipt.changed < receipt.cards ? `${receipt.cards - receipt.changed} 件本来如此` : undefined,
        },
        { label: '原因', value: receipt.reason },
        { label: '办理', value: receipt.doneByName, note: shortInstant(receipt.doneAt) },
      ]}
      notice={<Refusals of={fault} />}
      actions={
        <>
          <ActionButton primary onClick={print}>
            打印变动单
          </ActionButton>
          <ActionButton onClick={() => go('/assets/scan/session')}>继续扫码</ActionButton>
        </>
      }
      details={
        <Table
          label="变动清单"
          rows={cards}
          keyOf={({ cardId }) => cardId}
          href={({ cardId }) => `/assets/cards/${cardId}`}
          height="auto"
          columns={[
            { key: 'name', title: '资产名称', value: ({ name }) => name, width: 190 },
            { key: 'number', title: '资产编号', value: ({ number }) => number },
            { key: 'place', title: '原存放地点', value: ({ place }) => place, width: 130 },
            { key: 'department', title: '原使用部门', value: ({ department }) => department, width: 120 },
            {
              key: 'state',
              title: '原使用状况',
              value: ({ state }) => stateLabels[state],
              render: ({ state }) => <AssetStateTag state={state} />,
              width: 110,
            },
            { key: 'custodian', title: '保管人', value: ({ custodianName }) => custodianName, width: 100 },
            { key: 'changed', title: '变更', value: ({ changed }) => (changed ? '是' : '本来如此'), width: 90 },
          ]}
          empty={null}
        />
      }
      changes={<ChangesPanel subject={{ kind: 'assets.scan-receipt', id: receipt.id }} />}
    />
  )
}
