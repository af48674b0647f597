import { useState } from 'react'
import { roleLabels } from '#kernel/pure/actor.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import type { Holding } from '../model.ts'
import { DelegateDialog } from './DelegateDialog.tsx'
import { GrantDialog } from './GrantDialog.tsx'
import { InitialPassword } from './InitialPassword.tsx'
import { PersonalNumbers } from './personal-data/PersonalNumbers.tsx'

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
  const unlock = useSend(contract.unlockAccount, { onDone: () => tell('锁定已解除，可以重新登录。') })
  const resetFactor = useSend(contract.resetSecondFactor, {
    onDone: () => tell('第二因素已重置，本人的登录已全部结束；本人以密码登录后重新启用。'),
  })
  const endSessions = useSend(contract.endSessionsOf, { onDone: ({ ended }) => tell(`已结束此人的 ${ended} 个登录。`) })
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
          {
            label: '第二因素',
            value: account
              ? account.secondFactorSince
                ? '已启用'
                : account.secondFactorRequired
                  ? '未启用，岗位要求启用'
                  : '未启用'
              : null,
            note: account?.secondFactorSince ? `自 ${shortInstant(account.secondFactorSince)}` : null,
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
                  <ActionButton refusal={may.unlock} onClick={() => unlock.send({ personId })}>
                    解除锁定
                  </ActionButton>
                )}
                {account.secondFactorSince && (
                  <ActionButton refusal={may.resetSecondFactor} onClick={() => resetFactor.send({ personId })}>
                    重置第二因素
                  </ActionButton>
                )}
                <ActionButton refusal={may.endSessions} onClick={() => endSessions.send({ personId })}>
                  结束全部登录
                </ActionButton>
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
        notice={
          <Refusals
            of={end.error ?? state.error ?? reset.error ?? unlock.error ?? resetFactor.error ?? endSessions.error}
          />
        }
        more={[{ key: 'numbers', label: '联系方式和号码', content: <PersonalNumbers personId={personId} /> }]}
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
