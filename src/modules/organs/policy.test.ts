import { describe, expect, it } from 'vitest'
import {
  publicActor,
  roles,
  systemActor,
  type Actor,
  type ActingOrgan,
  type Role,
  type StatutoryPart,
} from '#kernel/pure/actor.ts'
import { can, organScope } from './policy.ts'

const organ = (
  jurisdictionCode: string,
  parts: StatutoryPart[] = [],
  id = `${jurisdictionCode}-${parts.join('+')}`,
): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: jurisdictionCode,
  parts,
  level: jurisdictionCode === '140000' ? 'province' : jurisdictionCode.endsWith('00') ? 'city' : 'county',
})
const actor = (role: Role, at: ActingOrgan): Actor => ({
  kind: 'person',
  personId: 'p',
  name: '某人',
  organ: at,
  roles: [role],
})
const subject = (
  jurisdictionCode: string,
  more: Partial<{ id: string; kind: 'K03' | 'K06'; secretUnit: boolean; name: string }> = {},
) => ({
  id: 'subject',
  name: '某局',
  kind: 'K03' as const,
  jurisdictionCode,
  secretUnit: false,
  ...more,
})

const cityAuthority = organ('140100', ['authority'])
const cityFinance = organ('140100', ['finance'])
const provinceAuthority = organ('140000', ['authority'])
const plain = organ('140100')

const registrars: readonly Role[] = ['authority-leader', 'plan-reviewer']
const officials: readonly Role[] = [
  'authority-leader',
  'plan-reviewer',
  'asset-reviewer',
  'premises-reviewer',
  'vehicle-reviewer',
  'service-reviewer',
  'energy-reviewer',
  'supervision-reviewer',
]
const levelReaders: readonly Role[] = [...officials, 'supervisor', 'system-administrator', 'security-administrator']

describe('every role against every verb, at the city’s authority', () => {
  it.each(roles)('%s', (role) => {
    const who = actor(role, cityAuthority)
    const own = subject('140100')
    expect(can.registerOrgan(who, { jurisdictionCode: '140100', level: 'city', parts: [] }).ok).toBe(
      registrars.includes(role),
    )
    expect(can.changeOrgan(who, own).ok).toBe(registrars.includes(role))
    expect(can.setHeadcount(who, own).ok).toBe(registrars.includes(role))
    expect(can.closeOrgan(who, own).ok).toBe(registrars.includes(role))
    expect(can.viewOrgan(who, own).ok).toBe(levelReaders.includes(role))
    expect(can.viewOrgan(who, subject('140121')).ok).toBe(officials.includes(role))
    expect(can.viewOrgan(who, subject('140000')).ok).toBe(false)
    expect(can.viewOrgan(who, subject('140200')).ok).toBe(false)
    expect(can.viewHeadcount(who, own).ok).toBe([...officials, 'supervisor'].includes(role))
  })
})

describe('every role at an organ without a part', () => {
  it.each(roles)('%s sees the own organ and changes nothing', (role) => {
    const who = actor(role, plain)
    expect(can.viewOrgan(who, subject('140100', { id: plain.id })).ok).toBe(true)
    const overLevel: readonly Role[] = ['system-administrator', 'security-administrator']
    expect(can.viewOrgan(who, subject('140100')).ok).toBe(overLevel.includes(role))
    for (const verdict of [
      can.registerOrgan(who, { jurisdictionCode: '140100', level: 'city', parts: [] }),
      can.changeOrgan(who, subject('140100')),
      can.setHeadcount(who, subject('140100', { id: plain.id })),
      can.closeOrgan(who, subject('140100')),
    ])
      expect(verdict).toMatchObject({ ok: false, refusals: [{ code: 'not-registrar' }] })
  })
})

