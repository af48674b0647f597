/** The provisions this module carries. */
export const law = {
  catalogue: { norm: 'A6-2', citation: '《山西省机关运行保障条例》第六条第二款' },
  quotas: { norm: 'A9-1', citation: '《山西省机关运行保障条例》第九条第一款' },
  dynamic: { norm: 'A9-2', citation: '《山西省机关运行保障条例》第九条第一款' },
  expenditure: { norm: 'A9-3', citation: '《山西省机关运行保障条例》第九条第二款' },
} as const
