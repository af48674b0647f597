import { Input } from 'antd'
import { z } from 'zod'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { StandardKind } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import { Matter, matterLabels, matterOfKind, matters, partOfMatter } from '../model.ts'
import { Choice } from './value/controls.tsx'

/** Rows to be revised come in the address, so that “修订” of any page leads here. */
const Asked = z.object({
  matter: Matter.optional(),
  kind: StandardKind.optional(),
  row: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  entry: z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional(),
  review: z.string().optional(),
})

export default function NewDraftPage() {
  const me = useMe()
  const go = useGo()
  const [{ matter, kind, row, entry, review }] = useFilters(Asked)
  const finance = me.organ?.parts.includes('finance') ?? false
  const own = matters.filter((one) => (partOfMatter(one) === 'finance') === finance)
  const first = matter ?? (kind ? matterOfKind(kind) : own[0])
  const mayDraft = me.roles.includes(finance ? 'finance-reviewer' : 'plan-reviewer')
  return (
    <Page title="起草标准" trail={[{ label: '标准制定', path: '/standards/drafts' }]} narrow>
      {!mayDraft ? (
        <Empty title="您的角色不能起草标准">
          实物定额、服务标准和指导目录由机关事务管理部门的保障计划审核人员起草，支出定额和开支标准由财政审核人员起草。
        </Empty>
      ) : (
        <EntryForm
          operation={contract.makeDraft}
          fixed={{
            standardIds: row ?? [],
            catalogueEntryIds: entry ?? [],
            ...(review === undefined ? {} : { expenditureReviewId: review }),
          }}
          initial={{ ...(first === undefined ? {} : { matter: first }), documentTitle: '', reason: '' }}
          submit="开始起草"
          onDone={({ draft }) => go(`/standards/drafts/${draft.id}`, { replace: true })}
          onCancel={() => go('/standards/drafts')}
        >
          <Field name="matter" label="事项" help={row ? `带入 ${row.length} 行现行标准。` : undefined}>
            <Choice labels={Object.fromEntries(own.map((one) => [one, matterLabels[one]])) as Record<Matter, string>} />
          </Field>
          <Field name="documentTitle" label="文件名称" help="批准后以此名称印发，不写书名号。" optional>
            <Input />
          </Field>
          <Field name="reason" label="制定或修订理由" help="依据的国家规定、基本需求或者情况变化。" optional>
            <OpinionBox maxLength={2000} phrases={['国家标准调整', '市场价格变化', '年度复核', '上级标准修订']} />
          </Field>
        </EntryForm>
      )}
    </Page>
  )
}
