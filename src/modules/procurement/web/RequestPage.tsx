import { useFetched } from '#kernel/web/fetching.ts'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { Page } from '#kernel/web/Page.tsx'
import { todayHere } from '#kernel/web/dates.ts'
import { contract } from '../contract.ts'
import { RequestForm } from './RequestForm.tsx'

/** 采购申请: from plan lines in force; method and findings follow while it is filled in. */
export default function RequestPage() {
  const planned = useFetched(contract.plannedItems, {})
  const keep = useKeptForm('procurement.request')
  return (
    <Page title="采购申请" trail={[{ label: '采购', path: '/procurement/purchases' }]}>
      <RequestForm
        operation={contract.draftPurchase}
        planned={planned}
        initial={{ expectedOn: todayHere(), reservedFor: 'small', items: [] }}
        submit="保存申请"
        keep={keep}
      />
    </Page>
  )
}
