import { Input, Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { bodyKindLabels, type Body } from '../model/body.ts'

/** Registers a body or event that the own organ leads. */
export function BodyDialog({ onClose }: { onClose: () => void }) {
  const go = useGo()
  return (
    <Dialog title="登记临时机构、会议活动" onClose={onClose}>
      <EntryForm
        operation={contract.registerBody}
        initial={{ kind: 'body', beginsOn: todayHere() }}
        submit="登记"
        onDone={({ body }) => go(`/warehouse/bodies/${body.id}`)}
        onCancel={onClose}
      >
        <Field name="kind" label="类别">
          <Select options={Object.entries(bodyKindLabels).map(([value, label]) => ({ value, label }))} />
        </Field>
        <Field name="name" label="名称">
          <Input maxLength={80} autoComplete="off" />
        </Field>
        <Field name="document" label="设立依据文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="beginsOn" label="开始日期">
          <LocalDateInput />
        </Field>
        <Field name="endsOn" label="预计结束日期" help="公物仓借用按这一日期约定归还。">
          <LocalDateInput />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** Puts right what is said of it while it goes on. */
export function ChangeBodyDialog({ body, onClose }: { body: Body; onClose: () => void }) {
  return (
    <Dialog title="修改登记" onClose={onClose}>
      <EntryForm
        operation={contract.changeBody}
        fixed={{ bodyId: body.id, version: body.version }}
        initial={{ name: body.name, document: body.document, endsOn: body.endsOn }}
        submit="保存"
        onDone={onClose}
        onCancel={onClose}
      >
        <Field name="name" label="名称">
          <Input maxLength={80} autoComplete="off" />
        </Field>
        <Field name="document" label="设立依据文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="endsOn" label="预计结束日期">
          <LocalDateInput />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** It has ended: what it uses is to be cleared away from that day on. */
export function EndBodyDialog({ body, onClose }: { body: Body; onClose: () => void }) {
  return (
    <Dialog title={body.kind === 'body' ? '登记撤销' : '登记结束'} onClose={onClose}>
      <EntryForm
        operation={contract.endBody}
        fixed={{ bodyId: body.id, version: body.version }}
        initial={{ endedOn: todayHere() }}
        submit={body.kind === 'body' ? '登记撤销' : '登记结束'}
        onDone={() => {
          tell('已登记，请按期清理使用的资产。')
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">从这一天起计算清理期限；公物仓借用的物品随之到期归还。</p>
        <Field name="endedOn" label={body.kind === 'body' ? '撤销日期' : '结束日期'}>
          <LocalDateInput min={body.beginsOn} max={todayHere()} />
        </Field>
        <Field name="document" label="撤销文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