describe('levels', () => {
  it('ORG-R07 the provincial authority changes nothing in a city, with the reason', () => {
    const who = actor('plan-reviewer', provinceAuthority)
    for (const verdict of [
      can.changeOrgan(who, subject('140100')),
      can.setHeadcount(who, subject('140100')),
      can.closeOrgan(who, subject('140121')),
    ])
      expect(verdict).toMatchObject({ ok: false, refusals: [{ code: 'ORG-R07' }] })
    expect(can.viewOrgan(who, subject('140121')).ok).toBe(true)
  })

  it('A6-1 the provincial authority registers the authority of a lower level and no other organ there', () => {
    const who = actor('plan-reviewer', provinceAuthority)
    expect(can.registerOrgan(who, { jurisdictionCode: '140200', level: 'city', parts: ['authority'] }).ok).toBe(true)
    expect(can.registerOrgan(who, { jurisdictionCode: '140221', level: 'county', parts: ['authority'] }).ok).toBe(true)
    expect(can.registerOrgan(who, { jurisdictionCode: '140200', level: 'city', parts: ['finance'] }).ok).toBe(false)
    expect(can.registerOrgan(who, { jurisdictionCode: '410100', level: 'city', parts: ['authority'] }).ok).toBe(false)
    expect(
      can.registerOrgan(actor('asset-reviewer', provinceAuthority), {
        jurisdictionCode: '140200',
        level: 'city',
        parts: ['authority'],
      }).ok,
    ).toBe(false)
  })

  it('A6-1 a city’s authority does not register a county’s', () =>
    expect(
      can.registerOrgan(actor('plan-reviewer', cityAuthority), {
        jurisdictionCode: '140121',
        level: 'county',
        parts: ['authority'],
      }),
    ).toMatchObject({
      ok: false,
      refusals: [{ code: 'ORG-R07' }],
    }))

  it('ROLE-T01 ROLE-R01 an office user of Taiyuan does not see an organ of Datong', () =>
    expect(can.viewOrgan(actor('organ-clerk', plain), subject('140200'))).toMatchObject({
      ok: false,
      refusals: [{ code: 'ROLE-R01' }],
    }))
})

describe('sensitive organs', () => {
  const court = subject('140100', { kind: 'K06' })
  const secret = subject('140100', { secretUnit: true })

  it('the size of a court is for its level’s authority and finance, and for itself', () => {
    expect(can.viewHeadcount(actor('asset-reviewer', cityAuthority), court).ok).toBe(true)
    expect(can.viewHeadcount(actor('finance-reviewer', cityFinance), court).ok).toBe(true)
    expect(can.viewHeadcount(actor('organ-clerk', organ('140100', [], 'subject')), court).ok).toBe(true)
    for (const role of ['staff', 'driver', 'provider'] as const)
      expect(can.viewHeadcount(actor(role, organ('140100', [], 'subject')), court).ok).toBe(false)
    expect(can.viewHeadcount(actor('plan-reviewer', provinceAuthority), court).ok).toBe(false)
    expect(can.viewHeadcount(actor('supervisor', organ('140100', ['audit'])), court).ok).toBe(false)
    expect(can.viewHeadcount(actor('plan-reviewer', provinceAuthority), subject('140100')).ok).toBe(true)
  })

  it('A40-1 a supervisor sees the organs of the level from a department that supervises, and from nowhere else', () => {
    expect(can.viewOrgan(actor('supervisor', organ('140100', ['audit'])), subject('140100')).ok).toBe(true)
    expect(can.viewOrgan(actor('supervisor', plain), subject('140100')).ok).toBe(false)
  })

  it('a secret unit is seen by its level’s authority and finance, and by itself', () => {
    expect(can.viewOrgan(actor('plan-reviewer', cityAuthority), secret).ok).toBe(true)
    expect(can.viewOrgan(actor('finance-reviewer', cityFinance), secret).ok).toBe(true)
    expect(can.viewOrgan(actor('staff', organ('140100', [], 'subject')), secret).ok).toBe(true)
    expect(can.viewOrgan(actor('supervisor', organ('140100', ['audit'])), secret).ok).toBe(false)
    expect(can.viewOrgan(actor('plan-reviewer', provinceAuthority), secret).ok).toBe(false)
    expect(can.viewOrgan(actor('security-administrator', cityAuthority), secret).ok).toBe(false)
  })

  it('ROLE-R03 administrators see which organs there are, and no posts', () => {
    for (const role of ['system-administrator', 'security-administrator'] as const) {
      expect(can.viewOrgan(actor(role, cityAuthority), subject('140100')).ok).toBe(true)
      expect(can.viewHeadcount(actor(role, cityAuthority), subject('140100', { id: cityAuthority.id })).ok).toBe(false)
    }
  })

  it('a role of an office counts only at the office: a plan reviewer elsewhere reads the own organ', () => {
    expect(organScope(actor('plan-reviewer', plain))).toEqual({ kind: 'organ', organId: plain.id })
    expect(organScope(actor('finance-reviewer', plain))).toEqual({ kind: 'organ', organId: plain.id })
  })

  it('the public and the system see nothing here', () => {
    expect(organScope(publicActor)).toEqual({ kind: 'none' })
    expect(can.viewOrgan(systemActor, subject('140100')).ok).toBe(false)
  })
})
