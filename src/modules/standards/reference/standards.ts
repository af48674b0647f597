import { consultationParameters } from './consultation.ts'
import { equipmentStandards } from './equipment.ts'
import { planParameters } from './plan-parameters.ts'
import type { StandardSeed } from './seed.ts'
import { vehicleStandards } from './vehicles.ts'

/** All rows that every jurisdiction starts from. */
export const standardSeeds: readonly StandardSeed[] = [
  ...equipmentStandards,
  ...vehicleStandards,
  ...planParameters,
  ...consultationParameters,
]
