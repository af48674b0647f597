import type { PageProps } from '#kernel/web/routes.ts'
import { regulationWorkId } from '../model.ts'
import { OneArticle } from './OneArticle.tsx'

/** An article of the Regulation in force, by its number: where findings and norms lead. */
export default function RegulationArticlePage({ params }: PageProps<'/regulations/articles/:number'>) {
  return <OneArticle workId={regulationWorkId} article={params.number} />
}
