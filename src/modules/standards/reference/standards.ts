import { assetStandards } from './assets.ts'
import { constructionStandards } from './construction.ts'
import { consultationParameters } from './consultation.ts'
import { equipmentStandards } from './equipment.ts'
import { equipment2014Standards } from './equipment-2014.ts'
import { officeSpaceStandards } from './office-space.ts'
import { officeUseStandards } from './office-use.ts'
import { oversightStandards } from './oversight.ts'
import { planParameters } from './plan-parameters.ts'
import { procurementStandards } from './procurement.ts'
import { rankStandards } from './ranks.ts'
import type { StandardSeed } from './seed.ts'
import { settingParameters } from './setting.ts'
import { vehicleStandards } from './vehicles.ts'
import { warehouseStandards } from './warehouse.ts'

/** All rows that every jurisdiction starts from: what is in force nationally, in the province, or chosen by the project. */
export const standardSeeds: readonly StandardSeed[] = [
  ...equipmentStandards,
  ...equipment2014Standards,
  ...officeSpaceStandards,
  ...officeUseStandards,
  ...constructionStandards,
  ...vehicleStandards,
  ...assetStandards,
  ...warehouseStandards,
  ...procurementStandards,
  ...rankStandards,
  ...planParameters,
  ...oversightStandards,
  ...consultationParameters,
  ...settingParameters,
]
