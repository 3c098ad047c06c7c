import picocolors from 'picocolors';

const { NO_COLOR, FORCE_COLOR } = process.env;

/** Colours for a terminal alone; picocolors would also paint a file wherever CI is set. */
export const paint = picocolors.createColors(
  !NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true),
);
