import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract, NormView } from '../contract.ts'
import { inChinese } from '#kernel/pure/norm-article.ts'
import { kindLabels } from '../model.ts'

export const shows = ['all', 'carried', 'open', 'overdue'] as const
export type Show = (typeof shows)[number]
type Chapters = OutputOf<(typeof contract)['articles']>['chapters']
export type ShownChapter = Chapters[number] & { place: string }

/** Chapters with the norms that fit the filter and contain every word searched for; empty ones are left out. */
export function narrowed(chapters: Chapters, show: Show, text: string): ShownChapter[] {
  const words = text.split(/[\s　]+/).filter((word) => word !== '')
  return chapters
    .map((chapter) => ({
      ...chapter,
      place: `第${inChinese(chapter.number)}章`,
      articles: chapter.articles
        .map((article) => ({
          ...article,
          norms: article.norms.filter(
            (norm) =>
              fits(norm, show) &&
              words.every((word) => `${article.title} ${wordsOf(norm)}`.toLowerCase().includes(word.toLowerCase())),
          ),
        }))
        .filter(({ norms }) => norms.length > 0),
    }))
    .filter(({ articles }) => articles.length > 0)
}

/** 已承载 includes what is carried in part; 未承载 too, for something of it is missing. */
function fits({ standing, cases }: NormView, show: Show): boolean {
  if (show === 'carried') return standing === 'whole' || standing === 'part'
  if (show === 'open') return standing === 'open' || standing === 'part'
  return show === 'all' || (cases?.overdue ?? 0) > 0
}

function wordsOf({
  id,
  place,
  kind,
  bearer,
  towards,
  text,
  trigger,
  deadline,
  evidence,
  open,
  places,
}: NormView): string {
  const carriers = places.flatMap(({ title, acts, rules }) => [title, ...acts, ...rules])
  return [id, place, kindLabels[kind], bearer, towards, text, trigger, deadline, evidence, open, ...carriers]
    .filter((word) => word !== null)
    .join(' ')
}
