import type { May } from '#kernel/pure/verdict.ts'
import type { Count, Item } from '../../model.ts'
import type { Kept } from './queue.ts'

/** What a photo waits with: its mark must be taken first. */
export type KeptPhoto = Readonly<{
  id: string
  personId: string
  countId: string
  markId: string
  fileName: string
  blob: Blob
  /** It goes to the files of the card as well. */
  forCard?: boolean
}>

/** The list of a floor as it was fetched, with what was counted on this phone since. */
export type KeptList = Readonly<{ key: string; items: readonly ListedItem[]; at: string }>
export type ListedItem = Item & Readonly<{ mine?: boolean }>

/** What a page needs to know of the count itself, as it was told last; it lies beside the lists. */
export type KeptCount = Readonly<{ key: string; count: Count; mayCount: May; at: string }>

const name = 'yunbao-stocktaking'
const stores = ['marks', 'photos', 'lists'] as const
type StoreName = (typeof stores)[number]

/** The browser's own database; it outlives the page, the tab and the battery. */
function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store, { keyPath: store === 'lists' ? 'key' : 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })
}

let database: Promise<IDBDatabase> | null = null

/** One transaction over one store; resolves once it is durable. */
async function within<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => IDBRequest<T> | null,
): Promise<T | undefined> {
  database ??= opened()
  const transaction = (await database).transaction(store, mode)
  const request = work(transaction.objectStore(store))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result)
    transaction.onerror = () => reject(transaction.error ?? new Error('indexedDB'))
    transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'))
  })
}

type OfPerson = { personId: string; countId: string }
const ofPerson = (whose: OfPerson) => (one: OfPerson) =>
  one.personId === whose.personId && one.countId === whose.countId

/** Marks of a person and count on this phone; those of others who used it stay untouched. */
export async function keptMarks(whose: OfPerson): Promise<Kept[]> {
  return ((await within<Kept[]>('marks', 'readonly', (objects) => objects.getAll())) ?? []).filter(ofPerson(whose))
}

export async function keepMarks(marks: readonly Kept[]): Promise<void> {
  await within('marks', 'readwrite', (objects) => {
    for (const mark of marks) objects.put(mark)
    return null
  })
}

export async function forgetMarks(ids: readonly string[]): Promise<void> {
  await within('marks', 'readwrite', (objects) => {
    for (const id of ids) objects.delete(id)
    return null
  })
}

export async function keptPhotos(whose: OfPerson): Promise<KeptPhoto[]> {
  return ((await within<KeptPhoto[]>('photos', 'readonly', (objects) => objects.getAll())) ?? []).filter(
    ofPerson(whose),
  )
}

export async function keepPhoto(photo: KeptPhoto): Promise<void> {
  await within('photos', 'readwrite', (objects) => objects.put(photo))
}

export async function forgetPhoto(id: string): Promise<void> {
  await within('photos', 'readwrite', (objects) => objects.delete(id))
}

/** What waits of everybody who counted on this phone, by person and count; whose it is not, that person learns only how many. */
export async function keptOfAll(): Promise<{ personId: string; countId: string; waiting: number }[]> {
  const sums = new Map<string, { personId: string; countId: string; waiting: number }>()
  const marks = (await within<Kept[]>('marks', 'readonly', (objects) => objects.getAll())) ?? []
  const photos = (await within<KeptPhoto[]>('photos', 'readonly', (objects) => objects.getAll())) ?? []
  for (const { personId, countId } of [...marks, ...photos]) {
    const key = `${personId} ${countId}`
    sums.set(key, { personId, countId, waiting: (sums.get(key)?.waiting ?? 0) + 1 })
  }
  return [...sums.values()]
}

const countKey = ({ personId, countId }: OfPerson) => `count.${personId}.${countId}`

export async function keptCount(whose: OfPerson): Promise<KeptCount | undefined> {
  return within<KeptCount | undefined>('lists', 'readonly', (objects) => objects.get(countKey(whose)))
}

/** Counts of a person that open without a network. */
export async function keptCounts(personId: string): Promise<Count[]> {
  const kept = (await within<(KeptList | KeptCount)[]>('lists', 'readonly', (objects) => objects.getAll())) ?? []
  return kept.flatMap((one) => ('count' in one && one.key.startsWith(`count.${personId}.`) ? [one.count] : []))
}

export async function keepCount(whose: OfPerson, told: Omit<KeptCount, 'key'>): Promise<void> {
  await within('lists', 'readwrite', (objects) => objects.put({ ...told, key: countKey(whose) }))
}

/** Lists and counts of everybody go; marks and photos that were not sent yet stay for who made them. */
export async function forgetLists(): Promise<void> {
  await within('lists', 'readwrite', (objects) => objects.clear())
}

export async function keptList(key: string): Promise<KeptList | undefined> {
  return within<KeptList | undefined>('lists', 'readonly', (objects) => objects.get(key))
}

export async function keepList(list: KeptList): Promise<void> {
  await within('lists', 'readwrite', (objects) => objects.put(list))
}
