import type { PageProps } from '#kernel/web/routes.ts'
import { OneArticle } from './OneArticle.tsx'

export default function ArticlePage({ params }: PageProps<'/regulations/:workId/articles/:article'>) {
  return <OneArticle workId={params.workId} article={params.article} />
}
