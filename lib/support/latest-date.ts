/** The latest date that four digits of a year can say: of what does not end, and of what is never due. */
export const latestDate = '9999-12-31T23:59:59.999Z';
