import { call, newKey } from '#kernel/web/client.ts'
import { awaySince, noteConnection } from '#kernel/web/connection.ts'
import { isAway } from '#kernel/web/offline/answer-or-kept.ts'
import { ProblemError, Unreachable } from '#kernel/web/problem.ts'
import { signal, type Signal } from '#kernel/web/signals.ts'
import { contract } from '../../contract.ts'
import type { Item } from '../../model.ts'
import {
  forgetMarks,
  forgetPhoto,
  keepList,
  keepMarks,
  keepPhoto,
  keptList,
  keptMarks,
  keptPhotos,
  type KeptPhoto,
  type ListedItem,
} from './local-store.ts'
import { leftOf, newMarkId, nextBatch, refusedWhole, type GivenMark, type Kept } from './queue.ts'

/** What the page shows of the count on this phone. */
export type Standing = Readonly<{
  items: readonly ListedItem[]
  /** When the list was fetched; null before. */
  listedAt: string | null
  loading: boolean
  /** What waits on this phone has been read; before, nobody knows whether something does. */
  restored: boolean
  marks: readonly Kept[]
  photos: readonly KeptPhoto[]
  sending: boolean
  /** False where the browser keeps nothing: then the page must stay open until all is sent. */
  durable: boolean
  /** Somebody else is signed in: what was counted here waits for who counted it. */
  held: boolean
  problem: string | null
}>

/** A picture of what was found; of a thing on the list it may go to the card's files too. */
export type Picture = Readonly<{ file: File; forCard: boolean }>

export type Counting = {
  standing: Signal<Standing>
  /** Fetches the list of places that begin so; without a network the one kept on this phone is shown. */
  load: (placePrefix: string) => Promise<void>
  /** Keeps what was found on this phone, shows it, and sends it when it can. */
  say: (said: Omit<GivenMark, 'id' | 'countedAt'>, title: string, picture: Picture | null) => Promise<void>
  /** Tries again what the server refused. */
  retry: (id: string) => Promise<void>
  /** Takes back what the server refused. */
  drop: (id: string) => Promise<void>
  /** Sends whenever the network is there, until the function it gives is called. */
  open: () => () => void
}

const pageSize = 200
/** Longer lists are fetched by floor: a phone keeps and draws no more. */
export const wholeList = 3000
/** Problems that pass by themselves; the batch stays as it is. */
const passing = [408, 425, 429, 500, 502, 503, 504]

