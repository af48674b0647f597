import { Input, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { resolutionLabels, resultLabels, type Difference, type Resolution } from '../model.ts'

/** One way of dealing with differences of one kind, with cause and who answers for them. */
export function WorkDialog({
  countId,
  differences,
  resolutions,
  onDone,
  onClose,
}: {
  countId: string
  differences: readonly Difference[]
  resolutions: readonly Resolution[]
  onDone: () => void
  onClose: () => void
}) {
  const [first] = differences
  if (first === undefined) return null
  const title =
    differences.length === 1
      ? `处理${resultLabels[first.result]}：${first.name}`
      : `处理${resultLabels[first.result]} ${differences.length} 项`
  return (
    <Dialog title={title} onClose={onClose}>
      <EntryForm
        operation={contract.workDifferences}
        fixed={{ countId, differenceIds: differences.map(({ id }) => id) }}
        initial={{
          cause: first.cause,
          responsible: first.responsible || (first.booked['custodianName'] ?? ''),
          ...(first.resolution !== null && resolutions.includes(first.resolution)
            ? { resolution: first.resolution }
            : resolutions[0] === undefined
              ? {}
              : { resolution: resolutions[0] }),
        }}
        submit="保存"
        onDone={({ open }) => {
          tell(open === 0 ? '差异已全部处理，可以提交审定。' : `已处理，还有 ${open} 项。`)
          onDone()
        }}
        onCancel={onClose}
      >
        <Field name="resolution" label="处理方式">
          <Select options={resolutions.map((value) => ({ value, label: resolutionLabels[value] }))} />
        </Field>
        <Field name="cause" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
        <Field name="responsible" label="责任人">
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
