import { useFetched } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'
import { PurchaseRequest } from '../model.ts'
import { RequestForm } from './RequestForm.tsx'

/** A request that is not yet submitted, or came back, is put right. */
export default function EditRequestPage({ params }: PageProps<'/procurement/purchases/:purchaseId/edit'>) {
  const { purchase, items } = useFetched(contract.viewPurchase, { purchaseId: params.purchaseId })
  const planned = useFetched(contract.plannedItems, {})
  const initial = PurchaseRequest.parse({ ...purchase, items })
  return (
    <Page
      title={`修改采购申请 ${purchase.number}`}
      trail={[
        { label: '采购', path: '/procurement/purchases' },
        { label: purchase.title, path: `/procurement/purchases/${purchase.id}` },
      ]}
    >
      <RequestForm
        operation={contract.savePurchase}
        fixed={{ purchaseId: purchase.id, version: purchase.version }}
        planned={planned}
        initial={initial}
        submit="保存"
      />
    </Page>
  )
}
