import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Tone } from '#kernel/web/StateTag.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import { accountFilters, type AccountFilter } from '../model.ts'
import { InitialPassword } from './InitialPassword.tsx'
import { FindPersonDialog } from './personal-data/FindPersonDialog.tsx'

const Filters = z.object({ text: z.string().optional(), account: z.enum(accountFilters).optional() })

const accountLabels: Readonly<Record<AccountFilter, string>> = {
  locked: '登录已锁定',
  disabled: '已停用',
  'initial-password': '尚未改初始密码',
  'without-second-factor': '缺第二因素',
}

type Listed = OutputOf<typeof contract.people>['items'][number]

function accountState({ account }: Listed): { tone: Tone; word: string } | null {
  if (account === null) return null
  if (account.state === 'disabled') return { tone: 'refused', word: '已停用' }
  if (account.locked) return { tone: 'warn', word: '登录已锁定' }
  return account.mustChange ? { tone: 'waiting', word: '初始密码' } : { tone: 'done', word: '正常' }
}

function secondFactorWords({ account }: Listed): string {
  if (account === null) return ''
  if (account.secondFactorSince !== null) return '已启用'
  return account.secondFactorRequired ? '缺' : ''
}

/** For those who keep accounts. */
const accountColumns: readonly Column<Listed>[] = [
  { key: 'username', title: '用户名', value: ({ account }) => account?.username ?? '', width: 200 },
  {
    key: 'account',
    title: '账号',
    value: (row) => accountState(row)?.word ?? '',
    render: (row) => {
      const state = accountState(row)
      return state === null ? '无' : <StateTag {...state} />
    },
    width: 120,
  },
  { key: 'second-factor', title: '第二因素', value: secondFactorWords, width: 96 },
]

/** People of the own organ, or of the level for those who keep accounts and roles. */
export default function PeoplePage() {
  const { roles } = useMe()
  const keeps = roles.some((role) => role === 'system-administrator' || role === 'security-administrator')
  const [{ text, account }, change] = useFilters(Filters)
  const [creating, setCreating] = useState(false)
  const [finding, setFinding] = useState(false)
  const [issued, setIssued] = useState<{ name: string; username: string; password: string } | null>(null)
  const pages = usePages(contract.people, {
    ...(text ? { text } : {}),
    ...(account && keeps ? { account } : {}),
    limit: 100,
  })
  const may = pages.first?.may
  return (
    <Page
      title="人员和角色"
      lead="角色按任职期间授予，到期自动失效；系统管理、安全保密管理、安全审计三员分立。"
      actions={
        may && (
          <ActionButton primary refusal={may.create} onClick={() => setCreating(true)}>
            登记人员并开通账号
          </ActionButton>
        )
      }
    >
      <Table
        label="人员"
        columns={[
          { key: 'name', title: '姓名', value: ({ name }) => name, width: 100 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 210 },
          { key: 'post', title: '职务', value: ({ post }) => post ?? '', width: 150 },
          {
            key: 'roles',
            title: '今日角色',
            value: ({ roles }) => roles.map((role) => roleLabels[role]).join('、'),
            width: keeps ? 220 : 280,
          },
          { key: 'officePhone', title: '办公电话', value: ({ officePhone }) => officePhone ?? '', width: 150 },
          { key: 'mobile', title: '手机号码', value: ({ mobile }) => mobile ?? '', width: 130 },
          ...(keeps ? accountColumns : []),
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/people/${id}`}
        tools={
          <>
            {keeps && (
              <ChoiceFilter
                label="账号"
                labels={accountLabels}
                value={account}
                onChange={(value) => change({ account: value })}
              />
            )}
            <Input.Search
              aria-label="姓名"
              placeholder="姓名"
              allowClear
              defaultValue={text ?? ''}
              style={{ width: 200 }}
              onSearch={(value) => change({ text: value.trim() || undefined })}
            />
            {may?.find === null && <Button onClick={() => setFinding(true)}>按号码查找</Button>}
          </>
        }
        empty={<Empty title="没有符合条件的人员" />}
      />
      {creating && (
        <CreateDialog onClose={() => setCreating(false)} onIssued={(one) => (setCreating(false), setIssued(one))} />
      )}
      {finding && <FindPersonDialog onClose={() => setFinding(false)} />}
      {issued && <InitialPassword {...issued} onClose={() => setIssued(null)} />}
    </Page>
  )
}

function CreateDialog({
  onClose,
  onIssued,
}: {
  onClose: () => void
  onIssued: (issued: { name: string; username: string; password: string }) => void
}) {
  const me = useMe()
  const { data } = useFetchedLater(
    organs.organs,
    me.organ ? { jurisdictionCode: me.organ.jurisdictionCode, limit: 200 } : null,
  )
  return (
    <Dialog title="登记人员并开通账号" onClose={onClose}>
      <EntryForm
        operation={contract.createPerson}
        submit="登记并开通"
        onDone={({ person, account, initialPassword }) =>
          onIssued({ name: person.name, username: account?.username ?? '', password: initialPassword })
        }
        onCancel={onClose}
      >
        <Field name="name" label="姓名">
          <Input maxLength={50} />
        </Field>
        <Field name="organId" label="机关">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="post" label="职务">
          <Input maxLength={100} />
        </Field>
        <Field name="username" label="用户名" help="3至32位小写字母、数字、点、下划线或连字符。">
          <Input maxLength={32} autoCapitalize="none" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
