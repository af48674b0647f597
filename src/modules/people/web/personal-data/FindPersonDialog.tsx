import { Input } from 'antd'
import { useState } from 'react'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { Go } from '#kernel/web/going.tsx'
import { contract } from '../../contract.ts'

/** By the whole number: parts of a number find nobody, since numbers are kept sealed. */
export function FindPersonDialog({ onClose }: { onClose: () => void }) {
  const [found, setFound] = useState<OutputOf<typeof contract.findPerson>['items'] | null>(null)
  return (
    <Dialog title="按号码查找人员" onClose={onClose}>
      <EntryForm
        operation={contract.findPerson}
        submit="查找"
        invalidates={[]}
        onDone={({ items }) => setFound(items)}
        onCancel={onClose}
      >
        <Field name="number" label="完整号码" help="手机号码或公民身份号码。查找记入审计记录。">
          <Input maxLength={40} autoComplete="off" />
        </Field>
      </EntryForm>
      <div role="status" style={{ marginTop: 16 }}>
        {found?.length === 0 && <p className="quiet">没有登记这一号码的人员，或不在您的权限范围内。</p>}
        {found?.map(({ id, name, organName, post, roles }) => (
          <p key={id}>
            <Go to={`/people/${id}`}>{name}</Go>　{organName}
            {post ? `，${post}` : ''}
            <small className="quiet">　{roles.map((role) => roleLabels[role]).join('、')}</small>
          </p>
        ))}
      </div>
    </Dialog>
  )
}
