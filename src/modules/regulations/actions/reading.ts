import { pageFrom } from '#kernel/pure/page.ts'
import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { standingOn, workKinds, type LawText } from '../model.ts'
import { can, readableScopes } from '../policy.ts'
import { compareVersions } from '../rules/compare.ts'
import { textOfArticle } from '../rules/parse-law.ts'
import { titlesIn } from '../rules/references.ts'
import { articleAsked, excerptOf, gramsAsked, termsOf } from '../rules/search.ts'
import { searchPassages, type SearchPlace } from '../store/search.ts'
import {
  contentOf,
  listWorks,
  versionsOf,
  workById,
  worksTitled,
  type VersionRow,
  type WorkRow,
} from '../store/works.ts'
import { besideArticles } from './beside.ts'

type ReadingActions = Pick<ActionsOf<typeof contract>, 'works' | 'search' | 'viewWork' | 'viewArticle' | 'compare'>

export const readingActions: ReadingActions = {
  async works(act) {
    const { after, limit, ...filter } = act.input
    const { rows, total } = await listWorks(act.tx, readableScopes(act.actor), filter, {
      after: workPlace(after),
      limit: limit + 1,
      day: act.today,
    })
    const page = pageFrom(rows, limit, (last) => `${workKinds.indexOf(last.kind) + 1}:${last.id}:${last.title}`)
    const names = await jurisdictionNames(act)
    return {
      ...page,
      items: page.items.map(({ version: _, ...row }) => ({
        ...row,
        jurisdictionName: names.get(row.jurisdictionCode) ?? '',
        standing: standingOn(row, filter.on ?? act.today),
      })),
      total,
      may: { import: mayOf(can.importTexts(act.actor)) },
    }
  },

  async search(act) {
    const { text, kind = null, workId = null, jurisdictionCode, on = act.today, after, limit } = act.input
    const terms = termsOf(text)
    const scopes = readableScopes(act.actor).filter(
      (code) => jurisdictionCode === undefined || code === jurisdictionCode,
    )
    const { rows, total } = await searchPassages(
      act.tx,
      { scopes, terms, grams: [...new Set(terms.flatMap(gramsAsked))], article: articleAsked(text), kind, workId, on },
      { after: searchPlace(after), limit: limit + 1 },
    )
    const page = pageFrom(rows, limit, (last) =>
      [last.rank, last.finds, last.kindRank, last.versionId, last.position].join(':'),
    )
    const names = await jurisdictionNames(act)
    return {
      ...page,
      items: page.items.map((row) => ({
        workId: row.workId,
        versionId: row.versionId,
        workTitle: row.workTitle,
        kind: row.kind,
        jurisdictionName: names.get(row.jurisdictionCode) ?? '',
        article: row.article,
        label: row.label,
        excerpt: excerptOf(row.body, terms),
      })),
      total,
    }
  },

  async viewWork(act) {
    const { work, versions, shown, law } = await shownVersion(act, act.input)
    return {
      work: await workFacts(act, work),
      versions: versions.map((version) => headOf(version, act.today)),
      shownVersionId: shown.id,
      law,
      beside: await besideArticles(
        act,
        work,
        shown,
        law.articles.map(({ key }) => key),
      ),
      named: await namedIn(act, law.articles.map(textOfArticle).join('\n')),
      may: { change: mayOf(can.changeWork(act.actor, work)) },
    }
  },

  async viewArticle(act) {
    const { work, shown, law } = await shownVersion(act, act.input)
    const index = law.articles.findIndex(({ key }) => key === act.input.article)
    const article = found(law.articles[index], '条文')
    const neighbour = (at: number) => {
      const other = law.articles[at]
      return other ? { key: other.key, label: other.label } : null
    }
    const [beside] = await besideArticles(act, work, shown, [article.key])
    return {
      work: await workFacts(act, work),
      shown: headOf(shown, act.today),
      headings: headingsOf(law, article.division),
      article,
      oddities: law.oddities.filter((oddity) => oddity.article === article.key),
      beside: beside ?? { article: article.key, norms: [], standards: [], links: [] },
      named: await namedIn(act, textOfArticle(article)),
      previous: neighbour(index - 1),
      next: neighbour(index + 1),
    }
  },

  async compare(act) {
    const { work, versions } = await readWork(act, act.input.workId)
    const version = (id: string) =>
      found(
        versions.find((one) => one.id === id),
        '版本',
      )
    const [before, after] = [version(act.input.before), version(act.input.after)]
    const articles = async ({ id }: VersionRow) => found(await contentOf(act.tx, id), '版本').articles
    return {
      work: await workFacts(act, work),
      versions: versions.map((one) => headOf(one, act.today)),
      before: headOf(before, act.today),
      after: headOf(after, act.today),
      articles: compareVersions(await articles(before), await articles(after)),
    }
  },
}

