import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Notice } from '../../model.ts'

export function noticeStateWord({ acknowledgedAt, deliveredAt }: Notice): string {
  if (acknowledgedAt !== null) return '已签收'
  return deliveredAt === null ? '待送达' : '待签收'
}

export function NoticeStateTag({ notice }: { notice: Notice }) {
  return <StateTag tone={notice.acknowledgedAt === null ? 'waiting' : 'done'} word={noticeStateWord(notice)} />
}
