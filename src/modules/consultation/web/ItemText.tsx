import type { ReactNode } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'
import { ReplyTag } from './state-tags.tsx'
import './consultation.css'

export type Item = OutputOf<(typeof contract)['items']>['items'][number]

/** One opinion as it is read: where it belongs, what it says, and what became of it. */
export function ItemText({ item, head, showReply = true }: { item: Item; head?: ReactNode; showReply?: boolean }) {
  return (
    <div className="opinion-item">
      <p className="opinion-head">
        {head}
        <b>
          {item.itemNo}. {item.place || '总体意见'}
        </b>
        {item.organName !== null && <span className="quiet">{item.organName}</span>}
        {item.late && <span className="opinion-late">逾期反馈</span>}
        {item.groupLabel !== null && <span className="opinion-group">{item.groupLabel}</span>}
      </p>
      <p className="opinion-said">{item.opinion}</p>
      {item.suggestion !== '' && (
        <p className="opinion-more">
          <span className="quiet">修改建议：</span>
          {item.suggestion}
        </p>
      )}
      {item.reason !== '' && (
        <p className="opinion-more">
          <span className="quiet">理由：</span>
          {item.reason}
        </p>
      )}
      {showReply && item.reply !== null && (
        <p className="opinion-reply">
          <ReplyTag reply={item.reply} />
          {item.replyReason}
          {item.repliedByName !== null && <span className="quiet"> {item.repliedByName}</span>}
        </p>
      )}
    </div>
  )
}
