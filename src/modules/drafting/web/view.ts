import type { DraftChange, DraftView } from '../contract/draft.ts'
import type { ChangeContent } from '../model.ts'

export type View = DraftView
export type ViewedChange = DraftChange

/** What a change proposes, without what the view adds. */
export function contentOf(change: ViewedChange): ChangeContent {
  const { id: _, lineNo: __, before: ___, above: ____, enactedId: _____, ...content } = change
  return content
}
