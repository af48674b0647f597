import type { StandardForm, StandardValue } from '#modules/standards/model/value.ts'

/** What a form starts from: figures to be filled in are left out, choices have their usual answer. */
export function blankValue(form: StandardForm): Record<string, unknown> {
  const bound = 'at-most'
  switch (form) {
    case 'item':
      return {
        form,
        unit: '台',
        limit: { basis: 'none' },
        priceCapFen: null,
        minimumYears: null,
        yearsMustBeExceeded: false,
        assetClass: null,
        exceptionAllowed: false,
      }
    case 'area':
      return { form, per: '人', bound }
    case 'percent':
      return { form, of: '', bound }
    case 'amount':
      return { form, per: '人·年', bound }
    case 'quantity':
      return { form, unit: '个', bound }
    case 'years':
      return { form, maximumYears: null, mustBeExceeded: false }
    case 'term':
      return { form, unit: 'workday' }
    case 'yearly-date':
      return { form, fromDay: null, yearOffset: 0 }
    case 'brackets':
      return { form, measure: 'areaM2', figureUnit: 'fenPerM2', applies: 'whole', rows: [{ upTo: null, figure: null }] }
    case 'vehicle-cap':
      return { form, base: { bodies: ['sedan'], displacementCapMl: null }, workNeed: null, special: [] }
    case 'grades':
      return { form, rooms: [] }
    case 'tiers':
      return { form, rows: [] }
    case 'texts':
      return { form, texts: [] }
    case 'switch':
      return { form, on: true }
    case 'ladder':
      return { form, grades: '', zhiji: [], furniture: 'division' }
    case 'linear-per-person':
      return { form }
    case 'authority':
      return { form, approver: 'city-government', reviewedBy: '', delegableTo: null }
  }
}

/** The value as a form edits it. */
export function editable(value: StandardValue | null, form: StandardForm): Record<string, unknown> {
  return value !== null && value.form === form ? { ...value } : blankValue(form)
}
