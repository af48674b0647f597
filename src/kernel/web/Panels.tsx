import { Button } from 'antd'
import type { ReactNode } from 'react'
import { awaySince } from './connection.ts'
import { Go } from './going.tsx'
import { ProblemError, Unreachable } from './problem.ts'
import './panels.css'

/** Nothing here yet: says so and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <div className="quiet">{children}</div>}
    </div>
  )
}

/** Grey lines in place of what is coming, drawn only after 200 ms so that quick answers do not flicker. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className="skeleton" role="status" aria-label="正在载入">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${92 - ((line * 37) % 45)}%` }} />
      ))}
    </div>
  )
}

/** Why something cannot be shown: what happened, why, what to do, and a number to quote. What will stay so is not tried again. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { title, detail, instance } = worded(error)
  const link = error instanceof ProblemError ? error.link : null
  const final = error instanceof ProblemError && [403, 404].includes(error.status)
  return (
    <div className="error-panel" role="alert">
      <p className="error-title">{title}</p>
      <p>{detail}</p>
      {link && (
        <p>
          <Go to={link.path}>{link.title}</Go>
        </p>
      )}
      {instance && <p className="quiet">求助时请提供编号 {instance}</p>}
      {onRetry && (final ? <Go to="/">回到待办</Go> : <Button onClick={onRetry}>重试</Button>)}
    </div>
  )
}

function worded(error: unknown): { title: string; detail: string; instance: string } {
  if (error instanceof ProblemError)
    return { title: error.title || '未能完成', detail: error.detail, instance: error.instance }
  if (error instanceof Unreachable) return { title: '连接中断', detail: error.message, instance: '' }
  // A page whose program is not on this machine either.
  if (awaySince.get() !== null)
    return { title: '连接中断', detail: '这一页要连上服务器才能打开。请检查网络后重试。', instance: '' }
  return {
    title: '页面出错',
    detail: '这一页显示时出错。已填写的草稿仍然保留，请刷新页面；若仍不行，请联系系统管理员。',
    instance: '',
  }
}
