import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { bareFreeze, bareMark, bareSheet } from './count-bare.ts'
import { fillOrgan, signedIn } from './count-cards.ts'
import { castOf, keepers, moreKeepers, newToken } from './count-crew.ts'
import { timed, type Bench, type Measure } from './measure.ts'
import { startServer } from './pages.ts'
import { peakOf, resetPeak } from './process-memory.ts'
import { at, p99, turns, turnsOf } from './turns.ts'

/** Each keeper sends what was counted in batches of this size. */
const batch = 20
const mostBatches = 25
const baseOn = '2026-11-20'

type Page<T> = { items: T[]; next: string | null }
type Listed = { cardId: string; place: string }
type View = { count: { id: string; version: number; items: number }; may: Record<string, unknown> }

/**
 * A count of the whole register of one organ, 200,000 things, through the server as phones and desks ask it: the book frozen,
 * the walk by floor, marks of twenty at once, closing, booking and report; beside each the bare statement of its work.
 */
export async function* countMeasures({ environment, bareUrl, scale }: Bench): AsyncGenerator<Measure> {
  const things = Math.round(200_000 * scale)
  const pool = new pg.Pool({ connectionString: bareUrl, max: keepers })
  const server = await startServer(environment)
  const measure = (
    name: string,
    value: number,
    unit: string,
    rawValue: number | null,
    target: number | null,
  ): Measure => ({
    name: `count of ${things}: ${name}`,
    value,
    unit,
    rawValue,
    target,
    lowerIsBetter: true,
  })
  try {
    const cast = await castOf(pool)
    await fillOrgan(pool, cast.organId, things, '2026-11-22')
    const team = await moreKeepers(pool, cast.organId)
    const now = new Date(environment['YUNBAO_CLOCK'] as string)
    const cookies = await signedIn(
      pool,
      now,
      [...team.map((personId) => ({ personId, organId: cast.organId })), cast.head, cast.reviewer, cast.finance],
      newToken,
    )
    const [head, reviewer, finance] = cookies.slice(keepers) as [string, string, string]
    const keeper = cookies[0] as string
    const ask = asking(server.address)
    await ask(keeper, 'GET', '/stocktaking/counts/mine')

    // Opening.
    const before = peakOf(server.pid)
    resetPeak(server.pid)
    let view = undefined as unknown as View
    const opened = await timed(async () => {
      view = await ask<View>(keeper, 'POST', '/stocktaking/counts', { title: '年度资产盘点', baseOn, scope: {}, team })
    })
    const bareOpened = await bareFreeze(pool, cast.organId)
    yield measure('opened, the book frozen', opened / 1000, 's', bareOpened / 1000, 30)
    yield measure('memory that opening took of the server', peakOf(server.pid) - before, 'MB', null, 200)
    const { id } = view.count
    const items = `/stocktaking/counts/${id}/items`

    // The walk: whole floors as phones fetch them, and the pages of a desk.
    const floors = ['主楼1', '东楼2', '西楼3', '主楼4', '东楼5', '西楼6', '主楼7', '东楼8', '西楼9']
    const listed: Listed[] = []
    const walks = await Promise.all(
      floors.map(async (floor, at) => {
        const took: number[] = []
        for (let after = ''; ;) {
          let page = { items: [], next: null } as Page<Listed>
          took.push(
            await timed(async () => {
              page = await ask(
                cookies[at] as string,
                'GET',
                `${items}?limit=200&placePrefix=${encodeURIComponent(floor)}${after}`,
              )
            }),
          )
          listed.push(...page.items)
          if (page.next === null) return took
          after = `&after=${page.next}`
        }
      }),
    )
    const barePage = (floor: string) =>
      timed(() =>
        pool.query(
          `select * from stocktaking.item where count_id = $1 and starts_with(place, $2) order by place, number, card_id limit 201`,
          [id, floor],
        ),
      )
    const bareWalks: number[] = []
    for (let turn = 0; turn < 100; turn++) bareWalks.push(await barePage(floors[turn % floors.length] as string))
    yield measure(
      `a page of 200 while ${floors.length} phones fetch their floors, p99`,
      p99(walks.flat()),
      'ms',
      p99(bareWalks),
      100,
    )
    const reads: readonly [string, string, string][] = [
      [
        'the desk’s page of what is open',
        `${items}?limit=50&which=open`,
        `select * from stocktaking.item where count_id = $1 and result is null order by place, number, card_id limit 51`,
      ],
      [
        'progress by place',
        `/stocktaking/counts/${id}/places?limit=50`,
        `select place, count(*), count(result) from stocktaking.item where count_id = $1 group by place order by place limit 51`,
      ],
      [
        'a search on the list',
        `${items}?limit=50&text=SP10000${String(things).slice(0, 2)}`,
        `select * from stocktaking.item where count_id = $1 and position('SP1000' in serial_number) > 0 order by place, number, card_id limit 51`,
      ],
      [
        'the count and its figures',
        `/stocktaking/counts/${id}`,
        `select result, count(*) from stocktaking.item where count_id = $1 group by 1`,
      ],
      [
        'the list of counts',
        '/stocktaking/counts?limit=50',
        `select * from stocktaking.count where $1::uuid is not null limit 51`,
      ],
      [
        'counts of one’s own',
        '/stocktaking/counts/mine',
        `select * from stocktaking.count where $1::uuid is not null limit 51`,
      ],
    ]
    for (const [name, path, bare] of reads) {
      const took = await turns(4, 25, (user) => ask(cookies[user] as string, 'GET', path))
      const raw = await turns(4, 25, () => pool.query(bare, [id]))
      yield measure(`${name}, p99 at 4`, p99(took), 'ms', p99(raw), 100)
    }

    // Marks of twenty at once.
    const batchesEach = Math.min(mostBatches, Math.floor(listed.length / (keepers * batch)))
    const mine = (user: number, at: number) =>
      listed.slice((user * batchesEach + at) * batch, (user * batchesEach + at + 1) * batch)
    const sent = await turnsOf(keepers, batchesEach, (user, at) =>
      ask(
        cookies[user] as string,
        'POST',
        `/stocktaking/counts/${id}/marks`,
        { marks: mine(user, at).map((item, place) => markOf(item, place === 0)) },
        true,
      ),
    )
    const bareMarks = await turnsOf(keepers, batchesEach, (user, at) =>
      bareMark(
        pool,
        mine(user, at).map(({ cardId }) => cardId),
      ),
    )
    yield measure(
      `${keepers} keepers at once, ${batch} marks a batch, p50`,
      at(sent, 0.5),
      'ms',
      at(bareMarks, 0.5),
      null,
    )
    yield measure(`${keepers} keepers at once, ${batch} marks a batch, p99`, p99(sent), 'ms', p99(bareMarks), 1000)
    const {
      rows: [counted],
    } = await pool.query<{ n: number }>(
      `select count(*)::int as n from stocktaking.item where count_id = $1 and result is not null`,
      [id],
    )
    yield measure(
      'marks lost',
      Math.min(listed.length, keepers * batchesEach * batch) - (counted?.n ?? 0),
      'marks',
      null,
      0,
    )

    // The rest was counted on other days; a hundredth was not found.
    await pool.query(
      `update stocktaking.item set result = case when substr(number, 4)::int % 50 = 1 then 'idle' else 'same' end, counted_by_name = '测算', counted_at = now()
        where count_id = $1 and result is null and substr(number, 4)::int % 100 <> 0`,
      [id],
    )
    await pool.query('vacuum analyze stocktaking.item')
    yield measure(
      'the count and its figures, all counted, p99 at 4',
      p99(await turns(4, 25, (user) => ask(cookies[user] as string, 'GET', `/stocktaking/counts/${id}`))),
      'ms',
      null,
      100,
    )
    const step = async (who: string, path: string, given: object = {}, method: 'POST' = 'POST') => {
      view = await ask<View>(
        who,
        method,
        `/stocktaking/counts/${id}/${path}`,
        { version: view.count.version, ...given },
        true,
      )
    }
    view = await ask<View>(keeper, 'GET', `/stocktaking/counts/${id}`)
    resetPeak(server.pid)
    const settledBefore = peakOf(server.pid)
    const ended = await timed(() => step(keeper, 'end', { uncountedAreMissing: true }))
    const bareEnded = await bareSheet(pool, id)
    yield measure('closed, the sheet of differences made', ended / 1000, 's', bareEnded / 1000, 60)
    const { rows: sums } = await pool.query<{ result: string; n: number }>(
      `select result, count(*)::int as n from stocktaking.difference where count_id = $1 group by 1`,
      [id],
    )
    const differences = sums.reduce((sum, { n }) => sum + n, 0)
    yield measure('differences on it', differences, 'items', null, null)
    const sheet = await turns(4, 25, (user) =>
      ask(cookies[user] as string, 'GET', `/stocktaking/counts/${id}/differences?limit=50&open=true`),
    )
    yield measure('a page of differences, p99 at 4', p99(sheet), 'ms', null, 100)
    const work = await timed(async () => {
      for (const [result, resolution] of [
        ['missing', 'pursue'],
        ['mismatch', 'correct'],
        ['idle', 'keep'],
      ] as const)
        for (;;) {
          const page = await ask<Page<{ id: string }>>(
            keeper,
            'GET',
            `/stocktaking/counts/${id}/differences?limit=200&open=true&result=${result}`,
          )
          if (page.items.length === 0) break
          await ask(
            keeper,
            'POST',
            `/stocktaking/counts/${id}/differences/work`,
            { differenceIds: page.items.map((one) => one.id), resolution, cause: '核对', responsible: '王丽娟' },
            true,
          )
        }
    })
    yield measure('differences worked, 200 at a time', work / 1000, 's', null, null)
    view = await ask<View>(keeper, 'GET', `/stocktaking/counts/${id}`)
    yield measure(
      'handed in',
      (await timed(() => step(keeper, 'submission', { conclusion: '账实基本相符。' }))) / 1000,
      's',
      null,
      null,
    )
    await step(head, 'approval')
    await step(reviewer, 'acceptance')
    const booked = await timed(() => step(finance, 'consent'))
    yield measure('consented: cards corrected, report made', booked / 1000, 's', null, 60)
    yield measure('memory that closing took of the server', peakOf(server.pid) - settledBefore, 'MB', null, 300)
  } finally {
    await pool.end()
    await server.stop()
  }
}

function asking(address: string) {
  return async <T = unknown>(
    cookie: string,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    keyed = false,
  ): Promise<T> => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(keyed || method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok)
      throw new Error(`${method} ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
    return (await answer.json()) as T
  }
}

const markOf = ({ cardId }: Listed, elsewhere: boolean) => ({
  id: randomUUID(),
  cardId,
  result: elsewhere ? 'mismatch' : 'same',
  ...(elsewhere ? { found: { place: '东楼101甲' } } : {}),
  countedAt: '2026-11-23T00:30:00.000Z',
})
