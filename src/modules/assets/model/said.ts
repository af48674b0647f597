/* How texts of a card are kept, whichever way they come: form, interface or workbook. */

/** Without blanks around it and signs nobody sees; breaks between lines are one sign each. */
export const lines = (text: string): string =>
  text
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .trim()

/** The same in one line. */
export const oneLine = (text: string): string =>
  lines(text)
    .replace(/[\n\t\v\f]/g, ' ')
    .trim()
