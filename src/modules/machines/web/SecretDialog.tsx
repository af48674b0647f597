import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import type { Issued } from './IssueDialog.tsx'

/** The token, this once: closing it is asked for by a word that it was kept. */
export function SecretDialog({ issued: { token, secret }, onClose }: { issued: Issued; onClose: () => void }) {
  const [kept, setKept] = useState(false)
  const copy = async () => {
    // Without TLS the browser gives no clipboard: the text is selected for copying by hand.
    if (!navigator.clipboard) return document.querySelector<HTMLInputElement>('#machine-secret')?.select()
    await navigator.clipboard.writeText(secret)
    tell('已复制令牌。')
  }
  return (
    <Dialog
      title="令牌已签发"
      wide
      actions={
        <Button type="primary" disabled={!kept} onClick={onClose}>
          完成
        </Button>
      }
    >
      <div className="stack">
        <p>
          “{token.name}”代表{token.organName}，有效至 {token.validUntil}。
        </p>
        <div className="machine-secret" role="status">
          <label htmlFor="machine-secret">令牌（只显示这一次）</label>
          <input id="machine-secret" readOnly value={secret} onFocus={(event) => event.target.select()} />
          <span className="row">
            <Button onClick={() => void copy()}>复制</Button>
            <span className="quiet">调用时放在请求头 Authorization: Bearer 之后。</span>
          </span>
        </div>
        <p className="quiet">请当面或通过安全渠道交给对接系统的管理人员，不要写入邮件、聊天和程序代码。</p>
        <Checkbox checked={kept} onChange={({ target }) => setKept(target.checked)}>
          已妥善保存，关闭后不能再查看
        </Checkbox>
      </div>
    </Dialog>
  )
}
