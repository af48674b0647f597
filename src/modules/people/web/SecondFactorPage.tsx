import { Input } from 'antd'
import { useState } from 'react'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import './second-factor.css'

type Enrolment = OutputOf<typeof contract.enrolSecondFactor>

/** The own second factor: enrol, confirm, replace, give up. In place of every page while it must be enrolled. */
export default function SecondFactorPage() {
  const me = useMe()
  const go = useGo()
  const { confirmedAt, recoveryCodesLeft, requiredBy, demonstration } = useFetched(contract.secondFactor, {})
  // As it was on coming here: once enrolled, whoever was led here goes on to their work.
  const [wasLedHere] = useState(me.mustEnrolSecondFactor)
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const enrol = useSend(contract.enrolSecondFactor, { invalidates: [], onDone: setEnrolment })
  const renew = useSend(contract.newRecoveryCodes, { onDone: ({ recoveryCodes }) => setCodes(recoveryCodes) })
  const remove = useSend(contract.removeSecondFactor, { onDone: () => tell('第二因素已停用，登录只需密码。') })
  const required = requiredBy.map((role) => roleLabels[role]).join('、')
  const must = requiredBy.length > 0 && confirmedAt === null
  return (
    <Page
      title="第二因素"
      narrow
      lead={
        must
          ? `您担任${required}，须先启用第二因素，才能办理其他事项。`
          : '登录和办理重要事项时，除密码外再核对手机上的动态口令，密码泄露也不能冒用。'
      }
    >
      {enrolment !== null ? (
        <Confirm
          enrolment={enrolment}
          replacing={confirmedAt !== null}
          onConfirmed={(recoveryCodes) => (setEnrolment(null), setCodes(recoveryCodes))}
          onCancel={() => setEnrolment(null)}
        />
      ) : codes !== null ? (
        <RecoveryCodes
          codes={codes}
          name={me.person.name}
          onKept={() => {
            setCodes(null)
            if (wasLedHere) go('/')
          }}
        />
      ) : (
        <Section>
          <Refusals of={enrol.error ?? renew.error ?? remove.error} />
          <Facts
            of={[
              {
                label: '状态',
                value:
                  confirmedAt === null ? (
                    <StateTag tone={must ? 'warn' : 'draft'} word="未启用" />
                  ) : (
                    <StateTag tone="done" word="已启用" />
                  ),
                note: confirmedAt === null ? null : `自 ${shortInstant(confirmedAt)}`,
              },
              {
                label: '剩余恢复码',
                value: confirmedAt === null ? null : `${recoveryCodesLeft} 个`,
                note: recoveryCodesLeft <= 3 ? '请重新生成' : null,
              },
              { label: '要求启用的岗位', value: required === '' ? null : required },
            ]}
          />
          {demonstration && (
            <p className="quiet">
              演示环境不强制启用，可以试用；试用后用同一账号登录须输入动态口令，停用后恢复一键登录。
            </p>
          )}
          <div className="row second-factor-acts">
            <ActionButton primary busy={enrol.sending} onClick={() => enrol.send({})}>
              {confirmedAt === null ? '启用' : '更换'}
            </ActionButton>
            {confirmedAt !== null && (
              <>
                <ActionButton onClick={() => renew.send({})}>重新生成恢复码</ActionButton>
                <ActionButton
                  refusal={
                    requiredBy.length === 0
                      ? null
                      : [
                          {
                            code: 'second-factor-required',
                            message: `您担任${required}，须使用第二因素，不能停用。`,
                            basis: null,
                            facts: {},
                            remedy: '更换手机的，请用“更换”。',
                          },
                        ]
                  }
                  onClick={() => remove.send({})}
                >
                  停用
                </ActionButton>
              </>
            )}
          </div>
        </Section>
      )}
    </Page>
  )
}

/** The secret as picture and text, and the first code, which proves that the application has it. */
function Confirm({
  enrolment,
  replacing,
  onConfirmed,
  onCancel,
}: {
  enrolment: Enrolment
  replacing: boolean
  onConfirmed: (recoveryCodes: readonly string[]) => void
  onCancel: () => void
}) {
  return (
    <Section title={replacing ? '更换身份验证器' : '添加到身份验证器'}>
      <ol className="enrolment-steps">
        <li>
          在手机上打开身份验证器（微信小程序“腾讯身份验证器”、Microsoft Authenticator 等支持 TOTP
          的应用均可），扫描二维码。
          <div className="enrolment-secret">
            <img
              src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(enrolment.qr)}`}
              width={208}
              height={208}
              alt="密钥二维码，不能扫描的请输入下方密钥"
            />
            <p>
              不能扫描的，手工输入密钥：
              <code className="secret-groups">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              <small className="quiet">类型选“基于时间”，其余按默认。密钥请勿转发或截屏保存。</small>
            </p>
          </div>
        </li>
        <li>
          输入应用显示的6位动态口令。
          <EntryForm
            operation={contract.confirmSecondFactor}
            submit={replacing ? '确认更换' : '确认启用'}
            onDone={({ recoveryCodes }) => onConfirmed(recoveryCodes)}
            onCancel={onCancel}
          >
            <Field name="code" label="动态口令">
              <Input
                className="code-input"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
                style={{ width: 180 }}
              />
            </Field>
          </EntryForm>
        </li>
      </ol>
      {replacing && <p className="quiet">确认之前，原来的动态口令仍然有效。</p>}
    </Section>
  )
}
