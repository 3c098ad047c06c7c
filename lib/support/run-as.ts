/** A command as it is run from the checkout: `npx` alone would fetch another project's package of that name. */
export const runAs = (command: string): string => `npx --no-install plumbline ${command}`;