/** The count of one person on this phone: list, marks and photos live in the browser's database and are sent from there. */
export function countingOn(whose: { personId: string; countId: string }): Counting {
  const standing = signal<Standing>({
    items: [],
    listedAt: null,
    loading: true,
    restored: false,
    marks: [],
    photos: [],
    sending: false,
    durable: true,
    held: false,
    problem: null,
  })
  const change = (changes: Partial<Standing>) => standing.set({ ...standing.get(), ...changes })
  /** Writes to the phone; where that fails, what is in memory is still sent. */
  const written = (work: Promise<unknown>) => work.catch(() => change({ durable: false }))
  let listKey = ''
  let closed = true

  const restored = Promise.all([keptMarks(whose), keptPhotos(whose)]).then(
    ([marks, photos]) => change({ marks, photos, restored: true }),
    () => change({ durable: false, restored: true }),
  )

  const withMarks = (items: readonly ListedItem[]): ListedItem[] =>
    standing.get().marks.reduce<ListedItem[]>((list, { mark }) => applied(list, mark), [...items])

  async function load(placePrefix: string): Promise<void> {
    await restored
    listKey = `${whose.personId}.${whose.countId}.${placePrefix}`
    // What is on the phone is shown at once; what the server has takes its place when it comes.
    const before = await keptList(listKey).catch(() => undefined)
    if (before) change({ items: withMarks(before.items), listedAt: before.at })
    change({ loading: before === undefined, problem: null })
    try {
      const items: Item[] = []
      for (let after: string | undefined; ;) {
        const page = await call(contract.items, {
          countId: whose.countId,
          limit: pageSize,
          ...(placePrefix === '' ? {} : { placePrefix }),
          ...(after === undefined ? {} : { after }),
        })
        if ((page.total ?? 0) > wholeList)
          return change({
            loading: false,
            problem: `“${placePrefix}”有 ${page.total} 项，一次最多下载 ${wholeList} 项。请写得更细，例如“${placePrefix}3”。`,
          })
        items.push(...page.items)
        if (page.next === null) break
        after = page.next
      }
      const at = new Date().toISOString()
      await written(keepList({ key: listKey, items, at }))
      change({ items: withMarks(items), listedAt: at, loading: false })
    } catch (error) {
      if (before && isAway(error)) change({ loading: false })
      else change({ loading: false, problem: error instanceof ProblemError ? error.detail : (error as Error).message })
    }
    void send()
  }

  async function say(said: Omit<GivenMark, 'id' | 'countedAt'>, title: string, picture: Picture | null): Promise<void> {
    const mark: GivenMark = {
      ...said,
      id: newMarkId((bytes) => crypto.getRandomValues(bytes)),
      countedAt: new Date().toISOString(),
    }
    const kept: Kept = { id: mark.id, ...whose, mark, title, batch: null, refused: null }
    const { items, marks, photos } = standing.get()
    change({ items: applied([...items], mark), marks: [...marks, kept] })
    await written(keepMarks([kept]))
    if (picture !== null) {
      const { file, forCard } = picture
      const waiting: KeptPhoto = { id: newKey(), ...whose, markId: mark.id, fileName: file.name, blob: file, forCard }
      change({ photos: [...photos, waiting] })
      await written(keepPhoto(waiting))
    }
    void send()
  }

  let running: Promise<void> | null = null
  const send = (): Promise<void> => {
    running ??= sendAll().finally(() => {
      running = null
      change({ sending: false })
    })
    return running
  }

  async function sendAll(): Promise<void> {
    await restored
    while (!closed && awaySince.get() === null) {
      const batch = nextBatch(standing.get().marks, newKey)
      if (batch === null) return sendPhotos()
      change({ sending: true })
      if (!(await sendBatch(batch))) return
    }
  }

  /** @returns false where no answer came: the batch waits as it is, under its own key */
  async function sendBatch({ key, marks }: { key: string; marks: readonly Kept[] }): Promise<boolean> {
    const inBatch = marks.map((one): Kept => ({ ...one, batch: key }))
    replaceMarks(marks, inBatch)
    await written(keepMarks(inBatch))
    const given = inBatch.map(({ mark }) => mark)
    try {
      const { answers } = await call(
        contract.recordMarks,
        { countId: whose.countId, countedBy: whose.personId, marks: given },
        { idempotencyKey: key },
      )
      change({ held: false })
      const left = leftOf(inBatch, answers)
      const leftIds = new Set(left.map(({ id }) => id))
      replaceMarks(inBatch, left)
      await written(keepMarks(left))
      await written(forgetMarks(inBatch.filter(({ id }) => !leftIds.has(id)).map(({ id }) => id)))
      const disputed = new Set(answers.flatMap((answer) => (answer.disputed && answer.cardId ? [answer.cardId] : [])))
      change({
        items: standing
          .get()
          .items.map((item) => (disputed.has(item.cardId) ? { ...item, disputed: true, result: null } : item)),
      })
      await written(keepList({ key: listKey, items: standing.get().items, at: standing.get().listedAt ?? '' }))
      return true
    } catch (error) {
      if (error instanceof Unreachable) return false
      if (!(error instanceof ProblemError)) throw error
      if (isAnothers(error)) {
        change({ held: true })
        return false
      }
      if (passing.includes(error.status)) {
        noteConnection(false)
        return false
      }
      const left = refusedWhole(inBatch, error.detail)
      replaceMarks(inBatch, left)
      await written(keepMarks(left))
      return true
    }
  }

  async function sendPhotos(): Promise<void> {
    for (const photo of standing.get().photos) {
      const waits = standing.get().marks.some(({ id }) => id === photo.markId)
      if (waits || closed) continue
      change({ sending: true })
      const file = new File([photo.blob], photo.fileName, { type: photo.blob.type })
      try {
        await call(
          contract.attachPhoto,
          { countId: whose.countId, markId: photo.markId, forCard: photo.forCard ?? false, file },
          { idempotencyKey: photo.id },
        )
      } catch (error) {
        if (error instanceof Unreachable) return
        if (!(error instanceof ProblemError) || passing.includes(error.status)) return
        if (isAnothers(error)) return change({ held: true })
        change({ problem: `照片“${photo.fileName}”没有上传：${error.detail}` })
      }
      change({ photos: standing.get().photos.filter(({ id }) => id !== photo.id) })
      await written(forgetPhoto(photo.id))
    }
  }

  const replaceMarks = (before: readonly Kept[], after: readonly Kept[]) => {
    const ids = new Set(before.map(({ id }) => id))
    change({ marks: [...standing.get().marks.filter(({ id }) => !ids.has(id)), ...after] })
  }
  const one = (id: string) => standing.get().marks.filter((mark) => mark.id === id)

  return {
    standing,
    load,
    say,
    retry: async (id) => {
      const again = one(id).map((mark): Kept => ({ ...mark, refused: null }))
      replaceMarks(one(id), again)
      await written(keepMarks(again))
      void send()
    },
    drop: async (id) => {
      replaceMarks(one(id), [])
      await written(forgetMarks([id]))
      for (const photo of standing.get().photos.filter(({ markId }) => markId === id)) {
        change({ photos: standing.get().photos.filter((other) => other.id !== photo.id) })
        await written(forgetPhoto(photo.id))
      }
    },
    open: () => {
      closed = false
      const unsubscribe = awaySince.subscribe(() => {
        if (awaySince.get() === null) void send()
      })
      void send()
      return () => {
        closed = true
        unsubscribe()
      }
    },
  }
}

/** The server refused to take what one person counted from another who is signed in now. */
const isAnothers = ({ refusals }: ProblemError) => refusals.some(({ code }) => code === 'not-counter')

/** The list with what was just found; the server has the last word when it comes. */
function applied(items: ListedItem[], mark: GivenMark): ListedItem[] {
  const { result } = mark
  if (mark.cardId === undefined || result === 'surplus') return items
  return items.map((item) =>
    item.cardId === mark.cardId
      ? { ...item, result, disputed: false, found: mark.found ?? {}, remark: mark.remark ?? '', mine: true }
      : item,
  )
}
