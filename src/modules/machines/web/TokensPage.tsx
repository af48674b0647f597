import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { settings, stateLabels, tokenStates, type Token } from '../model.ts'
import { IssueDialog, type Issued } from './IssueDialog.tsx'
import { scopeWords, type Areas } from './scope-words.ts'
import { SecretDialog } from './SecretDialog.tsx'
import './machines.css'

const Filters = z.object({
  state: z.enum(tokenStates).optional().catch(undefined),
  issue: z.union([z.boolean(), z.string()]).optional(),
})
const tones = { valid: 'done', expired: 'draft', revoked: 'refused' } as const

/** 接口令牌: which systems may work for which organ, what they reach, until when, and when they last did. */
export default function TokensPage() {
  return (
    <Page
      title="接口令牌"
      lead="让其他信息系统代表机关读取或报送：只在所列权限内，办得了经办人的事，不能审核、签发。"
      actions={<Actions />}
    >
      <Tokens />
    </Page>
  )
}

function Actions() {
  const [{ issue }, change] = useFilters(Filters)
  const areas = useFetched(contract.areas, {})
  const [issued, setIssued] = useState<Issued | null>(null)
  const [setting, setSetting] = useState(false)
  return (
    <>
      <Button href="/api/docs" target="_blank">
        接口文档
      </Button>
      {areas.may.changeSettings === null && <Button onClick={() => setSetting(true)}>期限和频率</Button>}
      <Button type="primary" onClick={() => change({ issue: true })}>
        签发令牌
      </Button>
      {issue !== undefined && (
        <IssueDialog
          areas={areas}
          onClose={() => change({ issue: undefined })}
          onIssued={(one) => (change({ issue: undefined }), setIssued(one))}
        />
      )}
      {issued && <SecretDialog issued={issued} onClose={() => setIssued(null)} />}
      {setting && <SettingsDialog areas={areas} onClose={() => setSetting(false)} />}
    </>
  )
}

function Tokens() {
  const [{ state }, change] = useFilters(Filters)
  const { items: areas } = useFetched(contract.areas, {})
  const pages = usePages(contract.tokens, { ...(state ? { state } : {}), limit: 100 })
  const [shown, setShown] = useState<Token | null>(null)
  const [revoking, setRevoking] = useState<Token | null>(null)
  return (
    <>
      <Table
        label="接口令牌"
        columns={[
          { key: 'name', title: '对接系统', value: ({ name }) => name, width: 180 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => stateLabels[of],
            render: ({ state: of }) => <StateTag tone={tones[of]} word={stateLabels[of]} />,
            width: 100,
          },
          { key: 'organ', title: '代表机关', value: ({ organName }) => organName, width: 190 },
          { key: 'scopes', title: '权限', value: ({ scopes }) => scopeWords(scopes, areas), width: 270 },
          { key: 'until', title: '有效至', kind: 'date', value: ({ validUntil }) => validUntil },
          {
            key: 'used',
            title: '最近使用',
            value: ({ lastUsedAt }) => (lastUsedAt ? shortInstant(lastUsedAt) : '没有用过'),
            width: 150,
          },
          { key: 'begins', title: '令牌开头', value: ({ begins }) => begins, width: 130, optional: true },
          { key: 'purpose', title: '用途', value: ({ purpose }) => purpose, width: 260, optional: true },
          {
            key: 'act',
            title: '办理',
            value: () => '',
            width: 90,
            render: (token) =>
              token.state === 'valid' && <ActionButton onClick={() => setRevoking(token)}>撤销</ActionButton>,
          },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        onOpen={setShown}
        tools={
          <ChoiceFilter
            label="状态"
            labels={stateLabels}
            value={state}
            onChange={(value) => change({ state: value })}
            width={130}
          />
        }
        empty={
          <Empty title={state ? '没有符合条件的令牌' : '还没有签发过接口令牌'}>
            财务、资产等系统需要与本系统交换数据时，为它签发令牌。
          </Empty>
        }
      />
      {shown && (
        <TokenDialog
          token={shown}
          areas={areas}
          onRevoke={() => (setShown(null), setRevoking(shown))}
          onClose={() => setShown(null)}
        />
      )}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function TokenDialog({
  token,
  areas,
  onRevoke,
  onClose,
}: {
  token: Token
  areas: Areas
  onRevoke: () => void
  onClose: () => void
}) {
  return (
    <Dialog
      title={token.name}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>关闭</Button>
          {token.state === 'valid' && (
            <Button danger onClick={onRevoke}>
              撤销
            </Button>
          )}
        </>
      }
    >
      <Facts
        of={[
          { label: '状态', value: stateLabels[token.state] },
          { label: '代表机关', value: token.organName },
          { label: '用途', value: token.purpose },
          { label: '权限', value: scopeWords(token.scopes, areas) },
          { label: '令牌开头', value: token.begins },
          { label: '有效至', value: token.validUntil },
          { label: '签发', value: `${token.issuedByName}，${shortInstant(token.issuedAt)}` },
          { label: '最近使用', value: token.lastUsedAt ? shortInstant(token.lastUsedAt) : '没有用过' },
          ...(token.revokedAt
            ? [
                {
                  label: '撤销',
                  value: `${token.revokedByName ?? ''}，${shortInstant(token.revokedAt)}`,
                  note: token.revokedFor,
                },
              ]
            : []),
        ]}
      />
    </Dialog>
  )
}

function RevokeDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const revoke = useSend(contract.revoke, {
    invalidates: [contract.tokens],
    onDone: () => (tell(`已撤销“${token.name}”的令牌，即时失效。`), onClose()),
  })
  return (
    <OpinionDialog
      title={`撤销令牌：${token.name}`}
      lead={`撤销后该系统立即不能再访问，不能恢复；需要继续对接的，另行签发新的令牌（原令牌以 ${token.begins} 开头）。`}
      label="撤销原因"
      required
      phrases={['系统下线', '令牌疑似泄露', '更换为新令牌']}
      submit="撤销"
      onSend={(reason) => revoke.send({ tokenId: token.id, reason })}
      error={revoke.error}
      onClose={onClose}
    />
  )
}

function SettingsDialog({
  areas: { settings: figures },
  onClose,
}: {
  areas: { settings: { tokenDays: number; requestsPerMinute: number } }
  onClose: () => void
}) {
  const range = ({ least, most, unit }: { least: number; most: number; unit: string }) => `${least}至${most}${unit}。`
  return (
    <Dialog title="期限和频率" onClose={onClose}>
      <EntryForm
        operation={contract.changeSettings}
        initial={figures}
        submit="保存"
        invalidates={[contract.areas]}
        onDone={() => (tell('已保存，全省即时生效。'), onClose())}
        onCancel={onClose}
      >
        <Field name="tokenDays" label={settings['token-days'].title} help={range(settings['token-days'])}>
          <QuantityInput unit="天" />
        </Field>
        <Field
          name="requestsPerMinute"
          label={settings['requests-per-minute'].title}
          help={range(settings['requests-per-minute'])}
        >
          <QuantityInput unit="次" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
