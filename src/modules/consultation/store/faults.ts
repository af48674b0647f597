import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Consultations whose state does not agree with their opinions, their cases or their summary. */
export async function faultyConsultations(
  tx: Tx,
): Promise<{ checked: number; faults: { number: string; what: string }[] }> {
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from consultation.consultation`.execute(
    tx,
  )
  const { rows: faults } = await sql<{ number: string; what: string }>`
    select c.number, '已办结，但第' || i.item_no || '条意见没有答复' as what
      from consultation.consultation c join consultation.item i on i.consultation_id = c.id
      where c.state = 'closed' and i.reply is null
    union all
    select c.number, '已结束，但仍有机关待答复'
      from consultation.consultation c
      where c.state in ('closed', 'withdrawn') and exists (
        select from consultation.opinion o where o.consultation_id = c.id and o.state = 'waiting')
    union all
    select c.number, '有' || count(*) || '条意见属于没有答复的机关'
      from consultation.consultation c join consultation.item i on i.consultation_id = c.id
        join consultation.opinion o on o.id = i.opinion_id
      where o.stance is distinct from 'comments' group by c.number
    union all
    select c.number, '的办理事项与状态不一致'
      from consultation.consultation c join kernel.case_item k on k.id = c.case_id where k.state <> c.state
    order by 1 limit 200`.execute(tx)
  return { checked: counted[0]?.n ?? 0, faults }
}
