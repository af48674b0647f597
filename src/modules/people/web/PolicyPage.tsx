import { Input, Select } from 'antd'
import { useState } from 'react'
import { roleLabels, roles } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { profiles, type Profile } from '../model.ts'
import './policy.css'

type Policy = OutputOf<typeof contract.policy>

const profileWords: Readonly<Record<Profile, string>> = {
  'dengbao-3': '等保三级：字符类别和定期更换（GB/T 22239-2019 8.1.4.1）',
  asvs: 'OWASP ASVS 5.0：不要求字符类别，不定期更换，以长度和常见密码名单为准',
}

/** Security policy 安全策略: what holds for every account of the system, with bounds, grounds and history. */
export default function PolicyPage() {
  const policy = useFetched(contract.policy, {})
  const { profile, version, settings, secondFactorRoles, commonPasswords, changes, may } = policy
  const [changing, setChanging] = useState(false)
  return (
    <Page
      title="安全策略"
      lead="登录、密码、第二因素和委托的统一规则，对全系统生效；修改须写明理由，逐次留存。"
      actions={
        <ActionButton primary refusal={may.change} onClick={() => setChanging(true)}>
          修改策略
        </ActionButton>
      }
    >
      <Section>
        <Facts
          of={[
            { label: '密码规则', value: profileWords[profile], wide: true },
            {
              label: '须使用第二因素的角色',
              value: secondFactorRoles.map((role) => roleLabels[role]).join('、'),
              wide: true,
            },
            {
              label: '常见密码名单',
              value: `${commonPasswords.toLocaleString('zh-CN')} 个`,
              note: '另按规则识别其变形、键盘序列、姓名、用户名和单位名称',
            },
            { label: '版本', value: `第 ${version} 版` },
          ]}
        />
      </Section>
      <Table
        label="安全策略"
        height="auto"
        columns={[
          { key: 'title', title: '项目', value: ({ title }) => title, width: 250 },
          { key: 'group', title: '类别', value: ({ group }) => group, width: 110 },
          {
            key: 'value',
            title: '现行',
            value: ({ value, unit, unused }) => (unused ? '本规则不适用' : `${value.toLocaleString('zh-CN')} ${unit}`),
            width: 130,
          },
          {
            key: 'bounds',
            title: '可设范围',
            value: ({ least, most }) => `${least.toLocaleString('zh-CN')} 至 ${most.toLocaleString('zh-CN')}`,
            width: 150,
          },
          {
            key: 'standard',
            title: '标准值',
            value: ({ standard }) => standard.toLocaleString('zh-CN'),
            width: 90,
          },
          { key: 'basis', title: '依据', value: ({ basis }) => basis.citation, width: 420 },
        ]}
        rows={settings}
        keyOf={({ key }) => key}
        empty={<Empty title="没有策略项目" />}
      />
      <Section title="修改记录">
        {changes.length === 0 ? (
          <Empty title="尚未修改过">现行为系统初始值。</Empty>
        ) : (
          <Table
            label="修改记录"
            height="auto"
            columns={[
              { key: 'version', title: '版本', value: (change) => `第 ${change.version} 版`, width: 90 },
              { key: 'at', title: '时间', value: ({ changedAt }) => shortInstant(changedAt), width: 150 },
              { key: 'by', title: '修改人', value: ({ changedByName }) => changedByName, width: 100 },
              {
                key: 'what',
                title: '改动',
                value: (change) => change.changes.map(wordsOfChange).join('；'),
                width: 420,
              },
              { key: 'reason', title: '理由', value: ({ reason }) => reason, width: 300 },
            ]}
            rows={changes}
            keyOf={(change) => String(change.version)}
            empty={null}
          />
        )}
      </Section>
      {changing && <ChangeDialog policy={policy} onClose={() => setChanging(false)} />}
    </Page>
  )
}

function wordsOfChange({ title, before, after }: Policy['changes'][number]['changes'][number]): string {
  return `${title}：${before} → ${after}`
}

function ChangeDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const values = Object.fromEntries(policy.settings.map(({ key, value }) => [key, value]))
  return (
    <Dialog title="修改安全策略" wide onClose={onClose}>
      <EntryForm
        operation={contract.changePolicy}
        initial={{ profile: policy.profile, values, secondFactorRoles: policy.secondFactorRoles }}
        ifMatch={policy.version}
        submit="保存修改"
        onDone={({ version }) => (tell(`安全策略已修改为第 ${version} 版，立即生效。`), onClose())}
        onCancel={onClose}
      >
        <Field name="reason" label="修改理由">
          <Input.TextArea rows={2} maxLength={500} placeholder="例如：按年度等级测评整改意见" />
        </Field>
        <Field name="profile" label="密码规则">
          <Select options={profiles.map((value) => ({ value, label: profileWords[value] }))} />
        </Field>
        <Field name="secondFactorRoles" label="须使用第二因素的角色" help="三员不能取消。">
          <Select mode="multiple" options={roles.map((value) => ({ value, label: roleLabels[value] }))} />
        </Field>
        <div className="policy-fields">
          {policy.settings.map(({ key, title, unit, least, most, standard, unused }) => (
            <Field
              key={key}
              name={['values', key]}
              label={title}
              optional={false}
              help={`${least.toLocaleString('zh-CN')} 至 ${most.toLocaleString('zh-CN')} ${unit}，标准值 ${standard.toLocaleString('zh-CN')}${unused ? '；现行密码规则不适用此项' : ''}`}
            >
              <QuantityInput unit={unit} />
            </Field>
          ))}
        </div>
      </EntryForm>
    </Dialog>
  )
}
