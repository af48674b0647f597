import type { Act } from '#kernel/server/context.ts'
import { textOfArticle } from '../rules/parse-law.ts'
import { gramsOf, searchable } from '../rules/search.ts'
import { insertPassages, type Passage } from '../store/search.ts'
import { insertVersion, type NewVersion } from '../store/works.ts'

type Kept = Omit<NewVersion, 'articleCount' | 'oddityCount' | 'importedBy' | 'importedByName' | 'importedAt'>

/** Writes a version with all that search looks through. */
export async function keepVersion({ tx, actor, now }: Pick<Act, 'tx' | 'actor' | 'now'>, version: Kept): Promise<void> {
  await insertVersion(tx, {
    ...version,
    articleCount: version.content.articles.length,
    oddityCount: version.content.oddities.length,
    importedBy: actor.personId,
    importedByName: actor.name,
    importedAt: now,
  })
  await insertPassages(tx, version.id, passagesOf(version))
}

/** The title, then every article; the number of an article is found in both ways of writing it. */
export function passagesOf({
  title,
  documentNumber,
  issuer,
  content,
}: Pick<Kept, 'title' | 'documentNumber' | 'issuer' | 'content'>): Passage[] {
  const head = [title, documentNumber, issuer].filter(Boolean).join(' ')
  return [
    passage(0, null, null, title, head, head),
    ...content.articles.map((article, index) => {
      const body = textOfArticle(article)
      const digits = `第${article.number}条`
      return passage(
        index + 1,
        article.key,
        article.sub === 0 ? article.number : null,
        article.label,
        body,
        `${article.label} ${digits} ${body}`,
      )
    }),
  ]
}

function passage(
  position: number,
  article: string | null,
  number: number | null,
  label: string,
  body: string,
  all: string,
): Passage {
  const words = searchable(all)
  return { position, article, number, label, body, words, grams: gramsOf(words) }
}
