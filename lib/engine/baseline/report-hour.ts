/** When reports are written, UTC: the history of the day before is, within seven hours after midnight. */
export const reportHour = 8;
