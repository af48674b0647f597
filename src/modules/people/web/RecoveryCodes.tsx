import { Button } from 'antd'
import { Section } from '#kernel/web/Page.tsx'
import { saveBlob } from '#kernel/web/client.ts'

/** Shown once: for the day the phone is lost. */
export function RecoveryCodes({ codes, name, onKept }: { codes: readonly string[]; name: string; onKept: () => void }) {
  const text = `运保 恢复码（${name}）\r\n每个只能用一次。\r\n\r\n${codes.join('\r\n')}\r\n`
  return (
    <Section title="恢复码">
      <p>
        手机丢失或更换时，用恢复码代替动态口令登录，<b>每个只能用一次</b>
        ，且只显示这一次。请打印或抄写后妥善保管，不要与密码放在一起。
      </p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row no-print">
        <Button type="primary" onClick={onKept}>
          已妥善保存
        </Button>
        <Button onClick={() => window.print()}>打印</Button>
        <Button onClick={() => saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), '运保恢复码.txt')}>
          下载
        </Button>
      </div>
    </Section>
  )
}
