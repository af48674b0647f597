import { Input, Select } from 'antd'
import { useState } from 'react'
import { Role, roleLabels } from '#kernel/pure/actor.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useFetchedLater, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import { organRoles, type Holding, type Person } from '../model.ts'
import { InitialPassword } from './InitialPassword.tsx'

/** A person: roles held and for how long, whose they are when delegated, and the account for those who keep it. */
export default function PersonPage({ params: { personId } }: PageProps<'/people/:personId'>) {
  const me = useMe()
  const { person, account, holdings, may } = useFetched(contract.viewPerson, { personId })
  const [granting, setGranting] = useState(false)
  const [delegating, setDelegating] = useState<Holding | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  const end = useSend(contract.endRole, { onDone: () => tell('角色已收回，自今日起失效。') })
  const state = useSend(contract.setAccountState, {
    onDone: ({ account: now }) => tell(now?.state === 'disabled' ? '账号已停用。' : '账号已启用。'),
  })
  const reset = useSend(contract.resetPassword, { onDone: ({ initialPassword }) => setPassword(initialPassword) })
  return (
    <>
      <Record
        title={person.name}
        kind={person.post ?? '人员'}
        state={
          account && (
            <StateTag
              tone={account.state === 'active' ? (account.locked ? 'warn' : 'done') : 'refused'}
              word={account.state === 'disabled' ? '已停用' : account.locked ? '登录已锁定' : '账号正常'}
            />
          )
        }
        trail={[{ label: '人员和角色', path: '/people' }]}
        facts={[
          { label: '机关', value: person.organName, note: person.jurisdictionName },
          { label: '用户名', value: account?.username ?? null },
          {
            label: '密码设置于',
            value: account ? shortInstant(account.passwordSetAt) : null,
            note: account?.mustChange ? '下次登录须修改' : null,
          },
        ]}
        actions={
          <>
            <ActionButton primary refusal={may.grant} onClick={() => setGranting(true)}>
              授予角色
            </ActionButton>
            {account && (
              <>
                <ActionButton refusal={may.resetPassword} onClick={() => reset.send({ personId })}>
                  重置密码
                </ActionButton>
                {account.locked && account.state === 'active' && (
                  <ActionButton refusal={may.disable} onClick={() => state.send({ personId, state: 'active' })}>
                    解除锁定
                  </ActionButton>
                )}
                <ActionButton
                  refusal={may.disable}
                  onClick={() => state.send({ personId, state: account.state === 'active' ? 'disabled' : 'active' })}
                >
                  {account.state === 'active' ? '停用账号' : '启用账号'}
                </ActionButton>
              </>
            )}
          </>
        }
        notice={<Refusals of={end.error ?? state.error ?? reset.error} />}
        details={
          <Table
            label="角色"
            height="auto"
            columns={[
              { key: 'role', title: '角色', value: ({ role }) => roleLabels[role], width: 180 },
              { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 240 },
              { key: 'from', title: '自', kind: 'date', value: ({ validFrom }) => validFrom },
              { key: 'until', title: '至', kind: 'date', value: ({ validUntil }) => validUntil },
              { key: 'by', title: '受托于', value: ({ delegatedBy }) => delegatedBy?.name ?? '', width: 120 },
              { key: 'document', title: '依据文件', value: ({ document }) => document ?? '', width: 180 },
              {
                key: 'acts',
                title: '办理',
                value: () => '',
                width: 170,
                render: (holding) => (
                  <span className="row">
                    {may.delegate === null && holding.delegatedFrom === null && (
                      <ActionButton onClick={() => setDelegating(holding)}>委托</ActionButton>
                    )}
                    <ActionButton
                      refusal={holding.delegatedBy?.id === me.person.id ? null : may.grant}
                      onClick={() => end.send({ holdingId: holding.id })}
                    >
                      收回
                    </ActionButton>
                  </span>
                ),
              },
            ]}
            rows={holdings}
            keyOf={({ id }) => id}
            empty={<Empty title="没有角色">授予角色后才能办理事项。</Empty>}
          />
        }
      />
      {granting && <GrantDialog person={person} onClose={() => setGranting(false)} />}
      {delegating && <DelegateDialog holding={delegating} onClose={() => setDelegating(null)} />}
      {password && (
        <InitialPassword
          name={person.name}
          username={account?.username ?? ''}
          password={password}
          onClose={() => setPassword(null)}
        />
      )}
    </>
  )
}

/** The organ's head gives the organ's own roles; the security administrator any role, at any organ of the level. */
function GrantDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const me = useMe()
  const ofLevel = me.roles.includes('security-administrator')
  const { data } = useFetchedLater(
    organs.organs,
    ofLevel ? { jurisdictionCode: person.jurisdictionCode, limit: 200 } : null,
  )
  const listed = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const places = listed.some(({ value }) => value === person.organId)
    ? listed
    : [{ value: person.organId, label: person.organName }, ...listed]
  const offered: readonly Role[] = ofLevel ? Role.options : organRoles
  return (
    <Dialog title="授予角色" onClose={onClose}>
      <EntryForm
        operation={contract.grantRole}
        fixed={{ personId: person.id }}
        initial={{ organId: person.organId, validFrom: todayHere() }}
        submit="授予"
        onDone={() => (tell('已授予角色。'), onClose())}
        onCancel={onClose}
      >
        <Field name="organId" label="任职机关">
          <Select showSearch={{ optionFilterProp: 'label' }} disabled={!ofLevel} options={places} />
        </Field>
        <Field name="role" label="角色">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={offered.map((value) => ({ value, label: roleLabels[value] }))}
          />
        </Field>
        <Field name="validFrom" label="自">
          <LocalDateInput />
        </Field>
        <Field name="validUntil" label="至" help="不填为长期。">
          <LocalDateInput />
        </Field>
        <Field name="document" label="依据文件">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function DelegateDialog({ holding, onClose }: { holding: Holding; onClose: () => void }) {
  const { data } = useFetchedLater(contract.people, { organId: holding.organId, limit: 200 })
  const colleagues = (data?.items ?? []).filter(({ id }) => id !== holding.personId)
  return (
    <Dialog title={`委托：${roleLabels[holding.role]}`} onClose={onClose}>
      <EntryForm
        operation={contract.delegateRole}
        fixed={{ holdingId: holding.id }}
        initial={{ validFrom: todayHere() }}
        submit="委托"
        onDone={() => (tell('已委托。'), onClose())}
        onCancel={onClose}
      >
        <Field name="personId" label="受托人">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={colleagues.map(({ id, name, post }) => ({ value: id, label: post ? `${name}（${post}）` : name }))}
          />
        </Field>
        <Field name="validFrom" label="自">
          <LocalDateInput />
        </Field>
        <Field name="validUntil" label="至">
          <LocalDateInput />
        </Field>
        <Field name="document" label="依据文件">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
