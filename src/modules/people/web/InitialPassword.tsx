import { Button } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'

/** Shown once: nobody can read it again. */
export function InitialPassword({
  name,
  username,
  password,
  onClose,
}: {
  name: string
  username: string
  password: string
  onClose: () => void
}) {
  return (
    <Dialog
      title="初始密码"
      actions={
        <Button type="primary" onClick={onClose}>
          已当面交给本人
        </Button>
      }
    >
      <p>
        {name} 的用户名为 <b className="number">{username}</b>，初始密码为：
      </p>
      <p>
        <code>{password}</code>
      </p>
      <p className="quiet">密码只显示这一次，首次登录时须修改；逾期未用的，由系统管理员重置。</p>
    </Dialog>
  )
}
