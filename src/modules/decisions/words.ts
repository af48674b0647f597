/** What its pages are called in the navigation. */
export const places = {
  '/decisions': '决定与依据',
}