/** A work within reach, with all its versions, latest first; Missing for others, whether they exist or not. */
export async function readWork(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  workId: string,
): Promise<{ work: WorkRow; versions: VersionRow[] }> {
  const work = await workById(tx, workId)
  if (!work || !can.readWork(actor, work)) throw new Missing('制度')
  return { work, versions: await versionsOf(tx, [work.id]) }
}

/** The version asked for, else the one in force on the day, else the one that comes next, else the last. */
async function shownVersion(
  act: Ctx,
  { workId, versionId, on = act.today }: { workId: string; versionId?: string | undefined; on?: string | undefined },
) {
  const { work, versions } = await readWork(act, workId)
  const shown = found(
    versionId !== undefined
      ? versions.find(({ id }) => id === versionId)
      : (versions.find((version) => standingOn(version, on) === 'in-force') ??
          versions.findLast((version) => standingOn(version, on) === 'future') ??
          versions[0]),
    '版本',
  )
  return { work, versions, shown, law: found(await contentOf(act.tx, shown.id), '版本') }
}

async function workFacts(act: Pick<Act, 'tx'>, work: WorkRow) {
  return { ...work, jurisdictionName: (await jurisdictionNames(act)).get(work.jurisdictionCode) ?? '' }
}

async function jurisdictionNames({ tx }: Pick<Act, 'tx'>): Promise<Map<string, string>> {
  return new Map((await jurisdictions(tx)).map(({ code, name }) => [code, name]))
}

function namedIn({ tx, actor }: Pick<Act, 'tx' | 'actor'>, text: string) {
  return worksTitled(tx, readableScopes(actor), titlesIn(text))
}

export function headOf(version: VersionRow, today: string) {
  const { workId: _, articleCount, oddityCount: __, ...head } = version
  return { ...head, articles: articleCount, standing: standingOn(version, today) }
}

/** From the outermost heading to the innermost that an article stands under. */
export function headingsOf({ divisions }: Pick<LawText, 'divisions'>, division: number | null): string[] {
  const ranks = { part: 0, chapter: 1, section: 2 } as const
  const chain: string[] = []
  let rank = 3
  for (let at = division ?? -1; at >= 0; at--) {
    const heading = divisions[at]
    if (!heading || ranks[heading.kind] >= rank) continue
    rank = ranks[heading.kind]
    chain.unshift([heading.label, heading.title].filter(Boolean).join(' '))
  }
  return chain
}

function workPlace(after: string | undefined) {
  const match = /^(\d):([0-9a-f-]{36}):(.*)$/s.exec(after ?? '')
  return match ? { rank: Number(match[1]), id: match[2] as string, title: match[3] as string } : null
}

function searchPlace(after: string | undefined): SearchPlace | null {
  const match = /^([012]):(\d{1,2}):(\d):([0-9a-f-]{36}):(\d{1,6})$/.exec(after ?? '')
  if (!match) return null
  return {
    rank: Number(match[1]),
    finds: Number(match[2]),
    kindRank: Number(match[3]),
    versionId: match[4] as string,
    position: Number(match[5]),
  }
}
